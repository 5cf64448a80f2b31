"""Where a proposal stands: being set up, worked out and waiting, confirmed or dropped; and the moves between."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import Text


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("assignment", "Being set up")
    PROPOSED = "proposed", pgettext_lazy("assignment", "Waits to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("assignment", "Confirmed")
    DROPPED = "dropped", pgettext_lazy("assignment", "Dropped")


MAY = "organisations.draw_list"
_OPEN = frozenset({str(State.DRAFT), str(State.PROPOSED)})


def _m(name: str, from_: frozenset[str], to: State, label: Text, style: str = "normal") -> Move:
    return Move(name, from_, str(to), label, MAY, style)


MOVES = Moves(
    State,
    [
        _m("work", _OPEN, State.PROPOSED, pgettext_lazy("assignment", "Work it out")),
        _m(
            "confirm", frozenset({str(State.PROPOSED)}), State.CONFIRMED,
            pgettext_lazy("assignment", "Confirm as lines of the draft"), "primary",
        ),
        _m("drop", _OPEN, State.DROPPED, pgettext_lazy("assignment", "Drop it"), "quiet"),
    ],
)  # fmt: skip
