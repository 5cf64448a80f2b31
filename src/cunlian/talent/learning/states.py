"""The states of a course and of a session, and the tables of moves between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import Text

ARRANGE = "learning.arrange"


class CourseState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("course", "Planned")
    RUNNING = "running", pgettext_lazy("course", "Running")
    CLOSED = "closed", pgettext_lazy("course", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("course", "Cancelled")


class SessionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("session", "Planned")
    HELD = "held", pgettext_lazy("session", "Held")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


C, S = CourseState, SessionState


def _m(name: str, from_: tuple[str, ...], to: str, label: Text, style: str = "normal") -> Move:
    return Move(name, frozenset(map(str, from_)), str(to), label, ARRANGE, style)


MOVES = Moves(
    CourseState,
    [
        _m("open", (C.PLANNED,), C.RUNNING, pgettext_lazy("course", "Open it"), "primary"),
        _m("close", (C.RUNNING,), C.CLOSED, pgettext_lazy("course", "Close it")),
        _m("reopen", (C.CLOSED,), C.RUNNING, pgettext_lazy("course", "Open it again"), "quiet"),
        _m("cancel", (C.PLANNED, C.RUNNING), C.CANCELLED, pgettext_lazy("course", "Cancel it"), "quiet"),
    ],
)
SESSION_MOVES = Moves(
    SessionState,
    [
        _m("hold", (S.PLANNED,), S.HELD, pgettext_lazy("session", "It took place"), "primary"),
        _m("drop", (S.PLANNED,), S.CANCELLED, pgettext_lazy("session", "It does not take place"), "quiet"),
    ],
)
OPEN = frozenset({C.PLANNED, C.RUNNING})
