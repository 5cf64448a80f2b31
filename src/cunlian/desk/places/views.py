"""The roster and the page of one village."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.desk.acting import day_asked
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places import grids, page, tables
from cunlian.desk.places.seen import page_of_place, place_of
from cunlian.kernel.access import Actor, may
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import District, Level


def _listed(actor: Actor) -> Any:
    return tables.with_roster(District.current().listed().filter(of_own_county(actor, "")))


def _villages(actor: Actor, query: QueryDict) -> tables.VillageTable:
    found = tables.VillageFilter(query or None, _listed(actor), actor=actor)
    return tables.VillageTable(found.qs, filter=found)


VILLAGES = add_list("villages", _lazy("Villages and communities"), _villages)


@require_GET
@VILLAGES.exported
def place_list(request: DeskRequest) -> HttpResponse:
    """Every village of the national list here, and which the district counts."""
    district, listed, table = District.current(), _listed(request.actor), VILLAGES.page(request)
    context = {
        "title": _("Villages and areas"), "district": district, "filter": table.filter, "table": table,
        "listed": listed.count(), "counted": listed.filter(counted=True).count(),
        "areas": tables.running_areas(request.actor).count(),
        "may_set": may(request.actor, "places.set_district", district),
        "may_point": may(request.actor, "places.set_position", district),
        "may_arrange": may(request.actor, "places.arrange_district", district),
    }  # fmt: skip
    return render(request, "desk/places/list.html", context)


@require_GET
@grids.VILLAGE_GRIDS.exported
@grids.VILLAGE_GROUPS.exported
def village(request: DeskRequest, code: str) -> HttpResponse:
    """One village on a day (``?on=``): what divides it, who answers, what it was like, what became of it. Of a town what
    it was and what may be done with it."""
    place, day = place_of(request.actor, code), day_asked(request)
    if place.level == Level.TOWNSHIP:
        return render(request, "desk/places/town.html", page.town_page(place, request.actor))
    if place.level == Level.GRID:
        return redirect(f"{page_of_place(place)}#grids")
    context = page.village_page(place, day, request.actor)
    context["grid_table"] = grids.VILLAGE_GRIDS.page(request, code=code)
    context["group_table"] = grids.VILLAGE_GROUPS.page(request, code=code)
    return render(request, "desk/places/village.html", context)
