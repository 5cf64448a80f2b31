"""What people of the district and its villages can do, read by anybody; and entering one's own skills."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.flows.talent import enter_online, offer_skills
from cunlian.people.consent.purposes import purpose_of
from cunlian.people.consent.questions import holds
from cunlian.people.models import Person
from cunlian.places.models import District, Place
from cunlian.resident.pages import show
from cunlian.resident.session import actor_of_visitor, chosen_village, person_of
from cunlian.resident.talent.forms import OfferForm, OwnForm
from cunlian.talent.models import TalentEntry
from cunlian.talent.register.published import published
from cunlian.talent.register.querysets import PURPOSE
from cunlian.ui.forms import status_of, submit


def _skills(request: HttpRequest, district: District, village: Place | None) -> HttpResponse:
    context = {"district": district, "village": village, "groups": published(district.root, village)}
    return show(request, "resident/talent/skills.html", context)


@require_GET
def skills(request: HttpRequest) -> HttpResponse:
    return _skills(request, District.current(), None)


@require_GET
def of_village(request: HttpRequest, code: str) -> HttpResponse:
    district = District.current()
    village = district.counted().with_path().filter(code=code).first()
    if village is None:
        raise Http404
    return _skills(request, district, village)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """With an account one's own entry; without, a word to the village, which then asks for the consent."""
    person = person_of(request)
    if person is None or request.GET.get("for") == "neighbour":
        return _offer(request)
    if TalentEntry.objects.visible_to(actor_of_visitor(request)).filter(person=person).exists():
        return redirect("resident:my_skills")
    return _own(request, person)


def _own(request: HttpRequest, person: Person) -> HttpResponse:
    text, agreed = purpose_of(PURPOSE).current_text(), holds(person, PURPOSE)
    form = OwnForm(request.POST or None, agreed=agreed, version=text.version)
    by = actor_of_visitor(request)

    def call(version: int | None = None, agree: bool = True, **said: Any) -> TalentEntry:
        return enter_online(person, by=by, version=version, **said)

    sent = submit(form, call) if form.is_bound else None
    if sent:
        return redirect("resident:my_skills")
    context = {"form": form, "text": None if agreed else text}
    return show(request, "resident/talent/enter.html", context, status=status_of(form))


def _offer(request: HttpRequest) -> HttpResponse:
    district = District.current()
    village = chosen_village(request, district)
    whom = OfferForm.NEIGHBOUR if request.GET.get("for") == "neighbour" else OfferForm.MYSELF
    start = {"place": village.code if village else "", "whom": whom}
    form = OfferForm(request.POST or None, district=district, initial=start)
    by = actor_of_visitor(request)
    sent = submit(form, lambda **said: (offer_skills(by=by, **said),)) if form.is_bound else None
    if sent:
        return redirect("resident:skills_thanks")
    context = {"district": district, "form": form, "known": person_of(request)}
    return show(request, "resident/talent/offer.html", context, status=status_of(form))


@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """The same for everybody: whether somebody stands in the register already is not told here."""
    return show(request, "resident/talent/thanks.html", {"village": chosen_village(request, District.current())})
