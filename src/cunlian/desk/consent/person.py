"""One person's consents, wishes and what is kept: written down for them, told to them at the desk, always on their behalf."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.desk.acting import REFUSED, act
from cunlian.desk.consent import forms
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.flows.data_requests import ask_about_data
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.looks import with_looks
from cunlian.people.consent import give, look_at_form, withdraw
from cunlian.people.consent.circumstances import note_circumstance
from cunlian.people.consent.files import pdf_of
from cunlian.people.consent.own import show_data
from cunlian.people.models import Circumstance, Consent, DataRequest, Person, PurposeViewer
from cunlian.ui.forms import submit

GET_POST = ("GET", "POST")
PAPER = "paper"
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}


def person_of(actor: Actor, pk: UUID) -> Person:
    found: Person = get_visible(Person.objects.living_file().for_list(), actor, pk)
    return found


def page_of(person: Person) -> str:
    return reverse("desk:person_data", args=[person.pk])


def _crumbs(person: Person, label: str = "") -> list[tuple[str, str]]:
    more = [(label, "")] if label else []
    return [
        (person.masked_name, reverse("desk:person", args=[person.pk])),
        (_("Consent and data"), page_of(person)),
        *more,
    ]


@require_GET
def sheet(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Consents, wishes, and for named posts that something is kept; never what."""
    found = person_of(request.actor, pk)
    named = PurposeViewer.objects.of(request.actor).exists()
    context = {
        "title": found.masked_name, "person": found, "crumbs": _crumbs(found),
        "consents": Consent.objects.visible_to(request.actor).filter(person=found).for_list(),
        "circumstances": Circumstance.objects.named_for(request.actor).filter(person=found).for_list(),
        "asked": DataRequest.objects.visible_to(request.actor).filter(person=found).for_list(),
        "may_give": may(request.actor, "people.give_consent", found),
        "may_note": named and may(request.actor, "people.note_circumstance", found),
    }  # fmt: skip
    return render(request, "desk/consent/sheet.html", context)


@require_POST
def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """All that is kept and who looked, on paper, for the person at the desk. A look, which the person reads later."""
    found = person_of(request.actor, pk)
    by = request.actor.for_(PAPER, found.pk)
    held = show_data(found, by=by, purpose=_("Shown to the person at the desk"))
    response = HttpResponse(pdf_of(with_looks(held, found), clock.now()), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="data-{clock.today():%Y%m%d}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _form(
    request: DeskRequest, found: Person, form: Any, call: Any, title: str, done: str, lead: str = ""
) -> HttpResponse:
    return act(
        request, form, call, title=title, button=_("Save"), lead=lead or found.masked_name, back=page_of(found),
        done=done,
    )  # fmt: skip


@require_http_methods(GET_POST)
def agree(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = person_of(request.actor, pk)
    require(request.actor, "people.give_consent", found)
    initial = {"form_number": request.GET.get("form", ""), "purpose": request.GET.get("purpose", "")}
    form = forms.AgreeForm(request.POST or None, request.FILES or None, initial=initial)
    by = request.actor.for_(PAPER, found.pk)
    return _form(
        request, found, form, lambda **said: give(found, by=by, **said), _("Enter a consent"),
        _("The consent is entered. The person can take it back at any time."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def take_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    given: Consent = get_visible(Consent.objects.for_list(), request.actor, pk)
    require(request.actor, "people.withdraw_consent", given.person)
    form = forms.ChannelForm(request.POST or None)
    return _form(
        request, given.person, form,
        lambda channel: withdraw(given, by=request.actor.for_(channel, given.person_id)), _("Take a consent back"),
        _("It is taken back. What was kept is hidden now and is being erased."), lead=str(given.purpose),
    )  # fmt: skip


@require_http_methods(GET_POST)
def form_file(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The signed form, as a download, for a purpose. The look is logged and the person sees it."""
    given: Consent = get_visible(Consent.objects.for_list(), request.actor, pk)
    require(request.actor, "people.see_consent_form", given.person)
    form = forms.LookForm(request.POST or None)
    seen = submit(form, lambda **said: look_at_form(given, by=request.actor, **said)) if form.is_bound else None
    if seen:
        kept, data = seen
        response = HttpResponse(data, content_type=kept.media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="consent{SUFFIXES[kept.media_type]}"'
        response.headers["Cache-Control"] = "no-store"
        return response
    context = {
        "title": _("Look at the signed form"), "lead": str(given.purpose), "form": form, "button": _("Open the form"),
        "back": page_of(given.person),
    }  # fmt: skip
    return render(request, "desk/act.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(GET_POST)
def note(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = person_of(request.actor, pk)
    require(request.actor, "people.note_circumstance", found)
    form = forms.NoteForm(request.POST or None)
    return _form(
        request, found, form, lambda **said: note_circumstance(found, by=request.actor, **said),
        _("Note a circumstance"), _("It is noted. Only the named posts see it."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def ask(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = person_of(request.actor, pk)
    require(request.actor, "people.ask_request", found)
    form = forms.WishForm(request.POST or None)
    return _form(
        request, found, form,
        lambda channel, **said: ask_about_data(found, by=request.actor.for_(channel, found.pk), **said),
        _("Enter a wish about their data"), _("It is with the office, which answers within 15 working days."),
    )  # fmt: skip
