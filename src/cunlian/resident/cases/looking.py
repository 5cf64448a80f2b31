"""What is said to be done in one's own village: a resident with an account looks, and says whether it is so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cunlian.cases.actions import reopen_case, vouch_case
from cunlian.cases.nearby import listed, nearby
from cunlian.kernel.presses import once
from cunlian.people.models import Person
from cunlian.resident.cases.forms import NeighbourForm
from cunlian.resident.pages import show
from cunlian.resident.session import actor_of_visitor, person_of, to_log_in
from cunlian.ui.forms import submit

PAGE = "resident/cases/nearby.html"


def _page(request: HttpRequest, person: Person | None, form: NeighbourForm, *, status: int = 200) -> HttpResponse:
    village = person.place if person else None
    rows = nearby(actor_of_visitor(request), village) if village else []
    return show(request, PAGE, {"village": village, "rows": rows, "form": form}, status=status)


@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Answered public matters of the village of whoever is logged in."""
    if not request.user.is_authenticated:
        return to_log_in(request)
    return _page(request, person_of(request), NeighbourForm())


@require_POST
def say(request: HttpRequest, handle: str) -> HttpResponse:
    """``fixed`` or not, about one of the list, once."""
    person = person_of(request)
    village = person.place if person else None
    if village is None:
        return redirect("resident:nearby")
    form, by = NeighbourForm(request.POST), actor_of_visitor(request)
    action = {"yes": vouch_case, "no": reopen_case}.get(request.POST.get("fixed", ""))
    if action is None:  # neither was said: nothing is opened again by a slip
        messages.warning(request, _("Please press one of the two buttons: fixed, or not."))
        return redirect("resident:nearby")

    def call(key: object, text: str) -> tuple[bool]:
        return (once(f"{key}:{handle}", lambda: action(listed(handle, by, village), by=by, text=text)),)

    done = submit(form, call)
    if not done:
        return _page(request, person, form, status=422)
    if done[0]:
        thanks = _("Thank you. It is closed now, as confirmed by a neighbour.")
        messages.success(
            request, thanks if action is vouch_case else _("Thank you. It is being handled again, with a new deadline.")
        )
    return redirect("resident:nearby")
