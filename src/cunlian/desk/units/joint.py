"""Which units are members of a joint body or an area, and which posts lead units. Joining is not moving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import DayField, act, day_in
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import AREA_ORDER
from cunlian.desk.responsibility.forms import choose_from
from cunlian.desk.units.tables import LeadTable, MembershipTable
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations import actions
from cunlian.organisations.chain import seats
from cunlian.organisations.models import PARTY_KINDS, Lead, Organisation, Post, UnitMembership
from cunlian.organisations.querysets import of_own_county
from cunlian.organisations.rules import MANAGERS
from cunlian.places.models import Area
from cunlian.places.territory import territory_q

GET_POST = ("GET", "POST")
JOIN, LEAD = "organisations.join_unit", "organisations.name_lead"


def _mine(actor: Actor) -> Any:
    """Units of today the actor may join or have led."""
    return Organisation.objects.visible_to(actor).current().filter(territory_q(actor, MANAGERS)).for_list()


class JoinForm(forms.Form):
    unit = forms.ModelChoiceField(label=_lazy("Which unit"), queryset=Organisation.objects.none())
    body = forms.ModelChoiceField(
        label=_lazy("Joint body it becomes a member of"), queryset=Organisation.objects.none(), required=False,
        help_text=_lazy("It keeps its own unit above. A joint body never decides over a village's assets."),
    )  # fmt: skip
    area = forms.ModelChoiceField(label=_lazy("or the area"), queryset=Area.objects.none(), required=False)
    starts_on = DayField(label=_lazy("Starts on"))
    paper = forms.CharField(label=_lazy("Agreement or paper"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", _mine(actor))
        choose_from(self, "body", _mine(actor).filter(organisation_kind__in=PARTY_KINDS).exclude(set_up_on=""))
        choose_from(
            self, "area", Area.objects.filter(of_own_county(actor, "root__"), ends_on=None).order_by(*AREA_ORDER)
        )


class EndForm(forms.Form):
    ends_on = DayField(label=_lazy("No longer from"))


class LeadForm(forms.Form):
    unit = forms.ModelChoiceField(label=_lazy("Which unit"), queryset=Organisation.objects.none())
    post = forms.ModelChoiceField(label=_lazy("Led by the post"), queryset=Post.objects.none())
    led_as = forms.ChoiceField(label=_lazy("As"), choices=Lead.As)
    starts_on = DayField(label=_lazy("Starts on"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", _mine(actor))
        choose_from(self, "post", Post.objects.visible_to(actor).current().for_list())


def _memberships(actor: Actor, query: QueryDict) -> MembershipTable:
    running = UnitMembership.objects.visible_to(actor).on(day_in(query)).for_list()
    return MembershipTable(running, may_end=may(actor, JOIN))


def _leads(actor: Actor, query: QueryDict) -> LeadTable:
    running = Lead.objects.visible_to(actor).on(day_in(query)).for_list()
    held = seats(set(running.order_by().values_list("post_id", flat=True)), day_in(query))
    return LeadTable(running, may_end=may(actor, LEAD), holders={key: seat.person.name for key, seat in held.items()})


MEMBERSHIPS = add_list("unit-memberships", _lazy("Joint bodies and areas"), _memberships)
LEADS = add_list("leads", _lazy("Who leads units"), _leads)


@require_GET
@MEMBERSHIPS.exported
def memberships(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _("Joint bodies and areas"), "table": MEMBERSHIPS.page(request), "filter": None,
        "new_url": reverse("desk:unit_join") if may(request.actor, JOIN) else "", "new_label": _("Join a unit"),
    }  # fmt: skip
    return render(request, "desk/units/list.html", context)


@require_GET
@LEADS.exported
def leads(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _("Who leads units"), "table": LEADS.page(request), "filter": None,
        "new_url": reverse("desk:lead_new") if may(request.actor, LEAD) else "", "new_label": _("Say who leads"),
    }  # fmt: skip
    return render(request, "desk/units/list.html", context)


@require_http_methods(GET_POST)
def join(request: DeskRequest) -> HttpResponse:
    require(request.actor, JOIN)
    return act(
        request, JoinForm(request.POST or None, initial=request.GET.dict(), actor=request.actor),
        lambda unit, **said: actions.join_unit(unit, by=request.actor, **said),
        title=_("Join a unit"), button=_("Join the unit"), back=reverse("desk:unit_memberships"),
        lead=_("The unit keeps its own parent and place."), done=_("It is a member from that day."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def separate(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: UnitMembership = get_visible(UnitMembership.objects.for_list(), request.actor, pk)
    require(request.actor, JOIN, row)
    return act(
        request, EndForm(request.POST or None),
        lambda ends_on: actions.end_unit_membership(row, by=request.actor, ends_on=ends_on),
        title=_("Separate a unit"), button=_("Separate it"), back=reverse("desk:unit_memberships"), lead=str(row),
        done=_("It is no member from that day; that it was one stays readable."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def name_lead(request: DeskRequest) -> HttpResponse:
    require(request.actor, LEAD)
    return act(
        request, LeadForm(request.POST or None, initial=request.GET.dict(), actor=request.actor),
        lambda unit, **said: actions.name_lead(unit, by=request.actor, **said),
        title=_("Say who leads"), button=_("Name who leads"), back=reverse("desk:leads"),
        lead=_("Whoever holds the post leads the unit, today and after a change."), done=_("The lead is on record."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def end_lead(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: Lead = get_visible(Lead.objects.for_list(), request.actor, pk)
    require(request.actor, LEAD, row.unit)
    return act(
        request, EndForm(request.POST or None), lambda ends_on: actions.end_lead(row, by=request.actor, ends_on=ends_on),
        title=_("End a lead"), button=_("End the lead"), back=reverse("desk:leads"), lead=str(row),
        done=_("The lead ends on that day."),
    )  # fmt: skip
