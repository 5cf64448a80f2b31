"""The states of a yearly list and the table of moves between them: drawn up, approved on a paper, published, closed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import Text


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("yearly list", "Draft")
    APPROVED = "approved", pgettext_lazy("yearly list", "Approved, not published")
    PUBLISHED = "published", pgettext_lazy("yearly list", "Published, in force")
    CLOSED = "closed", pgettext_lazy("yearly list", "Closed")


SETTLE = "organisations.settle_list"


def _m(name: str, from_: State, to: State, label: Text, style: str) -> Move:
    return Move(name, frozenset({str(from_)}), str(to), label, SETTLE, style)


MOVES = Moves(
    State,
    [
        _m("approve", State.DRAFT, State.APPROVED, pgettext_lazy("yearly list", "Approve it"), "primary"),
        _m("publish", State.APPROVED, State.PUBLISHED, pgettext_lazy("yearly list", "Publish it"), "primary"),
        _m("reopen", State.APPROVED, State.DRAFT, pgettext_lazy("yearly list", "Back to the draft"), "quiet"),
        _m("close", State.PUBLISHED, State.CLOSED, pgettext_lazy("yearly list", "Close it"), "quiet"),
    ],
)
