"""Where a drawing stands: worked on, laid before those who decide, adopted or dropped; and the moves between."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import Text


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("drawing", "Being worked on")
    PROPOSED = "proposed", pgettext_lazy("drawing", "Proposed")
    ADOPTED = "adopted", pgettext_lazy("drawing", "Adopted")
    DROPPED = "dropped", pgettext_lazy("drawing", "Dropped")


PREPARE = "places.prepare_drawing"
SETTLE = "places.settle_drawing"


def _m(name: str, from_: set[State], to: State, label: Text, permission: str, style: str = "normal") -> Move:
    return Move(name, frozenset(map(str, from_)), str(to), label, permission, style)


MOVES = Moves(
    State,
    [
        _m("propose", {State.DRAFT}, State.PROPOSED, pgettext_lazy("drawing", "Propose it"), PREPARE, "primary"),
        _m("reopen", {State.PROPOSED}, State.DRAFT, pgettext_lazy("drawing", "Back to work"), PREPARE, "quiet"),
        _m("adopt", {State.PROPOSED}, State.ADOPTED, pgettext_lazy("drawing", "Adopt it"), SETTLE, "primary"),
        _m("drop", {State.DRAFT, State.PROPOSED}, State.DROPPED, pgettext_lazy("drawing", "Drop it"), SETTLE, "quiet"),
    ],
)
