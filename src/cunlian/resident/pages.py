"""What every page of this door says: which district this is and whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from cunlian.places.models import District
from cunlian.ui.htmx import render_page


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with ``district`` and the office's phone. Never stored on the way: a page may say what is private."""
    values = dict(context or {})
    district = values.setdefault("district", None) or District.current()
    values |= {"district": district, "service_phone": district.office_phone or district.hotline}
    response = render_page(request, template, values, fragment, status)
    response.headers["Cache-Control"] = "no-store"
    return response
