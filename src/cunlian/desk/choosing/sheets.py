"""Sheets for the wall and the counting table. The election itself stays on paper."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import NothingMore
from cunlian.desk.choosing.views import choice_of
from cunlian.desk.pages import DeskRequest
from cunlian.kernel import clock
from cunlian.kernel.access import require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.law import OBJECTION_DAYS, open_seats, seats_of
from cunlian.organisations.choosing.states import OUTCOME_KNOWN, PREPARE, State
from cunlian.organisations.models import Candidate, PostKind

SHEETS = ("notice", "candidates", "counting", "result")


@require_http_methods(("GET", "POST"))
def roll(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The draft of the roll of voters. Printing it is a look at everybody on it, so it is pressed, not opened."""
    one = choice_of(request.actor, pk)
    require(request.actor, PREPARE, one)
    if request.method == "POST":
        names = actions.print_roll(one, by=request.actor)
        until = clock.today() + timedelta(days=OBJECTION_DAYS)
        context = {"one": one, "title": _("Roll of voters"), "roll": names, "until": until, "printed_at": clock.now()}
        return render(request, "desk/choosing/roll.html", context)
    context = {
        "title": _("Print the roll of voters"), "form": NothingMore(), "button": _("Print it"),
        "back": reverse("desk:choice", args=[pk]),
        "lead": _("Names only. Everybody on it reads in their own data that they were looked at, and what for."),
    }  # fmt: skip
    return render(request, "desk/act.html", context)


@require_GET
def sheet(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    """Notice, list of candidates, counting sheet to be filled in by hand, announcement of the result."""
    one = choice_of(request.actor, pk)
    require(request.actor, PREPARE, one)
    ballots = list(one.ballots.order_by("number"))
    known = {"notice": True, "counting": one.state == State.REVIEWED, "candidates": one.state in OUTCOME_KNOWN,
             "result": bool(ballots)}  # fmt: skip
    if not known.get(name):
        raise Missing(_("There is no such sheet yet. Go back to the choice and see how far it is."))
    rows = list(
        Candidate.objects.visible_to(request.actor).filter(choice=one, may_stand=True, withdrawn_on=None).for_list()
    )
    seats = open_seats(one) if name == "counting" else seats_of(one)
    context = {
        "one": one, "title": str(one), "printed_at": clock.now(), "ballots": ballots,
        "seats": [(PostKind(kind).label, number) for kind, number in seats.items()],
        "candidates": [row for row in rows if name != "counting" or row.elected_in_id is None],
        "elected": [(row, sum(c.votes for c in row.counts.all() if c.ballot_id == row.elected_in_id)) for row in rows
                    if row.elected_in_id],
    }  # fmt: skip
    return render(request, f"desk/choosing/{name}.html", context)
