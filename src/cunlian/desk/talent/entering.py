"""Bringing somebody into the register, on their own word or on a recommendation; and the moves of an entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act
from cunlian.desk.pages import DeskRequest
from cunlian.desk.talent import forms
from cunlian.desk.talent.listing import crumbs, entry_of
from cunlian.desk.talent.moves import PAGES
from cunlian.desk.visible import get_visible
from cunlian.flows.talent import enter_for
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing
from cunlian.people.consent.questions import holds
from cunlian.people.models import Person
from cunlian.talent.models import TalentEntry
from cunlian.talent.register.actions import recommend
from cunlian.talent.register.querysets import PURPOSE
from cunlian.talent.register.rules import available_moves
from cunlian.talent.register.states import MOVES

GET_POST = ("GET", "POST")


def person_of(actor: Actor, pk: UUID) -> Person:
    found: Person = get_visible(Person.objects.living_file().for_list(), actor, pk)
    return found


def _speaking(actor: Actor, person: Person, channel: str) -> Actor:
    """Whoever enters what somebody else said does so on their behalf; one's own word is one's own."""
    return actor if actor.person_id == person.pk else actor.for_(channel, person.pk)


def _page_of(person: Person, actor: Actor) -> str:
    """Where the entry stands after it was made."""
    found = TalentEntry.objects.visible_to(actor).filter(person=person).first()
    return reverse("desk:talent_entry", args=[found.pk]) if found else reverse("desk:talent")


@require_GET
def choose(request: DeskRequest) -> HttpResponse:
    """Whom to enter or recommend: people on file whose name begins so, masked."""
    require(request.actor, "talent.verify")
    asked = "name" in request.GET
    form = forms.PersonForm(request.GET if asked else None, actor=request.actor)
    found = form.found() if asked and form.is_valid() else []
    known = TalentEntry.objects.visible_to(request.actor).filter(person__in=found)
    entries = dict(known.values_list("person_id", "pk"))
    context = {
        "title": _now("Enter or recommend somebody"), "form": form, "asked": asked,
        "rows": [_row(request.actor, person, entries.get(person.pk)) for person in found],
        "crumbs": crumbs((_now("Enter or recommend somebody"), "")),
    }  # fmt: skip
    return render(request, "desk/talent/choose.html", context)


def _row(actor: Actor, person: Person, entry: UUID | None) -> tuple[Person, UUID | None, bool]:
    """The person, their entry, and whether this reader may begin one."""
    return person, entry, may(actor, "talent.enter", person)


@require_GET
def of_person(request: DeskRequest, pk: UUID) -> HttpResponse:
    """From a person's file to their entry, or to entering one."""
    person = person_of(request.actor, pk)
    known = TalentEntry.objects.visible_to(request.actor).filter(person=person).values_list("pk", flat=True).first()
    if known:
        return redirect("desk:talent_entry", known)
    title = _now("Enter or recommend somebody")
    context = {
        "title": person.masked_name, "form": None, "asked": True, "rows": [_row(request.actor, person, None)],
        "crumbs": crumbs((title, "")),
    }  # fmt: skip
    return render(request, "desk/talent/choose.html", context)


@require_http_methods(GET_POST)
def enter(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The person's own word, written down by a helper; the signed consent makes it usable."""
    person = person_of(request.actor, pk)
    require(request.actor, "talent.enter", person)
    form = forms.EnterForm(request.POST or None, request.FILES or None, agreed=holds(person, PURPOSE))

    def call(channel: str, scan: Any = None, **said: Any) -> TalentEntry:
        return enter_for(person, by=_speaking(request.actor, person, channel), scan=scan, **said)

    return _answer(
        request, form, call, person, title=_now("Enter somebody's skills"), button=_("Enter"),
        done=_("The skills are entered. Without the signed consent they wait and are used for nothing."),
        lead=_now("%(name)s says it themself; you write it down.") % {"name": person.masked_name},
    )  # fmt: skip


@require_http_methods(GET_POST)
def recommended(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Somebody others think of. They are asked before anything of it is used."""
    person = person_of(request.actor, pk)
    require(request.actor, "talent.recommend", person)
    form = forms.RecommendForm(request.POST or None)
    return _answer(
        request, form, lambda **said: recommend(person, by=request.actor, **said), person,
        title=_now("Recommend somebody"), button=_("Recommend"),
        done=_("The recommendation is written down. Now the person is asked."),
        lead=_now("%(name)s is asked first. Nothing of this is used before they agree.") % {"name": person.masked_name},
    )  # fmt: skip


def _answer(request: DeskRequest, form: Any, call: Any, person: Person, **words: Any) -> HttpResponse:
    """As ``act``, and on to the entry where one came of it."""
    answer = act(request, form, call, back=reverse("desk:talent_new"), **words)
    return redirect(_page_of(person, request.actor)) if answer.status_code == 302 else answer


@require_http_methods(GET_POST)
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    entry = entry_of(request.actor, pk)
    if name not in PAGES:
        raise Missing(_now("There is no such step. Go back to the entry and choose one there."))
    page, chosen, back = PAGES[name], MOVES[name], reverse("desk:talent_entry", args=[pk])
    if chosen not in available_moves(entry, request.actor):
        messages.warning(request, _now("“%(move)s” is not possible here now.") % {"move": chosen.label})
        return redirect(back)

    def call(channel: str = "", **said: Any) -> Any:
        by = _speaking(request.actor, entry.person, channel) if page.for_person else request.actor
        return page.call(entry, by=by, **said)

    sent = request.method == "POST"
    form = page.form(request.POST if sent else None, request.FILES if sent else None, entry)
    answer = act(
        request, form, call, title=chosen.label, button=chosen.label, back=back, about=str(entry), lead=page.lead,
        done=_now("Done: %(move)s.") % {"move": chosen.label},
    )  # fmt: skip
    return redirect("desk:talent") if answer.status_code == 302 and name == "decline" else answer
