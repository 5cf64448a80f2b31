"""One household on any day, and what is done with it; houses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act, day_asked, day_in
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.people import forms, tables
from cunlian.desk.people.lists import crumbs
from cunlian.desk.people.where import kept_village
from cunlian.desk.visible import get_visible
from cunlian.flows.households import close_household, unite_households
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.people import actions
from cunlian.people.models import House, Household, HouseholdSuccession, HouseholdVersion, Membership
from cunlian.people.standing import village_of
from cunlian.ui.pieces import MoveButton

GET_POST = ("GET", "POST")


def household_of(actor: Actor, pk: UUID) -> Household:
    found: Household = get_visible(Household.objects.for_detail(), actor, pk)
    return found


def page_of(household: Household) -> str:
    return reverse("desk:household", args=[household.pk])


def _members(actor: Actor, query: QueryDict, pk: UUID) -> tables.PersonTable:
    day = day_in(query)
    rows = Membership.objects.on(day).filter(household=household_of(actor, pk)).for_list(day)
    return tables.PersonTable(rows, day=day, exclude=("village", "number", "lane"))


MEMBERS = add_list("household-members", pgettext_lazy("household", "Members"), _members)


@require_GET
@MEMBERS.exported
def household(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A household as it stood on a day, its members of that day, and what it was before."""
    found, day = household_of(request.actor, pk), day_asked(request)
    then = HouseholdVersion.objects.on(day).filter(household=found).for_list(day).first()
    title = _("Household %(number)s") % {"number": found.number}
    context = {
        "title": title, "household": found, "then": then, "day": day,
        "group": tables.group_name(then.group) if then and then.group else "", "today": clock.today(),
        "table": MEMBERS.page(request, pk=pk), "buttons": _buttons(request.actor, found),
        "rows": found.versions.select_related("lane", "group", "grid", "house").order_by("-starts_on", "-pk"),
        "from_others": found.predecessions.select_related("from_household"),
        "to_others": found.successions.select_related("to_household"), "days_of": tables.days_of,
        "crumbs": crumbs("desk:households", pgettext("register", "Households"), (title, "")),
    }  # fmt: skip
    return render(request, "desk/people/household.html", context)


STEPS = (
    ("people.register_person", _lazy("Register a member"), "household_member"),
    ("people.arrange_household", _lazy("Change number, address or place"), "household_change"),
    ("people.name_head", _lazy("Name another head"), "household_head"),
    ("people.split_household", _lazy("Split it"), "household_split"),
    ("people.join_households", _lazy("Join it to another"), "household_join"),
    ("people.end_household", _lazy("End the household"), "household_end"),
)


def _buttons(actor: Actor, found: Household) -> list[MoveButton]:
    if found.ends_on:
        joined = found.successions.filter(how=HouseholdSuccession.How.JOINED, undone_on=None).last()
        fits = joined and clock.today() <= joined.undo_until and may(actor, "people.undo_join", found)
        return (
            [MoveButton(_("Undo the joining"), reverse("desk:household_part", args=[found.pk]), "normal")]
            if fits
            else []
        )
    return [
        MoveButton(label, reverse(f"desk:{name}", args=[found.pk]), "primary" if not n else "normal")
        for n, (permission, label, name) in enumerate(STEPS)
        if may(actor, permission, found)
    ]


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    """Register a household of the village the address names."""
    village = kept_village(request.actor, request.GET.get("village", ""))
    form = forms.HouseholdForm(request.POST or None, village=village)
    return act(
        request, form, lambda **said: actions.register_household(by=request.actor, place=village, **said),
        title=_("Register a household"), button=_("Register it"), lead=str(village),
        back=f"{reverse('desk:households')}?village={village.code}", done=_("The household is registered. Now its members."),
    )  # fmt: skip


def _on(
    request: DeskRequest, found: Household, form: Any, call: Any, title: str, button: str, done: str
) -> HttpResponse:
    lead = _("Household %(number)s") % {"number": found.number}
    return act(request, form, call, title=title, button=button, lead=lead, back=page_of(found), done=done)


@require_http_methods(GET_POST)
def member(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = household_of(request.actor, pk)
    require(request.actor, "people.register_person", found)
    form = forms.MemberForm(request.POST or None)
    return _on(
        request, found, form,
        lambda **said: actions.register_person(
            by=request.actor, place=village_of(found), household=found, **said
        ),
        _("Register a member"), _("Register them"), _("The member is registered."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def change(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = household_of(request.actor, pk)
    require(request.actor, "people.arrange_household", found)
    form = forms.ArrangeForm(request.POST or None, household=found, village=village_of(found))
    return _on(
        request, found, form, lambda **said: actions.arrange_household(found, by=request.actor, **said),
        _("Change number, address or place"), _("Change it"), _("The household is changed; what was stays on record."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def head(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = household_of(request.actor, pk)
    require(request.actor, "people.name_head", found)
    form = forms.HeadForm(request.POST or None, household=found)
    return _on(
        request, found, form, lambda **said: actions.name_head(found, by=request.actor, **said), _("Name another head"),
        _("Name them"), _("The head is named. Say anew what the others are to them."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def split(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = household_of(request.actor, pk)
    require(request.actor, "people.split_household", found)
    form = forms.SplitForm(request.POST or None, household=found)
    return _on(
        request, found, form, lambda **said: actions.split_household(found, by=request.actor, **said), _("Split it"),
        _("Split it"), _("The new household is registered."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def join(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = household_of(request.actor, pk)
    require(request.actor, "people.join_households", found)
    form = forms.JoinForm(request.POST or None, household=found, actor=request.actor)
    return _on(
        request, found, form, lambda **said: unite_households(found, by=request.actor, **said),
        _("Join it to another"), _("Join them"), _("The two are one household. This one has ended."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = household_of(request.actor, pk)
    require(request.actor, "people.end_household", found)
    return _on(
        request, found, forms.DayForm(request.POST if request.method == "POST" else None),
        lambda **said: close_household(found, by=request.actor, **said), _("End the household"), _("End the household"),
        _("The household has ended. It stays in the register of the days before."),
    )  # fmt: skip


def house_of(actor: Actor, pk: UUID) -> House:
    found: House = get_visible(House.objects.for_detail(), actor, pk)
    return found


@require_GET
def house(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A house: how it was used and by which households."""
    found = house_of(request.actor, pk)
    context = {
        "title": found.address, "house": found, "states": found.states.order_by("-starts_on", "-pk"),
        "households": HouseholdVersion.objects.visible_to(request.actor).filter(house=found).order_by("-starts_on"),
        "may_use": not found.ends_on and may(request.actor, "people.set_house_use", found), "days_of": tables.days_of,
        "crumbs": crumbs("desk:houses", _("Houses"), (found.address, "")),
    }  # fmt: skip
    return render(request, "desk/people/house.html", context)


@require_http_methods(GET_POST)
def new_house(request: DeskRequest) -> HttpResponse:
    village = kept_village(request.actor, request.GET.get("village", ""))
    form = forms.HouseForm(request.POST or None, village=village)
    return act(
        request, form, lambda **said: actions.register_house(by=request.actor, place=village, **said),
        title=_("Register a house"), button=_("Register it"), lead=str(village),
        back=f"{reverse('desk:houses')}?village={village.code}", done=_("The house is registered."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def house_use(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = house_of(request.actor, pk)
    require(request.actor, "people.set_house_use", found)
    form = forms.UseForm(request.POST or None, initial={"use": found.use})
    return act(
        request, form, lambda **said: actions.set_house_use(found, by=request.actor, **said),
        title=_("How the house is used"), button=_("Save"), back=reverse("desk:house", args=[found.pk]),
        lead=found.address, done=_("It is entered; what was stays on record."),
    )  # fmt: skip
