"""The states of a choice and the table of moves between them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import Text


class State(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("choice", "In preparation")
    IN_REVIEW = "in_review", pgettext_lazy("choice", "In joint review")
    REVIEWED = "reviewed", pgettext_lazy("choice", "Reviewed, to be voted on")
    VOTED = "voted", pgettext_lazy("choice", "Voted, counted")
    SETTLED = "settled", pgettext_lazy("choice", "Settled, term begun")
    CALLED_OFF = "called_off", pgettext_lazy("choice", "Called off")


S = State
OPEN = frozenset({S.PREPARING, S.IN_REVIEW, S.REVIEWED, S.VOTED})
OUTCOME_KNOWN = frozenset({S.REVIEWED, S.VOTED, S.SETTLED})
"""Who may stand is known to the village."""

PREPARE = "organisations.prepare_choice"
REVIEW = "organisations.review_candidates"


def _m(name: str, from_: Iterable[State], to: State, label: Text, style: str, permission: str = PREPARE) -> Move:
    return Move(name, frozenset(map(str, from_)), str(to), label, permission, style)


MOVES = Moves(
    State,
    [
        _m(
            "send_to_review", [S.PREPARING], S.IN_REVIEW, pgettext_lazy("choice", "Send to the joint review"), "primary"
        ),
        _m("close_review", [S.IN_REVIEW], S.REVIEWED, pgettext_lazy("choice", "Close the review"), "primary", REVIEW),
        _m("reopen", [S.IN_REVIEW, S.REVIEWED], S.PREPARING, pgettext_lazy("choice", "Back to preparing"), "quiet"),
        _m("enter_count", [S.REVIEWED], S.VOTED, pgettext_lazy("choice", "Enter the count"), "primary"),
        _m("vote_again", [S.VOTED], S.REVIEWED, pgettext_lazy("choice", "Vote on the rest again"), "normal"),
        _m("settle", [S.VOTED], S.SETTLED, pgettext_lazy("choice", "Begin the term"), "primary"),
        _m("call_off", OPEN, S.CALLED_OFF, pgettext_lazy("choice", "Call it off"), "quiet"),
    ],
)
