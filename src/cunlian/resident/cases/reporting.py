"""Report a matter: the form, what looks the same, the receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.cases.actions import join_case, report_case
from cunlian.cases.models import Case, Endorsement
from cunlian.cases.receipts import check_code
from cunlian.cases.rules import PROXY
from cunlian.cases.similar import offered
from cunlian.kernel import clock
from cunlian.people.models import Household, Person
from cunlian.people.standing import same_village
from cunlian.places.models import District
from cunlian.resident.cases.forms import ReportForm
from cunlian.resident.cases.rows import detail_of
from cunlian.resident.pages import show
from cunlian.resident.session import (
    actor_of_visitor,
    chosen_language,
    chosen_village,
    made_here,
    open_receipt,
    person_of,
    remember_receipt,
    remember_village,
)
from cunlian.ui.forms import status_of, submit

PAGE = "resident/cases/report.html"


def _household(card_code: str) -> Household | None:
    rows = Household.objects.current().select_related("place", "grid")
    return rows.filter(card_code=card_code).first() if card_code else None


def _start(request: HttpRequest, district: District) -> dict[str, Any]:
    """What the form knows when it opens: the card at the door, else the village chosen before."""
    household = _household(request.GET.get("card", ""))
    village = household.place if household else chosen_village(request, district)
    code = request.GET.get("village", "") or (village.code if village else "")
    whom = ReportForm.SOMEBODY if request.GET.get("whom") == ReportForm.SOMEBODY else ReportForm.MYSELF
    return {"place": code, "card": household.card_code if household else "", "whom": whom}


def _send(request: HttpRequest, form: ReportForm, person: Person | None) -> Case | Endorsement:
    """One action: a new request, or joining one that was offered."""
    values = form.cleaned_data
    by, told = actor_of_visitor(request), form.told(chosen_language(request))
    if form.for_somebody:
        by, person = by.for_(PROXY), None
    if values["join"]:
        known = Endorsement.objects.filter(pk=values["key"]).first()
        said = (values["place"], values["text"], values["category"], values["place_text"])
        case = known.case if known else offered(values["join"], *said)
        return join_case(case, by=by, told=told, person=person, words=values["text"][:1000], key=values["key"])
    household = _household(values["card"])
    if household and not same_village(household, values["place"]):
        household = None
    grid = household.grid if household else None  # of a village that was merged it has ended
    return report_case(
        by=by, place=grid if grid and grid.ends_on is None else values["place"], text=values["text"],
        category=values["category"], place_text=values["place_text"], household=household, told=told, person=person,
        photos=values["file"], keep_position=values["keep_position"], key=values["key"],
    )  # fmt: skip


def _receipt_page(request: HttpRequest, form: ReportForm, sent: Case | Endorsement) -> HttpResponseRedirect:
    remember_receipt(request, sent.receipt, made=True)
    response = HttpResponseRedirect(reverse("resident:done", args=[sent.receipt]))
    remember_village(response, form.cleaned_data["place"])
    return response


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    district = District.current()
    person = person_of(request)
    start = _start(request, district)
    form = ReportForm(request.POST or None, request.FILES or None, district=district, known=person, initial=start)
    if request.method == "POST" and form.is_valid():
        if alike := form.alike():
            return show(request, "resident/cases/alike.html", {"district": district, "form": form, "alike": alike})
        sent = submit(form, lambda **_values: _send(request, form, person))
        if sent:
            if form.for_somebody:
                messages.info(request, _("Please pass the receipt on to them: they follow it with this number."))
            return _receipt_page(request, form, sent)
    context = {"district": district, "form": form, "person": person}
    return show(request, PAGE, context, status=status_of(form))


@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """While somebody writes: what looks the same nearby. Nothing is kept of what is sent here, and it is sent as POST
    so that nobody's words stand in an address or a server's diary."""
    district = District.current()
    form = ReportForm(request.POST, district=district)
    form.is_valid()
    ready = "place" in form.cleaned_data and "text" in form.cleaned_data
    values: dict[str, Any] = {"place_text": "", "category": None, "file": [], "seen": False, "join": ""}
    form.cleaned_data = values | form.cleaned_data
    alike = form.alike() if ready else []
    return show(request, f"{PAGE}#similar", {"district": district, "alike": alike})


@require_GET
def card(request: HttpRequest, card_code: str) -> HttpResponse:
    """The QR card at a door: opens the form for that house, and says nothing about who lives there."""
    if _household(card_code) is None:
        raise Http404
    return redirect(f"{reverse('resident:report')}?card={card_code}")


@require_GET
def done(request: HttpRequest, receipt: str) -> HttpResponse:
    """The result, in place of the form. Only for the session that wrote it."""
    district = District.current()
    if not made_here(request, receipt):
        raise Http404
    held, actor = open_receipt(request, receipt)
    code = check_code(held.joined or held.case)
    context = {"district": district, "detail": detail_of(held, actor, district), "code": code, "now": clock.now()}
    return show(request, "resident/cases/done.html", context)
