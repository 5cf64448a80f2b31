"""Areas over villages: drawn, joined, left, ended."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act, page_of
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places import forms
from cunlian.desk.places.seen import AREA_ORDER, area_of, membership_of
from cunlian.desk.places.tables import AreaTable, MemberTable
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.querysets import of_own_county
from cunlian.places.actions import areas as actions
from cunlian.places.models import Area, AreaMembership, District

GET_POST = ("GET", "POST")
DRAW = "places.draw_area"


def _areas(actor: Actor, query: QueryDict) -> AreaTable:
    running = Count("memberships", filter=Q(memberships__ends_on=None))
    areas = Area.objects.filter(of_own_county(actor, "root__")).annotate(villages=running)
    return AreaTable(areas.order_by(*AREA_ORDER))


def _members(actor: Actor, query: QueryDict, pk: UUID) -> MemberTable:
    area = area_of(actor, pk)
    rows = AreaMembership.objects.filter(area=area, ends_on=None).select_related("place").order_by("place__code")
    return MemberTable(rows, may_draw=may(actor, DRAW, area))


AREAS = add_list("areas", _lazy("Areas"), _areas)
MEMBERS = add_list("area-villages", _lazy("Villages of the area"), _members)


@require_GET
@AREAS.exported
def area_list(request: DeskRequest) -> HttpResponse:
    """Every area there is or was, with how many villages are in it now."""
    context = {
        "title": _("Areas"), "table": AREAS.page(request),
        "may_draw": may(request.actor, DRAW, District.current()),
        "crumbs": [(_("Villages and areas"), reverse("desk:places")), (_("Areas"), "")],
    }  # fmt: skip
    return render(request, "desk/places/areas.html", context)


@require_GET
@MEMBERS.exported
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    area = area_of(request.actor, pk)
    past = AreaMembership.objects.filter(area=area, ends_on__isnull=False).select_related("place")
    context = {
        "title": area.name, "area": area, "may_draw": may(request.actor, DRAW, area),
        "table": MEMBERS.page(request, pk=pk), "past": past.order_by("ends_on", "place__code"),
        "crumbs": [(_("Areas"), reverse("desk:areas")), (area.name, "")],
    }  # fmt: skip
    return render(request, "desk/places/area.html", context)


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, DRAW, root)
    return act(
        request, forms.AreaForm(request.POST or None),
        lambda **values: actions.create_area(root, by=request.actor, **values), title=_("Draw an area"),
        button=_("Draw it"), back=reverse("desk:areas"), done=_("The area is drawn. Add its villages now."),
        then=page_of("desk:area"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def add(request: DeskRequest, pk: UUID) -> HttpResponse:
    area = area_of(request.actor, pk)
    require(request.actor, DRAW, area)
    return act(
        request, forms.JoinForm(request.POST or None, area=area),
        lambda **values: actions.add_village_to_area(area, by=request.actor, **values),
        title=_("Add a village"), button=_("Add it"), back=reverse("desk:area", args=[area.pk]), lead=area.name,
        done=_("The village is in the area."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    area = area_of(request.actor, pk)
    require(request.actor, DRAW, area)
    return act(
        request, forms.EndForm(request.POST or None),
        lambda ends_on: actions.end_area(area, by=request.actor, ends_on=ends_on), title=_("End the area"),
        button=_("End it"), back=reverse("desk:areas"), lead=area.name, done=_("The area has ended."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def end_membership(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = membership_of(request.actor, pk)
    require(request.actor, DRAW, row.area)
    return act(
        request, forms.EndForm(request.POST or None),
        lambda ends_on: actions.end_area_membership(row, by=request.actor, ends_on=ends_on),
        title=_("Take the village out of the area"), button=_("Take it out"), lead=f"{row.area} {row.place}",
        back=reverse("desk:area", args=[row.area_id]), done=_("The village has left the area."),
    )  # fmt: skip
