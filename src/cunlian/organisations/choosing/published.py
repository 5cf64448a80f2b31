"""What the page of a village says of its choices: who may stand once the list is posted, who was elected once that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cunlian.kernel import clock
from cunlian.organisations.choosing.states import State
from cunlian.organisations.models import Ballot, Candidate, Choice, PostKind, Step
from cunlian.places.models import Place

SHOWN_DAYS = 180
"""How long a result stays on the page."""

# As the notice board names them.
SEAT_ORDER = [
    PostKind.SECRETARY, PostKind.DIRECTOR, PostKind.DEPUTY_SECRETARY, PostKind.DEPUTY_DIRECTOR,
    PostKind.COMMITTEE_MEMBER,
]  # fmt: skip


@dataclass(frozen=True)
class Named:
    name: str
    seat: str
    votes: int | None = None


@dataclass(frozen=True)
class Published:
    """``elected``: empty before the result is posted. Who was not elected is named on the paper at the vote, not here."""

    choice: Choice
    candidates: list[Named]
    elected: list[Named]
    ballots: list[Ballot]
    posted_on: date | None


def _votes(row: Candidate) -> int | None:
    return next((count.votes for count in row.counts.all() if count.ballot_id == row.elected_in_id), None)


def _of(choice: Choice) -> Published | None:
    steps = {row.step: row.done_on for row in choice.steps.all()}
    rows = list(choice.candidates.filter(person__erased_at=None).for_list())
    if Step.RESULT in steps and choice.state in (State.VOTED, State.SETTLED):
        elected = sorted(
            (row for row in rows if row.elected_in_id), key=lambda row: SEAT_ORDER.index(PostKind(row.seat))
        )
        chosen = [Named(row.person.name, row.get_seat_display(), _votes(row)) for row in elected]
        return Published(choice, [], chosen, list(choice.ballots.order_by("number")), steps[Step.RESULT])
    if Step.CANDIDATES in steps and choice.state in (State.REVIEWED, State.VOTED):
        standing = [row for row in rows if row.may_stand and not row.withdrawn_on]
        named = [Named(row.person.name, row.get_seat_display()) for row in standing]
        return Published(choice, named, [], [], steps[Step.CANDIDATES])
    return None


def published(village: Place) -> list[Published]:
    """Choices of the village of the last months that have something posted, the newest first."""
    since = clock.today() - timedelta(days=SHOWN_DAYS)
    found = Choice.objects.filter(unit__place=village, votes_on__gte=since).exclude(state=State.CALLED_OFF).for_detail()
    return [one for choice in found.order_by("-votes_on", "pk") if (one := _of(choice))]
