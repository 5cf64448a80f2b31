"""Who prepares a choice and who reviews candidates; how long their papers are kept; what is told and erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, add_permission, may
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.moves import Move
from cunlian.kernel.ticks import add_tick
from cunlian.organisations.choosing.actions.prepare import drop_papers
from cunlian.organisations.choosing.states import MOVES, PREPARE, REVIEW, State
from cunlian.organisations.models import Candidate, Choice
from cunlian.organisations.rules import MANAGERS

KEPT_DAYS = 90
"""How long papers and opinions are kept after the term began or the choice was called off: long enough for a complaint to
the township or the county (Organic Law of Villagers' Committees, Art. 21), and no longer. Our own choice."""


def of_a_reviewing_office(actor: Actor, choice: Choice) -> bool:
    return actor.is_system or choice.offices.filter(posts__in=actor.post_ids).exists()


add_permission(PREPARE, _("prepare the choice of a village's committees"), *MANAGERS)
add_permission(
    REVIEW,
    _("review candidates for a village's committees"),
    Role.COUNTY_STAFF,
    where=of_a_reviewing_office,
    reason=_("Only the offices named for this joint review give an opinion."),
)


def available_moves(choice: Choice, by: Actor) -> list[Move]:
    """The moves this actor could make now."""
    return [move for move in MOVES.starting_from(State(choice.state)) if may(by, move.permission, choice)]


def forget(candidate: Candidate) -> int:
    """Papers with their files, and what offices said."""
    return drop_papers(candidate) + candidate.opinions.all().delete()[0]


def forget_papers(now: datetime) -> int:
    """Of choices that are long over. Returns how many records went."""
    before = clock.day_of(now) - timedelta(days=KEPT_DAYS)
    over = Q(state=State.SETTLED, settled_on__lte=before) | Q(state=State.CALLED_OFF, votes_on__lte=before)
    held = Q(candidates__papers__isnull=False) | Q(candidates__opinions__isnull=False)
    gone = 0
    for choice in Choice.objects.filter(over & held).distinct():
        rows = sum(forget(candidate) for candidate in choice.candidates.all())
        log.record(SYSTEM, "organisations.papers_forgotten", choice, changed={"rows": (rows, 0)})
        gone += rows
    return gone


def forget_candidacies(person_id: UUID) -> int:
    """Who stood and was not elected is nobody's any more; who was elected stays on record, as the posting does. Papers and
    opinions go in any case."""
    rows = list(Candidate.objects.filter(person_id=person_id))
    gone = sum(forget(candidate) for candidate in rows)
    return gone + Candidate.objects.filter(person_id=person_id, elected_in=None).delete()[0]


def tell_candidacies(person_id: UUID) -> list[Held]:
    rows = Candidate.objects.filter(person_id=person_id).select_related("choice__unit").prefetch_related("papers")
    return [
        Held(
            row.KIND, _now("Stood for: %(choice)s") % {"choice": row.choice},
            facts(
                (_now("Seat"), row.get_seat_display()), (_now("Proposed by"), row.get_proposed_by_display()),
                (_now("Papers handed in"), ", ".join(str(paper) for paper in row.papers.all())),
                (_now("Withdrawn on"), row.withdrawn_on),
                (_now("May stand"), "" if row.may_stand is None else _now("yes") if row.may_stand else _now("no")),
            ),
            row.proposed_on, _now("They agreed to stand, in writing"),
        )
        for row in rows.order_by("proposed_on", "pk")
    ]  # fmt: skip


add_tick("organisations.forget_papers", 86400, forget_papers)
add_eraser("organisations.candidacies", forget_candidacies)
add_teller("organisations.candidacies", tell_candidacies)
