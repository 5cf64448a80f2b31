"""A complaint about service goes past those it is about. Denunciations are not taken in: a page says where they go."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.cases.actions import report_complaint
from cunlian.cases.models import Case
from cunlian.people.models import Person
from cunlian.places.models import District, Place
from cunlian.resident.cases.forms import ComplaintForm
from cunlian.resident.pages import show
from cunlian.resident.session import actor_of_visitor, chosen_language, chosen_village, person_of, remember_receipt
from cunlian.resident.villages.names import village_choices
from cunlian.ui.forms import status_of, submit


def _village(request: HttpRequest, district: District) -> Place | None:
    code = request.GET.get("village", "")
    if code.isascii() and code.isdigit():
        return district.counted().filter(code=code).first()
    return chosen_village(request, district)


def _send(request: HttpRequest, form: ComplaintForm, village: Place, person: Person | None) -> Case:
    values = form.cleaned_data
    post, unit = form.whom()
    return report_complaint(
        by=actor_of_visitor(request), place=village, text=values["text"],
        told=replace(form.told(), language=chosen_language(request)),
        person=person, key=values["key"], post=post, organisation=unit,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest) -> HttpResponse:
    """First the village, then the post or unit and what happened: without scripts a page knows one at a time."""
    district = District.current()
    village = _village(request, district)
    context = {"district": district, "village": village, "villages": village_choices(district.counted())}
    if village is None:
        return show(request, "resident/cases/complaint.html", context)
    person = person_of(request)
    form = ComplaintForm(request.POST or None, village=village, district=district, known=person)
    if request.method == "POST":
        sent = submit(form, lambda **_values: _send(request, form, village, person))
        if sent:
            remember_receipt(request, sent.receipt, made=True)
            return HttpResponseRedirect(reverse("resident:done", args=[sent.receipt]))
    return show(request, "resident/cases/complaint.html", context | {"form": form}, status=status_of(form))


@require_GET
def misconduct(request: HttpRequest) -> HttpResponse:
    """Where denunciations go. No form: nothing about them is stored here."""
    return show(request, "resident/cases/misconduct.html")
