"""The cards of a village, or of one grid of it, as a sheet to print."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from cunlian.desk.cards.sheet import pdf_of
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import NOT_HERE, own_places, village_of
from cunlian.kernel.access import may
from cunlian.kernel.refusals import Missing
from cunlian.people.actions import print_cards
from cunlian.places.models import Level, Place


def _grid(request: DeskRequest, village: Place, code: str) -> Place:
    found: Place | None = (
        own_places(request.actor).current().within(village).filter(code=code, level=Level.GRID).first()
    )
    if found is None:
        raise Missing(NOT_HERE)
    return found


@require_GET
def cards(request: DeskRequest, code: str) -> HttpResponse:
    """``?grid=CODE``: one grid only. What a card opens is for the door alone, so whoever may not print them learns no
    more than that there is nothing here."""
    village = village_of(request.actor, code)
    grid = _grid(request, village, request.GET["grid"]) if request.GET.get("grid") else None
    if not may(request.actor, "people.print_cards", grid or village):
        raise Missing(NOT_HERE)
    households = print_cards(village, by=request.actor, grid=grid)
    response = HttpResponse(pdf_of(village, households), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="cards-{(grid or village).code}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
