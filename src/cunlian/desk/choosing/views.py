"""Choices, and one of them: its steps with their days, who stands, the counts, what can be done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.desk.choosing import tables
from cunlian.desk.choosing.moves import PAGES
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may
from cunlian.organisations.choosing.law import checks, enough_candidates, open_seats, schedule
from cunlian.organisations.choosing.rules import available_moves
from cunlian.organisations.choosing.states import OPEN, OUTCOME_KNOWN, PREPARE, State
from cunlian.organisations.models import Candidate, Choice, PostKind
from cunlian.ui.pieces import buttons_for


def choice_of(actor: Actor, pk: UUID) -> Choice:
    found: Choice = get_visible(Choice.objects.for_detail(), actor, pk)
    return found


def _choices(actor: Actor, query: QueryDict) -> tables.ChoiceTable:
    found = tables.ChoiceFilter(query or None, Choice.objects.visible_to(actor).for_list())
    return tables.ChoiceTable(found.qs, filter=found)


def _candidates(actor: Actor, query: QueryDict, pk: UUID) -> tables.CandidateTable:
    one = choice_of(actor, pk)
    return tables.CandidateTable(Candidate.objects.visible_to(actor).filter(choice=one).for_list())


CHOICES = add_list("choices", _lazy("Choosing the two committees"), _choices)
CANDIDATES = add_list("candidates", _lazy("Candidates"), _candidates)


@require_GET
@CHOICES.exported
def choices(request: DeskRequest) -> HttpResponse:
    table = CHOICES.page(request)
    context = {
        "title": _("Choosing the two committees"), "table": table, "filter": table.filter,
        "may_open": may(request.actor, PREPARE),
    }  # fmt: skip
    return render(request, "desk/choosing/list.html", context)


@require_GET
@CANDIDATES.exported
def choice(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = choice_of(request.actor, pk)
    prepares = may(request.actor, PREPARE, one)
    buttons = buttons_for(
        available_moves(one, request.actor), lambda move: reverse("desk:choice_move", args=[one.pk, move.name]),
        icons={name: page.icon for name, page in PAGES.items()},
    )  # fmt: skip
    ballots = list(one.ballots.order_by("number"))
    context = {
        "title": str(one), "one": one, "table": CANDIDATES.page(request, pk=pk), "buttons": buttons,
        "state_label": State(one.state).label, "steps": schedule(one), "ballots": ballots,
        "checks": checks(one, ballots, one.candidates.filter(elected_in__isnull=False)) if ballots else [],
        "enough": enough_candidates(one) if one.state in OPEN and not ballots else None,
        "open_seats": [(PostKind(kind).label, number) for kind, number in open_seats(one).items()],
        "prepares": prepares, "may_propose": prepares and one.state == State.PREPARING,
        "outcome_known": one.state in OUTCOME_KNOWN, "counted": bool(ballots),
        "crumbs": [(_("Choosing the two committees"), reverse("desk:choices")), (str(one.unit), "")],
    }  # fmt: skip
    return render(request, "desk/choosing/choice.html", context)
