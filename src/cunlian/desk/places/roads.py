"""Road times between villages, and what is near one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import NothingMore, act
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.bringing import bring_table
from cunlian.desk.places.road_forms import RoadForm, RoadsForm
from cunlian.desk.places.road_tables import ENTER, NearTable, RoadFilter, RoadTable, road_lines, roads_of
from cunlian.desk.places.seen import road_of, village_of
from cunlian.kernel.access import Actor, may, require
from cunlian.places.actions.positions import import_road_minutes, remove_road_minutes, set_road_minutes
from cunlian.places.distance import nearby
from cunlian.places.models import District

GET_POST = ("GET", "POST")


def _roads(actor: Actor, query: QueryDict) -> RoadTable:
    found = RoadFilter(query or None, roads_of(actor), actor=actor)
    return RoadTable(found.qs, filter=found, actor=actor)


def _near(actor: Actor, query: QueryDict, code: str) -> NearTable:
    return NearTable(nearby(village_of(actor, code), District.current().listed()))


ROADS = add_list("roads", _lazy("Road times"), _roads, lines=road_lines)
NEAR = add_list("near", _lazy("Near it"), _near)


@require_GET
@ROADS.exported
def road_list(request: DeskRequest) -> HttpResponse:
    """How long the road takes from village to village, as far as somebody has entered it."""
    table = ROADS.page(request)
    context = {
        "title": _("Road times"), "table": table, "filter": table.filter, "may_enter": may(request.actor, ENTER),
        "may_import": may(request.actor, ENTER, District.current()),
        "crumbs": [(_("Villages and areas"), reverse("desk:places")), (_("Road times"), "")],
    }  # fmt: skip
    return render(request, "desk/places/roads.html", context)


@require_GET
@NEAR.exported
def near(request: DeskRequest, code: str) -> HttpResponse:
    """Every village of the district, the nearest of what is known first."""
    village = village_of(request.actor, code)
    context = {
        "title": _("Near %(village)s") % {"village": village}, "village": village, "table": NEAR.page(request, code=code),
        "crumbs": [(village.short_name, reverse("desk:place", args=[village.code])), (_("Near it"), "")],
    }  # fmt: skip
    return render(request, "desk/places/near.html", context)


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    """``?from=`` and ``?to=`` (codes) fill the form; a pair that is known is corrected."""
    require(request.actor, ENTER)
    ends = {"start": request.GET.get("from", ""), "end": request.GET.get("to", "")}

    def call(from_place: Any, **said: Any) -> Any:
        return set_road_minutes(from_place, by=request.actor, **said)

    return act(
        request, RoadForm(request.POST or None, actor=request.actor, **ends), call, title=_("Enter a road time"),
        button=_("Enter"), back=reverse("desk:roads"), done=_("The road time is entered."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    road = road_of(request.actor, pk)
    require(request.actor, ENTER, road)
    lead = _("%(from)s to %(to)s, %(n)s minutes") % {"from": road.from_place, "to": road.to_place, "n": road.minutes}
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: remove_road_minutes(road, by=request.actor), title=_("Remove the road time"), button=_("Remove it"),
        back=reverse("desk:roads"), lead=lead, done=_("The road time is removed."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def bring(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, ENTER, root)
    return bring_table(
        request, RoadsForm, lambda rows, source: import_road_minutes(rows, by=request.actor, root=root, source=source),
        title=_("Import road times"),
        lead=_(
            "All rows are taken in, or none. A pair that is known gets its new time. The list of road times, taken out as "
            "CSV, has this form."
        ),
        back=reverse("desk:roads"), crumbs=[(_("Road times"), reverse("desk:roads"))],
        taken=lambda n: ngettext("%(n)s road time is taken in.", "%(n)s road times are taken in.", n) % {"n": n},
    )  # fmt: skip
