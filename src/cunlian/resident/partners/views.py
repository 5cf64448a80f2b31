"""Open calls, one with its form, the receipt, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.kernel.access import Actor
from cunlian.kernel.presses import once
from cunlian.people.models import Person
from cunlian.places.models import District
from cunlian.places.querysets import code_q
from cunlian.resident import sent
from cunlian.resident.cases.forms import KeyForm
from cunlian.resident.pages import show
from cunlian.resident.partners.forms import ApplyForm
from cunlian.resident.partners.rows import row_of
from cunlian.resident.session import (
    actor_of_visitor,
    chosen_language,
    known_receipts,
    made_here,
    person_of,
    remember_receipt,
)
from cunlian.talent.models import Application, PartnerCall
from cunlian.talent.partners.actions import apply, withdraw
from cunlian.talent.partners.querysets import PartnerCallQuerySet
from cunlian.talent.partners.receipts import held_by
from cunlian.talent.taking import PROXY, check_code
from cunlian.ui.forms import status_of, submit


def _open_calls(district: District) -> PartnerCallQuerySet:
    """Of this district, and of what lies above it."""
    calls: PartnerCallQuerySet = PartnerCall.objects.taking()
    return calls.filter(code_q(district.root.code, "place__")).for_list()


def open_application(request: HttpRequest, receipt: str) -> tuple[Application, Actor]:
    """The application behind ``receipt`` and the actor who may act on it. 404 for receipts this visitor has not shown to
    be theirs."""
    person = person_of(request)
    for one in held_by(known_receipts(request), person.pk if person else None):
        if one.receipt == receipt:
            return one, actor_of_visitor(request, frozenset({one.pk}))
    raise Http404


@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    district = District.current()
    context = {"district": district, "calls": list(_open_calls(district))}
    return show(request, "resident/partners/calls.html", context)


def _send(request: HttpRequest, call: PartnerCall, form: ApplyForm, person: Person | None) -> Application:
    values: dict[str, Any] = form.cleaned_data
    by = actor_of_visitor(request)
    if form.for_somebody:
        by, person = by.for_(PROXY), None
    return apply(
        call, by=by, offer=values["offer"], comes_from=values["comes_from"], unit_name=values["unit_name"],
        told=form.said(chosen_language(request)), person=person, key=values["key"],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, number: str) -> HttpResponse:
    """What is wanted and offered, and the form to answer it."""
    district, person = District.current(), person_of(request)
    one = _open_calls(district).filter(number=number).first()
    if one is None:
        raise Http404
    form = ApplyForm(request.POST or None, known=person)
    if request.method == "POST":
        made = submit(form, lambda **_values: _send(request, one, form, person))
        if made:
            remember_receipt(request, made.receipt, made=True)
            return HttpResponseRedirect(reverse("resident:applied", args=[made.receipt]))
    context = {"district": district, "call": one, "form": form, "person": person}
    return show(request, "resident/partners/call.html", context, status=status_of(form))


@require_GET
def done(request: HttpRequest, receipt: str) -> HttpResponse:
    """Only for the session that wrote it: the check code stands here once."""
    if not made_here(request, receipt):
        raise Http404
    one, actor = open_application(request, receipt)
    row = row_of(one, actor, District.current())
    return show(request, "resident/sent/done.html", {"row": row, "code": check_code(one.pk)})


@require_GET
def detail(request: HttpRequest, receipt: str) -> HttpResponse:
    one, actor = open_application(request, receipt)
    context = {"row": row_of(one, actor, District.current()), "form": KeyForm()}
    return show(request, "resident/partners/application.html", context)


@require_GET
def slip(request: HttpRequest, receipt: str) -> HttpResponse:
    one, actor = open_application(request, receipt)
    return sent.slip(request, row_of(one, actor, District.current()))


@require_POST
def take_back(request: HttpRequest, receipt: str) -> HttpResponse:
    one, actor = open_application(request, receipt)
    form = KeyForm(request.POST)
    gone = submit(form, lambda key: (once(f"{key}:{receipt}", lambda: withdraw(one, by=actor)),))
    if gone is None:
        context = {"row": row_of(one, actor, District.current()), "form": form}
        return show(request, "resident/partners/application.html", context, status=422)
    messages.success(request, _("You took it back. Your name, your phone and your words are erased."))
    return redirect("resident:application", receipt)
