"""The list of published seals, and the same as a file to keep."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from cunlian.kernel.seals import line_of, published_seals
from cunlian.resident.pages import show

A_MONTH = 31


@require_GET
def seals(request: HttpRequest) -> HttpResponse:
    """Newest first, a month a page."""
    page = Paginator(published_seals(), A_MONTH).get_page(request.GET.get("page"))
    rows = [(seal, bytes(seal.digest).hex()) for seal in page]
    return show(request, "resident/seals/list.html", {"page": page, "rows": rows})


@require_GET
def lines(request: HttpRequest) -> HttpResponse:
    """Every published seal, oldest first, one line of JSON each: what ``cunlian verify --seals`` reads."""
    text = "".join(f"{line_of(seal)}\n" for seal in published_seals().reverse())
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="seals.txt"'
    return response
