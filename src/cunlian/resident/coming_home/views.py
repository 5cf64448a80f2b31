"""Tell that one would like to come, see how far it is, take it back."""

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
from cunlian.resident import sent
from cunlian.resident.cases.forms import KeyForm
from cunlian.resident.coming_home.forms import ComingForm
from cunlian.resident.coming_home.rows import row_of
from cunlian.resident.pages import show
from cunlian.resident.session import (
    actor_of_visitor,
    chosen_language,
    chosen_village,
    known_receipts,
    made_here,
    person_of,
    remember_receipt,
    remember_village,
)
from cunlian.talent.coming_home.actions import begin_path, take_back
from cunlian.talent.coming_home.receipts import held_by
from cunlian.talent.models import Homecoming
from cunlian.talent.taking import PROXY, check_code
from cunlian.ui.forms import status_of, submit


def open_path(request: HttpRequest, receipt: str) -> tuple[Homecoming, Actor]:
    """The path behind ``receipt`` and the actor who may act on it. 404 for receipts this visitor has not shown to be
    theirs: foreign and absent look alike."""
    person = person_of(request)
    for path in held_by(known_receipts(request), person.pk if person else None):
        if path.receipt == receipt:
            return path, actor_of_visitor(request, frozenset({path.pk}))
    raise Http404


def _send(request: HttpRequest, form: ComingForm, person: Person | None) -> Homecoming:
    values: dict[str, Any] = form.cleaned_data
    by = actor_of_visitor(request)
    if form.for_somebody:
        by, person = by.for_(PROXY), None
    return begin_path(
        by=by, place=values["place"], wish=values["wish"], told=form.said(chosen_language(request)), person=person,
        origin=values["origin"], where_now=values["where_now"], key=values["key"],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    district, person = District.current(), person_of(request)
    village = chosen_village(request, district)
    start = {"place": request.GET.get("village", "") or (village.code if village else "")}
    form = ComingForm(request.POST or None, district=district, known=person, initial=start)
    if request.method == "POST":
        path = submit(form, lambda **_values: _send(request, form, person))
        if path:
            remember_receipt(request, path.receipt, made=True)
            response = HttpResponseRedirect(reverse("resident:home_done", args=[path.receipt]))
            remember_village(response, path.place)
            return response
    context = {"district": district, "form": form, "person": person}
    return show(request, "resident/coming_home/tell.html", context, status=status_of(form))


@require_GET
def done(request: HttpRequest, receipt: str) -> HttpResponse:
    """Only for the session that wrote it: the check code stands here once."""
    if not made_here(request, receipt):
        raise Http404
    path, actor = open_path(request, receipt)
    row = row_of(path, actor, District.current())
    return show(request, "resident/sent/done.html", {"row": row, "code": check_code(path.pk)})


@require_GET
def detail(request: HttpRequest, receipt: str) -> HttpResponse:
    path, actor = open_path(request, receipt)
    context = {"row": row_of(path, actor, District.current()), "form": KeyForm()}
    return show(request, "resident/coming_home/path.html", context)


@require_GET
def slip(request: HttpRequest, receipt: str) -> HttpResponse:
    path, actor = open_path(request, receipt)
    return sent.slip(request, row_of(path, actor, District.current()))


@require_POST
def withdraw(request: HttpRequest, receipt: str) -> HttpResponse:
    path, actor = open_path(request, receipt)
    form = KeyForm(request.POST)
    gone = submit(form, lambda key: (once(f"{key}:{receipt}", lambda: take_back(path, by=actor)),))
    if gone is None:
        context = {"row": row_of(path, actor, District.current()), "form": form}
        return show(request, "resident/coming_home/path.html", context, status=422)
    messages.success(request, _("You took it back. Your name, your phone and your words are erased."))
    return redirect("resident:home_path", receipt)
