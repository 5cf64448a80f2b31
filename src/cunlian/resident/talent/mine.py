"""One's own entry: what stands in it, yes or no to a recommendation, still true, changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.flows.talent import agree_to_entry
from cunlian.kernel.refusals import Refusal
from cunlian.people.consent.purposes import purpose_of
from cunlian.people.consent.questions import holds
from cunlian.people.models import Person
from cunlian.resident.mydata.views import own
from cunlian.resident.pages import show
from cunlian.resident.session import actor_of_visitor
from cunlian.resident.talent.forms import AgreeForm, SkillsForm
from cunlian.talent.models import TalentEntry
from cunlian.talent.register import actions
from cunlian.talent.register.querysets import PURPOSE
from cunlian.ui.forms import status_of, submit


def _entry(request: HttpRequest, person: Person) -> TalentEntry | None:
    return TalentEntry.objects.visible_to(actor_of_visitor(request)).filter(person=person).for_list().first()


@require_GET
@own
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    entry = _entry(request, person)
    seats = list(entry.seats.for_list()) if entry else []
    return show(request, "resident/talent/mine.html", {"entry": entry, "seats": seats, "person": person})


@require_http_methods(["GET", "POST"])
@own
def agree(request: HttpRequest, person: Person) -> HttpResponse:
    """The words of the register, what somebody wrote, and the yes to both."""
    entry = _entry(request, person)
    if entry is None or entry.state != "asked":
        return redirect("resident:my_skills")
    text, agreed = purpose_of(PURPOSE).current_text(), holds(person, PURPOSE)
    form = AgreeForm(request.POST if request.method == "POST" else None, agreed=agreed, version=text.version)
    by = actor_of_visitor(request)

    def call(version: int | None = None, agree: bool = True) -> TalentEntry:
        return agree_to_entry(entry, by=by, version=version)

    sent = submit(form, call) if form.is_bound else None
    if sent:
        messages.success(request, _("You stand in the register now. You can take it back here at any time."))
        return redirect("resident:my_skills")
    context = {"form": form, "text": None if agreed else text, "entry": entry}
    return show(request, "resident/talent/agree.html", context, status=status_of(form))


def _step(request: HttpRequest, person: Person, call: Callable[..., Any], done: str) -> HttpResponse:
    entry = _entry(request, person)
    try:
        if entry:
            call(entry, by=actor_of_visitor(request))
            messages.success(request, done)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("resident:my_skills")


@require_POST
@own
def decline(request: HttpRequest, person: Person) -> HttpResponse:
    done = _("It is erased. Nobody asks you again for a year; you can enter your skills yourself at any time.")
    return _step(request, person, actions.decline_entry, done)


@require_POST
@own
def confirm(request: HttpRequest, person: Person) -> HttpResponse:
    return _step(request, person, actions.confirm_entry, _("Thank you. You are asked again in a year."))


@require_http_methods(["GET", "POST"])
@own
def change(request: HttpRequest, person: Person) -> HttpResponse:
    entry = _entry(request, person)
    if entry is None or entry.state == "asked":
        return redirect("resident:my_skills")
    kept = [str(row.skill_id) for row in entry.skills.all()]
    start = {"skills": kept, "words": entry.words}
    form = SkillsForm(request.POST or None, initial=start)
    by = actor_of_visitor(request)
    sent = submit(form, lambda **said: actions.change_entry(entry, by=by, **said)) if form.is_bound else None
    if sent:
        messages.success(request, _("Your skills are changed."))
        return redirect("resident:my_skills")
    context = {"form": form, "text": None, "changing": True}
    return show(request, "resident/talent/enter.html", context, status=status_of(form))
