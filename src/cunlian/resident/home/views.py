"""The first page: one task a card, nothing on it that does not work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from cunlian.kernel import clock
from cunlian.organisations.models import Organisation
from cunlian.places.models import District, modules_off, unused_modules
from cunlian.resident.cases.forms import FollowForm
from cunlian.resident.cases.rows import row_of
from cunlian.resident.pages import show
from cunlian.resident.session import chosen_village, held

SHOWN_OF_MINE = 2


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    district = District.current()
    village = chosen_village(request, district)
    mine = held(request)
    return show(
        request,
        "resident/home/home.html",
        {
            "district": district,
            "village": village,
            "off": unused_modules() | (modules_off(village) if village else frozenset()),
            "form": FollowForm(mark=district.receipt_mark),
            "mine": [row_of(one, district) for one in mine[:SHOWN_OF_MINE]],
            "more": max(len(mine) - SHOWN_OF_MINE, 0),
        },
    )


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Ways without a phone or without writing: where, who, on what sheet."""
    district = District.current()
    village = chosen_village(request, district)
    offices = (
        Organisation.objects.current().of_place(village).exclude(phone="").order_by("name_order") if village else []
    )
    return show(request, "resident/home/help.html", {"district": district, "village": village, "offices": offices})


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return show(request, "resident/home/privacy.html")


@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """The form on paper, A4, for those who would rather write by hand."""
    district = District.current()
    village = chosen_village(request, district)
    context = {"district": district, "village": village, "printed_at": clock.now(), "lines": range(9)}
    return show(request, "resident/home/paper.html", context)
