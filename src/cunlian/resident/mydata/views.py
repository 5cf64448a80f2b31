"""What is kept about me: read, taken along, put right, agreed to, taken back, deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.flows.data_requests import ask_about_data
from cunlian.kernel import clock
from cunlian.organisations.looks import look_rows, with_looks
from cunlian.people.away import CONTACT_AWAY
from cunlian.people.consent import give, withdraw
from cunlian.people.consent.files import json_of, pdf_of
from cunlian.people.consent.own import correct_own, say_wishes, show_data
from cunlian.people.consent.purposes import all_purposes
from cunlian.people.consent.questions import holds
from cunlian.people.consent.requests import withdraw_request
from cunlian.people.models import Consent, DataRequest, Person, Purpose
from cunlian.resident.account.forms import CodeForm
from cunlian.resident.account.views import sent_code
from cunlian.resident.mydata.forms import AskForm, ConsentForm, PhoneForm, WishesForm
from cunlian.resident.pages import show
from cunlian.resident.session import actor_of_visitor, person_of, to_log_in
from cunlian.ui.forms import status_of, submit

SHOWN_LOOKS = 3
NEW_PHONE = "new_phone"
FILES = {"json": (json_of, "application/json"), "pdf": (pdf_of, "application/pdf")}
View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """For the person an account belongs to: without an account, to the log-in; without a file, the page that says so."""

    @wraps(view)
    def mine(request: HttpRequest, **path: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_log_in(request)
        person = person_of(request)
        if person is None:
            return show(request, "resident/mydata/none.html")
        return view(request, person, **path)

    return mine


def _page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return show(request, template, {"form": form, **context}, status=status_of(form))


@require_GET
@own
def data(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything, domain by domain, and the newest looks."""
    looks = look_rows(person)
    asked = DataRequest.objects.visible_to(actor_of_visitor(request)).filter(person=person).open().for_list()
    context = {
        "person": person, "held": show_data(person, by=actor_of_visitor(request), purpose=""),
        "looks": looks[:SHOWN_LOOKS], "more": max(len(looks) - SHOWN_LOOKS, 0), "asked": asked,
    }  # fmt: skip
    return show(request, "resident/mydata/data.html", context)


@require_GET
@own
def file(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    """To take along: JSON for a program, PDF to print."""
    if kind not in FILES:
        raise Http404
    make, media_type = FILES[kind]
    told = with_looks(show_data(person, by=actor_of_visitor(request), purpose=""), person)
    response = HttpResponse(make(told, clock.now()), content_type=media_type)
    name = _("my-data")
    response.headers["Content-Disposition"] = str(
        content_disposition_header(True, f"{name}-{clock.today():%Y%m%d}.{kind}")
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@own
def ask(request: HttpRequest, person: Person) -> HttpResponse:
    form = AskForm(request.POST or None, initial={"wish": request.GET.get("wish")})
    by = actor_of_visitor(request)
    asked = submit(form, lambda **said: ask_about_data(person, by=by, **said)) if form.is_bound else None
    if asked:
        messages.success(request, _("It is with the office. You get an answer within 15 working days."))
        return redirect("resident:mydata")
    return _page(request, "resident/mydata/ask.html", form)


@require_POST
@own
def take_back(request: HttpRequest, person: Person, pk: UUID) -> HttpResponse:
    """What one asked for and no longer wants. Pressed twice, or once it is answered, the page shows what became of it."""
    by = actor_of_visitor(request)
    asked = DataRequest.objects.visible_to(by).open().filter(person=person, pk=pk).first()
    if asked:
        withdraw_request(asked, by=by)
        messages.success(request, _("You have taken it back. Nothing was changed."))
    return redirect("resident:mydata")


@require_http_methods(["GET", "POST"])
@own
def wishes(request: HttpRequest, person: Person) -> HttpResponse:
    """Of somebody away who agreed to be asked: about what, and when they come back."""
    row = person.absences.filter(ends_on=None).values("ask_about", "back_in").first()
    if row is None or not holds(person, CONTACT_AWAY):
        return redirect("resident:consent", CONTACT_AWAY)
    form, by = WishesForm(request.POST or None, initial=dict(row)), actor_of_visitor(request)
    said = submit(form, lambda **told: say_wishes(person, by=by, **told)) if form.is_bound else None
    if said:
        messages.success(request, _("It is noted. You can change it here at any time."))
        return redirect("resident:mydata")
    return _page(request, "resident/mydata/wishes.html", form)


@require_http_methods(["GET", "POST"])
@own
def phone(request: HttpRequest, person: Person) -> HttpResponse:
    form = PhoneForm(request.POST or None)
    if form.is_bound and submit(form, lambda phone: sent_code(request, phone)):
        request.session[NEW_PHONE] = form.cleaned_data["phone"]
        return redirect("resident:mydata_phone_code")
    return _page(request, "resident/mydata/phone.html", form, person=person)


@require_http_methods(["GET", "POST"])
@own
def phone_code(request: HttpRequest, person: Person) -> HttpResponse:
    """The new phone proves to be theirs."""
    new = request.session.get(NEW_PHONE)
    if not new:
        return redirect("resident:mydata_phone")
    form, by = CodeForm(request.POST or None), actor_of_visitor(request)
    right = submit(form, lambda code: correct_own(person, by=by, phone=new, code=code)) if form.is_bound else None
    if right:
        del request.session[NEW_PHONE]
        messages.success(request, _("Your phone is put right."))
        return redirect("resident:mydata")
    again = reverse("resident:mydata_phone")
    return _page(request, "resident/account/code.html", form, button=_("Save"), again=again)


def _open_consents(request: HttpRequest, person: Person) -> dict[Any, Consent]:
    rows = Consent.objects.visible_to(actor_of_visitor(request)).filter(person=person).open().for_list()
    return {row.purpose_id: row for row in rows}


@require_GET
@own
def consents(request: HttpRequest, person: Person) -> HttpResponse:
    """Every purpose: agreed to or not, or a duty in law."""
    given = _open_consents(request, person)
    rows = [(purpose, given.get(purpose.pk)) for purpose in all_purposes() if purpose.runs_on(clock.today())]
    return show(request, "resident/mydata/consents.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@own
def consent(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """The words, and the one button that fits: agree, or take it back."""
    purpose = next((one for one in all_purposes() if one.code == code), None)
    if purpose is None:
        raise Http404
    given = _open_consents(request, person).get(purpose.pk)
    if request.method == "POST" and "withdraw" in request.POST:
        if given:  # pressed twice, or on a page that is old: it is taken back already
            withdraw(given, by=actor_of_visitor(request))
        messages.success(request, _("You have taken it back. What was kept is hidden now and is being erased."))
        return redirect("resident:consents")
    return _agree(request, person, purpose, given)


def _agree(request: HttpRequest, person: Person, purpose: Purpose, given: Consent | None) -> HttpResponse:
    text = purpose.current_text()
    form = ConsentForm(request.POST or None, version=text.version)
    by = actor_of_visitor(request)

    def agree(version: int, agree: bool) -> Consent:
        return give(person, by=by, purpose=purpose.code, way=Consent.Way.ONLINE, version=version)

    agreed = submit(form, agree) if form.is_bound else None
    if agreed:
        messages.success(request, _("You have agreed. You can take it back here at any time."))
        asks = purpose.code == CONTACT_AWAY and person.is_away
        return redirect("resident:mydata_wishes" if asks else "resident:consents")
    asks = purpose.code == CONTACT_AWAY and person.is_away
    return _page(request, "resident/mydata/consent.html", form, purpose=purpose, given=given, text=text, asks=asks)
