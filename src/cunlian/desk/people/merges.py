"""Merges that were entered, and how one is undone: what goes back, what stays, and why they are two after all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import REFUSED, act
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.people import forms, tables
from cunlian.desk.people.households import household_of
from cunlian.desk.people.households import page_of as household_page
from cunlian.desk.people.lists import crumbs, list_page
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Text
from cunlian.people import actions
from cunlian.people.duplicates import parted
from cunlian.people.models import HouseholdSuccession, Membership, PersonMerge
from cunlian.ui.forms import submit

GET_POST = ("GET", "POST")
WHAT: dict[str, Text] = {
    "cases.BodyMember.person": _lazy("Seats in mediation bodies"),
    "cases.Case.about_person": _lazy("Reports about them"),
    "cases.Case.reporter": _lazy("Reports by them"),
    "cases.Endorsement.person": _lazy("Matters they joined"),
    "cases.Party.person": _lazy("Disputes they are a party of"),
    "kernel.Look.person_id": _lazy("Looks at the file"),
    "organisations.Posting.person": _lazy("Posts they hold or held"),
    "people.Circumstance.person": _lazy("Circumstances"),
    "people.Consent.person": _lazy("Consents"),
    "people.DataRequest.person": _lazy("Requests about their data"),
    "talent.TalentEntry.person": _lazy("Entries in the register of skills"),
}
REST = _lazy("Other records")


@dataclass(frozen=True)
class Share:
    """How many records of one sort go back, and how many came since and stay."""

    label: Text
    back: int
    stays: int


def shares(merge: PersonMerge) -> list[Share]:
    found: dict[str, Share] = {}
    for name, back, stays in parted(merge):
        label = WHAT.get(name, REST)
        before = found.get(str(label), Share(label, 0, 0))
        found[str(label)] = Share(label, before.back + back, before.stays + stays)
    return list(found.values())


def _merges(actor: Actor, query: QueryDict) -> tables.MergeTable:
    return tables.MergeTable(PersonMerge.objects.visible_to(actor).for_list(), actor=actor)


MERGES = add_list("merges", _lazy("Merged files"), _merges)


@require_GET
@MERGES.exported
def merges(request: DeskRequest) -> HttpResponse:
    lead = _("A merge of two files that turn out to be of two persons can be undone for %(n)s days.")
    return list_page(request, MERGES, lead % {"n": PersonMerge.UNDO_DAYS})


@require_http_methods(GET_POST)
def undo(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Says what goes back and what stays before it is pressed."""
    merge: PersonMerge = get_visible(PersonMerge.objects.for_list(), request.actor, pk)
    require(request.actor, "people.undo_merge", merge)
    title = _("Undo the merge")
    form = forms.UndoForm(request.POST or None)
    done = (
        submit(form, lambda **said: (actions.undo_merge(merge, by=request.actor, **said),)) if form.is_bound else None
    )
    if done:
        messages.success(request, _("The two are two persons again. What came since the merge is with the file kept."))
        return redirect("desk:people_merges")
    memberships = Membership.objects.visible_to(request.actor).select_related("household")
    left = memberships.filter(pk__in=[merge.brought.get("left") or merge.pk]).first()
    context = {
        "title": title, "merge": merge, "form": form, "shares": shares(merge), "left": left, "button": title,
        "open": merge.undone_on is None and clock.today() <= merge.undo_until,
        "filled": bool(merge.brought.get("filled")), "back": reverse("desk:people_merges"),
        "crumbs": crumbs("desk:people_merges", _("Merged files"), (merge.gone.masked_name, "")),
    }  # fmt: skip
    return render(request, "desk/people/undo.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(GET_POST)
def undo_join(request: DeskRequest, pk: UUID) -> HttpResponse:
    """``pk``: the household that ended."""
    found = household_of(request.actor, pk)
    require(request.actor, "people.undo_join", found)
    joining: Any = get_object_or_404(found.successions, how=HouseholdSuccession.How.JOINED, undone_on=None)
    lead = pgettext(
        "household", "Number %(number)s stands again, with those who came from it and have not moved since."
    )
    return act(
        request, forms.UndoForm(request.POST or None),
        lambda **said: actions.undo_join(joining, by=request.actor, **said),
        title=_("Undo the joining"), button=_("Undo the joining"), back=household_page(found),
        lead=lead % {"number": found.number}, done=_("The two are two households again. Say anew who answers for it."),
    )  # fmt: skip
