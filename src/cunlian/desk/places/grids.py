"""Grids of the whole district and of one village: the lists, and what is done with one grid or group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act, day_asked, day_in
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places import forms
from cunlian.desk.places.grid_tables import DRAW, GridFilter, GridTable, GroupTable, grids_on, groups_on
from cunlian.desk.places.seen import grid_of, group_of, village_of
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.chain import seats
from cunlian.organisations.models import Duty
from cunlian.places.actions.grids import class_grid, end_grid, put_group_in_grid
from cunlian.places.models import Area, AreaMembership, District, GridTier, Place, on

GET_POST = ("GET", "POST")


def _grids(actor: Actor, query: QueryDict) -> GridTable:
    day = day_in(query)
    found = GridFilter(query or None, grids_on(actor, day), actor=actor, day=day)
    return GridTable(found.qs, filter=found, actor=actor)


def _village_grids(actor: Actor, query: QueryDict, code: str) -> GridTable:
    village = village_of(actor, code)
    found = grids_on(actor, day_in(query)).filter(grid_set__village=village)
    return GridTable(found, actor=actor, exclude=("village",))


def _village_groups(actor: Actor, query: QueryDict, code: str) -> GroupTable:
    village = village_of(actor, code)
    return GroupTable(groups_on(village, day_in(query)), actor=actor)


GRIDS = add_list("grids", _lazy("Grids"), _grids)
VILLAGE_GRIDS = add_list("village-grids", _lazy("Grids"), _village_grids)
VILLAGE_GROUPS = add_list("village-groups", _lazy("Villager groups"), _village_groups, prefix="groups-")


@require_GET
@GRIDS.exported
def grid_list(request: DeskRequest) -> HttpResponse:
    """The three tiers: an area at the top when one is chosen, its village grids, the social workers' grids in them."""
    table, day = GRIDS.page(request), day_asked(request)
    known = District.current()
    context = {
        "title": _("Grids"), "table": table, "filter": table.filter, "day": day, "district": known,
        "may_set": may(request.actor, "places.set_grid_class", known),
        "crumbs": [(_("Villages and areas"), reverse("desk:places")), (_("Grids"), "")],
        **_area_tier(request.actor, table, day),
    }  # fmt: skip
    return render(request, "desk/places/grids.html", context)


def _area_tier(actor: Actor, table: GridTable, day: Any) -> dict[str, Any]:
    """The area that is chosen: who answers for it, and how many of each tier lie in it."""
    form = table.filter.form  # type: ignore[union-attr]
    area: Area | None = form.cleaned_data.get("area") if form.is_bound and form.is_valid() else None
    if area is None:
        return {"area": None}
    duties = list(Duty.objects.visible_to(actor).on(day).filter(area=area).for_list())
    seated = seats({duty.post_id for duty in duties}, day)
    villages = AreaMembership.objects.filter(on(day), area=area)
    inside = grids_on(actor, day).filter(grid_set__village__in=villages.values("place_id")).order_by()
    drawn = inside.values("grid_set__village_id").distinct().count()
    tiers = {tier: inside.filter(tier=tier).count() for tier in (GridTier.VILLAGE, GridTier.SOCIAL_WORKER)}
    return {
        "area": area, "tier_url": f"{reverse('desk:grids')}?area={area.pk}&tier=",
        "held": [(duty, seated.get(duty.post_id)) for duty in duties], "villages": villages.count(),
        "undrawn": villages.count() - drawn,
        "undrawn_url": f"{reverse('desk:places')}?area={area.pk}&grids=no", "village_grids": tiers[GridTier.VILLAGE],
        "social_grids": tiers[GridTier.SOCIAL_WORKER],
    }  # fmt: skip


@require_http_methods(GET_POST)
def give_class(request: DeskRequest, pk: UUID) -> HttpResponse:
    grid = grid_of(request.actor, pk)
    require(request.actor, DRAW, grid)
    village: Place = grid.grid_set.village
    return act(
        request, forms.GiveClassForm(request.POST or None, grid=grid),
        lambda grid_class: class_grid(grid, by=request.actor, grid_class=grid_class),
        title=_("Change the class of the grid"), button=_("Give it this class"), lead=str(grid.place),
        back=reverse("desk:place", args=[village.code]), done=_("The grid has its new class."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move_group(request: DeskRequest, pk: UUID) -> HttpResponse:
    group = group_of(request.actor, pk)
    require(request.actor, DRAW, group)

    def call(grid: Any, starts_on: Any) -> Any:
        return put_group_in_grid(grid, by=request.actor, group=group, starts_on=starts_on)

    return act(
        request, forms.MoveGroupForm(request.POST or None, village=group.village), call,
        title=_("Put the villager group into a grid"), button=_("Put it there"),
        lead=_("%(village)s, villager group %(group)s") % {"village": group.village, "group": group},
        back=reverse("desk:place", args=[group.village.code]), done=_("The group is in the grid."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def close_grid(request: DeskRequest, pk: UUID) -> HttpResponse:
    grid = grid_of(request.actor, pk)
    require(request.actor, DRAW, grid)
    return act(
        request, forms.EndForm(request.POST or None), lambda ends_on: end_grid(grid, by=request.actor, ends_on=ends_on),
        title=_("End the grid"), button=_("End it"), lead=str(grid.place),
        back=reverse("desk:place", args=[grid.grid_set.village.code]), done=_("The grid has ended."),
    )  # fmt: skip
