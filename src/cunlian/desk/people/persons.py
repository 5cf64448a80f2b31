"""One person on any day, what is done with the file, and looking somebody up. Names stay masked until a purpose is said."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.desk.acting import REFUSED, act, day_asked
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.people import forms, tables
from cunlian.desk.people.lists import crumbs
from cunlian.desk.visible import get_visible
from cunlian.flows import leaving
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Refusal
from cunlian.people import actions
from cunlian.people.away import CONTACT_AWAY, away_on
from cunlian.people.consent.questions import holds
from cunlian.people.contact import looks_at
from cunlian.people.models import Person, PersonMerge, PersonVersion
from cunlian.ui.forms import submit
from cunlian.ui.pieces import MoveButton

GET_POST = ("GET", "POST")


def person_of(actor: Actor, pk: UUID) -> Person:
    found: Person = get_visible(Person.objects.for_detail(), actor, pk)
    return found


def page_of(person: Person) -> str:
    return reverse("desk:person", args=[person.pk])


def _known_on(person: Person, day: date) -> Person | PersonVersion:
    """What was on record about the person on ``day``."""
    later = PersonVersion.objects.filter(person=person, ends_on__gt=day).order_by("ends_on", "pk")
    earlier = later.filter(starts_on__lte=day) | later.filter(starts_on=None)
    return earlier.first() or person


def _past(actor: Actor, query: QueryDict, pk: UUID) -> tables.PastTable:
    rows = person_of(actor, pk).memberships.select_related("household")
    return tables.PastTable(rows.order_by("-starts_on", "-pk"))


PAST = add_list("person-households", _lazy("Households they belonged to"), _past)


@require_GET
@PAST.exported
def person(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A person as the register had them on a day; where they belonged before and after."""
    found, day = person_of(request.actor, pk), day_asked(request)
    known = _known_on(found, day)
    context = {
        "title": known.masked_name, "person": found, "known": known, "day": day, "today": clock.today(),
        "then": found.memberships.on(day).select_related("household").first(),
        "away": away_on(found, day), "table": PAST.page(request, pk=pk), "looks": len(looks_at(found)),
        "twins": found.merged_from.order_by("gone_on"), "buttons": _buttons(request.actor, found),
        "may_reveal": may(request.actor, "people.reveal", found),
        "crumbs": crumbs("desk:people", _("Persons"), (known.masked_name, "")),
    }  # fmt: skip
    return render(request, "desk/people/person.html", context)


STEPS = (
    ("people.correct_person", _lazy("Correct the file"), "person_correct"),
    ("people.move_person", _lazy("Move to another household"), "person_move"),
    ("people.note_absence", _lazy("Is away"), "person_away"),
    ("people.note_absence", _lazy("Is at home again"), "person_home"),
    ("people.move_out", _lazy("Moved out"), "person_out"),
    ("people.note_death", _lazy("Died"), "person_died"),
)


def _buttons(actor: Actor, found: Person) -> list[MoveButton]:
    """What fits: who is at home does not come home, who is gone is only corrected, or moves back in."""
    fitting = {"person_correct", "person_move"} if found.gone_because != Person.Gone.MERGED else set()
    if found.gone_because == Person.Gone.DIED:
        fitting = {"person_correct"}
    if found.gone_on is None:
        fitting |= {"person_away", "person_out", "person_died"} | ({"person_home"} if found.is_away else set())
    return [
        MoveButton(label, reverse(f"desk:{name}", args=[found.pk]), "normal")
        for permission, label, name in STEPS
        if name in fitting and may(actor, permission, found)
    ]


def _on(request: DeskRequest, found: Person, form: Any, call: Any, title: str, done: str) -> HttpResponse:
    return act(
        request, form, call, title=title, button=_("Save"), lead=found.masked_name, back=page_of(found), done=done
    )


@require_http_methods(GET_POST)
def correct(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = person_of(request.actor, pk)
    require(request.actor, "people.correct_person", found)
    form = forms.CorrectForm(request.POST or None, person=found)
    return _on(
        request, found, form, lambda **said: actions.correct_person(found, by=request.actor, **said),
        _("Correct the file"), _("The file is corrected; what stood there stays on record."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = person_of(request.actor, pk)
    require(request.actor, "people.move_person", found)
    form = forms.MoveForm(
        request.POST or None,
        actor=request.actor,
        initial={"place": found.place.resolve().code if found.place else None},
    )
    return _on(
        request, found, form, lambda **said: actions.move_person(found, by=request.actor, **said),
        _("Move to another household"), _("The move is entered."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def away(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = person_of(request.actor, pk)
    require(request.actor, "people.note_absence", found)
    known = found.absences.filter(ends_on=None).values("whereabouts", "work", "back_in", "ask_about").first()
    form = forms.AwayForm(request.POST or None, agreed=holds(found, CONTACT_AWAY), initial=known)

    def said(channel: str = "", **told: Any) -> Person:
        """When they come back and what to ask them about is the person's own word, passed on."""
        theirs = told.get("back_in") or told.get("ask_about")
        by = request.actor.for_(channel, found.pk) if theirs else request.actor
        return actions.go_away(found, by=by, **told)

    return _on(request, found, form, said, _("Is away"), _("It is entered that they are away."))  # fmt: skip


def _dated(request: DeskRequest, pk: UUID, permission: str, call: Any, title: str, done: str) -> HttpResponse:
    found = person_of(request.actor, pk)
    require(request.actor, permission, found)
    form = forms.DayForm(request.POST if request.method == "POST" else None)
    return _on(request, found, form, lambda **said: call(found, by=request.actor, **said), title, done)


@require_http_methods(GET_POST)
def home(request: DeskRequest, pk: UUID) -> HttpResponse:
    done = _("It is entered that they are at home.")
    return _dated(request, pk, "people.note_absence", actions.come_home, _("Is at home again"), done)


@require_http_methods(GET_POST)
def out(request: DeskRequest, pk: UUID) -> HttpResponse:
    done = _("It is entered that they moved out.")
    return _dated(request, pk, "people.move_out", leaving.move_out, _("Moved out"), done)


@require_http_methods(GET_POST)
def died(request: DeskRequest, pk: UUID) -> HttpResponse:
    return _dated(request, pk, "people.note_death", leaving.note_death, _("Died"), _("The death is entered."))


@require_POST
def reveal(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Everything in full, once, in this very answer. The look is logged and the person sees it."""
    found = person_of(request.actor, pk)
    purpose = request.POST.get("purpose", "")
    context: dict[str, Any] = {"person": found, "purpose": purpose, "title": found.masked_name, "refusal": None}
    try:
        context["contact"] = actions.reveal_contact(found, by=request.actor, purpose=purpose)
    except Refusal as refusal:
        context |= {"contact": None, "refusal": refusal}
        return render(request, "desk/people/reveal.html", context, status=refusal.status)
    response = render(request, "desk/people/reveal.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(GET_POST)
def find(request: DeskRequest) -> HttpResponse:
    """By a whole phone or identity number, for a purpose. Posted, so that the number stands in no address."""
    require(request.actor, "people.find")
    form = forms.FindForm(request.POST or None)
    found = submit(form, lambda **said: (actions.find_persons(by=request.actor, **said),)) if form.is_bound else None
    context = {
        "title": _("Find a person"), "form": form, "asked": found is not None, "persons": found[0] if found else [],
        "crumbs": crumbs("desk:people", _("Persons"), (_("Find a person"), "")),
    }  # fmt: skip
    response = render(request, "desk/people/find.html", context, status=REFUSED if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _two(actor: Actor, pk: UUID, other: UUID) -> tuple[Person, Person]:
    return person_of(actor, pk), person_of(actor, other)


@require_GET
def pair(request: DeskRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Two files side by side, masked, with what differs marked."""
    first, second = _two(request.actor, pk, other)
    lines = [(label, one, two, one != two and NONE not in (one, two)) for label, one, two in _compared(first, second)]
    title = _("Perhaps one person")
    context = {
        "title": title, "first": first, "second": second, "lines": lines,
        "may_merge": all(may(request.actor, "people.merge_persons", one) for one in (first, second)),
        "crumbs": crumbs("desk:people_pairs", title, (first.masked_name, "")),
    }  # fmt: skip
    return render(request, "desk/people/pair.html", context)


NONE = "—"


def _compared(first: Person, second: Person) -> list[tuple[Any, Any, Any]]:
    """What one file lacks does not differ."""
    return [(label, of(first), of(second)) for label, of in COMPARED]


COMPARED: tuple[tuple[Any, Any], ...] = (
    (_lazy("Name"), lambda one: one.masked_name),
    (_lazy("Gender"), lambda one: str(one.get_gender_display())),
    (_lazy("Born in"), lambda one: str(one.birth_year or NONE)),
    (_lazy("Identity number"), lambda one: one.masked_id_number or NONE),
    (_lazy("Phone"), lambda one: one.masked_phone or NONE),
    (_lazy("Village"), lambda one: one.village or NONE),
    (_lazy("Household"), lambda one: one.household.number if one.household else NONE),
    (_lazy("Has an account"), lambda one: _("yes") if one.user_id else _("no")),
)


@require_POST
def merge(request: DeskRequest, pk: UUID, other: UUID) -> HttpResponse:
    """``pk`` goes, ``other`` is kept."""
    gone, kept = _two(request.actor, pk, other)
    done = _("The files are one now. Under “Merged files” it can be undone for %(n)s days.")
    return _settled(
        request, gone, kept, lambda: actions.merge_persons(gone, by=request.actor, into=kept),
        done % {"n": PersonMerge.UNDO_DAYS},
    )  # fmt: skip


@require_POST
def apart(request: DeskRequest, pk: UUID, other: UUID) -> HttpResponse:
    first, second = _two(request.actor, pk, other)
    return _settled(
        request, first, second, lambda: actions.keep_apart(first, by=request.actor, other=second),
        _("They stay two, and are not offered again."),
    )  # fmt: skip


def _settled(request: DeskRequest, one: Person, other: Person, call: Any, done: str) -> HttpResponse:
    """Back to the list, or to the two with why not."""
    try:
        call()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:people_pair", one.pk, other.pk)
    messages.success(request, done)
    return redirect("desk:people_pairs")
