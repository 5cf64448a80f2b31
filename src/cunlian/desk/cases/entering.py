"""Entering for somebody who rang, came by, wrote, or was met on a round."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.cases.actions import join_case, report_case, report_complaint
from cunlian.cases.models import Case, Endorsement
from cunlian.cases.receipts import Held, check_code, held_by
from cunlian.cases.rules import MODULE, WORKERS
from cunlian.cases.similar import Similar, offered, similar_cases
from cunlian.desk.cases.choices import villages_of
from cunlian.desk.cases.entry_forms import ON_ROUND, CaseEntryForm, ComplaintForm, EntryForm
from cunlian.desk.figures.map import picture
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import district, mark, receipt_text
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.models import Organisation, Post
from cunlian.places.models import Level, Place, PlaceQuerySet
from cunlian.ui.forms import status_of, submit

ENTERED = "desk_entered"
KEPT = 20
READABLE = 120
"""Cells whose names can still be read on the sketch of a wide screen."""


def _by(request: DeskRequest, form: EntryForm) -> Actor:
    """On a round the grid worker speaks for themself; else for whoever told them."""
    source = form.cleaned_data["source"]
    return request.actor if source == ON_ROUND and not form.told.name else request.actor.for_(source)


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    require(request.actor, "cases.report_for")
    form = CaseEntryForm(
        request.POST or None, request.FILES or None, actor=request.actor, initial=_place_asked(request)
    )
    alike: list[Similar] = []
    if request.method == "POST" and form.is_valid():
        alike = _alike(form) if not form.cleaned_data["looked"] else []
        entered = None if alike else submit(form, lambda **said: _enter(request, form))
        if entered:
            return _result(request, entered)
    context = {
        "title": _("Enter for somebody"), "form": form, "alike": alike, "readable": _readable(alike, request.actor),
        "sketchable": _whole_villages(request.actor).exists(),
    }  # fmt: skip
    return render(request, "desk/cases/new.html", context, status=status_of(form))


def _place_asked(request: DeskRequest) -> dict[str, str]:
    """The place whose code the address names: of the sketch, or of a page that leads here."""
    code = request.GET.get("place", "")
    found = Place.objects.visible_to(request.actor).current().filter(code=code).first() if code else None
    return {"place": str(found.pk)} if found else {}


def _whole_villages(actor: Actor) -> PlaceQuerySet:
    """Those the actor works for; who works for a grid alone has none to choose on a sketch."""
    mine = [place.pk for place in villages_of(actor, WORKERS, MODULE) if place.level == Level.VILLAGE]
    return Place.objects.visible_to(actor).filter(pk__in=mine)


@require_GET
def on_sketch(request: DeskRequest) -> HttpResponse:
    """The village chosen on the schematic of those the actor works for; the form does the rest."""
    require(request.actor, "cases.report_for")
    drawn = picture(_whole_villages(request.actor), {}, lambda code: f"{reverse('desk:case_new')}?place={code}")
    context = {
        "title": _("Where is it?"), "drawn": drawn, "labels": len(drawn.shapes) <= READABLE,
        "crumbs": [(_("Enter for somebody"), reverse("desk:case_new")), (_("Where is it?"), "")],
    }  # fmt: skip
    return render(request, "desk/cases/sketch.html", context)


def _alike(form: CaseEntryForm) -> list[Similar]:
    values = form.cleaned_data
    return similar_cases(values["place"], values["text"], values["category"], values["place_text"])


def _readable(alike: list[Similar], actor: Actor) -> set[UUID]:
    """Which of them the actor may open: only their words tell whether it is the same matter."""
    shown = [one.case.pk for one in alike]
    return set(Case.objects.visible_to(actor).filter(pk__in=shown).values_list("pk", flat=True)) if shown else set()


def _enter(request: DeskRequest, form: CaseEntryForm) -> Case | Endorsement:
    """One action: a new request, or joining the one that was chosen from those offered."""
    values, by = form.cleaned_data, _by(request, form)
    if handle := request.POST.get("join"):
        same = offered(handle, values["place"], values["text"], values["category"], values["place_text"])
        return join_case(
            same, by=by, told=form.told, words=values["text"][:1000], photos=form.pictures, key=values["key"]
        )
    return report_case(
        by=by, place=values["place"], text=values["text"], category=values["category"], level=values["level"],
        source=values["source"], place_text=values["place_text"], told=form.told, photos=form.pictures, key=values["key"],
    )  # fmt: skip


@require_POST
def similar(request: DeskRequest) -> HttpResponse:
    """While somebody writes: open requests that look the same. Nothing is kept, and it is sent as POST so that nobody's
    words stand in an address or a server's diary."""
    require(request.actor, "cases.report_for")
    form = CaseEntryForm(request.POST, actor=request.actor)
    form.is_valid()
    ready = "text" in form.cleaned_data and "place" in form.cleaned_data
    form.cleaned_data = {"place_text": "", "category": None, **form.cleaned_data}
    alike = _alike(form) if ready else []
    context = {"form": form, "alike": alike, "readable": _readable(alike, request.actor), "typing": True}
    return render(request, "desk/cases/new.html#alike", context)


@require_http_methods(["GET", "POST"])
def complaint(request: DeskRequest) -> HttpResponse:
    require(request.actor, "cases.report_for")
    form = ComplaintForm(request.POST or None, actor=request.actor)
    if request.method == "POST":
        entered = submit(form, lambda **said: _complain(request, form))
        if entered:
            return _result(request, entered)
    context = {"title": _("Enter a complaint about service"), "form": form, "district": district()}
    return render(request, "desk/cases/complaint.html", context, status=status_of(form))


def _complain(request: DeskRequest, form: ComplaintForm) -> Case:
    values: dict[str, Any] = form.cleaned_data
    about = values["about"]
    return report_complaint(
        by=request.actor.for_(values["source"]), place=values["place"], text=values["text"], told=form.told,
        post=about if isinstance(about, Post) else None, source=values["source"], key=values["key"],
        organisation=about if isinstance(about, Organisation) else None,
    )  # fmt: skip


# --- the result, once, for whoever entered it ---


def _result(request: DeskRequest, entered: Case | Endorsement) -> HttpResponse:
    rest = [receipt for receipt in request.session.get(ENTERED, []) if receipt != entered.receipt]
    request.session[ENTERED] = [entered.receipt, *rest][:KEPT]
    return redirect("desk:case_entered", entered.receipt)


def _entered(request: DeskRequest, receipt: str) -> Held:
    """What this session entered under the receipt: also a complaint, which it can see nowhere else."""
    if receipt not in request.session.get(ENTERED, []):
        raise Missing(_("The slip is shown to whoever entered it, in the same session."))
    return held_by([receipt])[0]


def _slip(request: DeskRequest, receipt: str) -> dict[str, Any]:
    held = _entered(request, receipt)
    return {
        "title": _("It is entered"), "held": held, "case": held.case, "receipt": receipt_text(receipt, mark()),
        "number": receipt, "code": check_code(held.joined or held.case), "address": settings.PUBLIC_URL,
        "district": district(), "printed_at": clock.now(),
        "visible": Case.objects.visible_to(request.actor).filter(pk=held.case.pk).exists(),
    }  # fmt: skip


@require_GET
def entered(request: DeskRequest, receipt: str) -> HttpResponse:
    return render(request, "desk/cases/entered.html", _slip(request, receipt))


@require_GET
def slip(request: DeskRequest, receipt: str) -> HttpResponse:
    """The paper the person takes home."""
    return render(request, "desk/cases/slip.html", _slip(request, receipt))
