"""One view, one template: HTMX gets the part it asked for, everybody else the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def wants_part(request: HttpRequest) -> bool:
    """Whether HTMX asks for a part of the page, rather than a person (or a boosted link) for all of it."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    fragment: str | None = None,
    status: int = 200,
    whole: bool = False,
) -> HttpResponse:
    """``template``, or its partial ``fragment`` (``{% partialdef %}``) when HTMX asks. Caches keep the two apart. ``whole``:
    what changed stands outside the part too, so HTMX is told to load the page anew."""
    name = f"{template}#{fragment}" if fragment and wants_part(request) else template
    response = render(request, name, dict(context or {}), status=status)
    response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "HX-Request"]))
    if whole and wants_part(request):
        response.headers["HX-Refresh"] = "true"
    return response
