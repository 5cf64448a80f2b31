"""What the person who reported can do: say that it is fixed or not, add a word, take it back; and what those beside them
can: say whether it is fixed. One action a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cunlian.cases import actions
from cunlian.cases.actions import add_words, confirm_case, reopen_case, vouch_case, withdraw_case
from cunlian.kernel.access import ANONYMOUS
from cunlian.kernel.presses import once
from cunlian.places.models import District
from cunlian.resident.cases.forms import KeyForm, NeighbourForm, ReopenForm, WordsForm
from cunlian.resident.cases.rows import detail_of, lead_of
from cunlian.resident.pages import show
from cunlian.resident.session import open_receipt
from cunlian.ui.forms import submit

Call = Callable[..., Any]


def _move(
    request: HttpRequest, receipt: str, form: Form, call: Call, said: str, name: str = "", *, beside: bool = False
) -> HttpResponse:
    """Carry out ``call(case, by=…, **what the form says)`` once, and go back to the request. What is not possible now is
    said above the request as it stands. ``name``: under which the page shows this form again. ``beside``: as somebody else
    with the same matter, about the request in which the work goes on."""
    found, actor = open_receipt(request, receipt, to_move=True)
    case = lead_of(found.case) if beside else found.case
    by = actor if beside or found.is_own else ANONYMOUS  # who joined speaks as themself, never as the one who reported
    pressed = f"{request.POST.get('key', '')}:{receipt}"
    done = submit(form, lambda key, **values: (once(pressed, lambda: call(case, by=by, **values)),))
    if done:
        if done[0]:
            messages.success(request, said)
        return redirect("resident:receipt", receipt)
    district = District.current()
    context = {"district": district, "detail": detail_of(found, actor, district), "form": form}
    forms = {"words_form": WordsForm(), "reopen_form": ReopenForm(), "neighbour_form": NeighbourForm()}
    return show(request, "resident/cases/receipt.html", context | forms | ({name: form} if name else {}), status=422)


@require_POST
def confirm(request: HttpRequest, receipt: str) -> HttpResponse:
    said = _("Thank you. It is closed now, as confirmed by you.")
    return _move(request, receipt, KeyForm(request.POST), confirm_case, said)


@require_POST
def reopen(request: HttpRequest, receipt: str) -> HttpResponse:
    said = _("It is being handled again, with a new deadline.")
    return _move(request, receipt, ReopenForm(request.POST), reopen_case, said, "reopen_form")


@require_POST
def vouch(request: HttpRequest, receipt: str) -> HttpResponse:
    """By somebody who joined it, or whose request was joined into it."""
    said = _("Thank you for looking. It is closed now, as confirmed by a neighbour.")
    return _move(request, receipt, NeighbourForm(request.POST), vouch_case, said, "neighbour_form", beside=True)


@require_POST
def still_broken(request: HttpRequest, receipt: str) -> HttpResponse:
    said = _("Thank you for looking. It is being handled again, with a new deadline.")
    return _move(request, receipt, NeighbourForm(request.POST), reopen_case, said, "neighbour_form", beside=True)


@require_POST
def words(request: HttpRequest, receipt: str) -> HttpResponse:
    said = _("Your words were added. Whoever handles it reads them.")
    return _move(request, receipt, WordsForm(request.POST), add_words, said, "words_form")


@require_POST
def refuse_pictures(request: HttpRequest, receipt: str) -> HttpResponse:
    said = _("Your pictures are not shown to others.")
    return _move(request, receipt, KeyForm(request.POST), actions.refuse_pictures, said)


@require_POST
def withdraw(request: HttpRequest, receipt: str) -> HttpResponse:
    return _move(request, receipt, KeyForm(request.POST), withdraw_case, _("You took this request back."))
