"""The states of plans, cultivation, mentoring and education upgrades, and the tables of moves between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import Text

PLAN, KEEP, MEET = "mentoring.plan", "mentoring.keep", "mentoring.meet"


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("reserve plan", "Draft")
    RUNNING = "running", pgettext_lazy("reserve plan", "In force")
    CLOSED = "closed", pgettext_lazy("reserve plan", "Closed")


class Stage(models.TextChoices):
    """How far somebody has come who is being cultivated."""

    PROPOSED = "proposed", pgettext_lazy("cultivation", "Proposed")
    GROWING = "growing", pgettext_lazy("cultivation", "Being cultivated")
    READY = "ready", pgettext_lazy("cultivation", "Ready")
    ENDED = "ended", pgettext_lazy("cultivation", "Ended")


class MentoringState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("mentoring", "Running")
    COMPLETED = "completed", pgettext_lazy("mentoring", "Completed")
    BROKEN_OFF = "broken_off", pgettext_lazy("mentoring", "Broken off")


class StudyState(models.TextChoices):
    WON_OVER = "won_over", pgettext_lazy("education", "Won over, not enrolled yet")
    ENROLLED = "enrolled", pgettext_lazy("education", "Enrolled")
    GRADUATED = "graduated", pgettext_lazy("education", "Graduated")
    LEFT = "left", pgettext_lazy("education", "Left without finishing")


P, G, M, E = PlanState, Stage, MentoringState, StudyState
GROWN = frozenset({G.GROWING, G.READY, G.ENDED})
"""Taken into cultivation, whatever came of it; who was only proposed is not."""


def _m(name: str, from_: tuple[str, ...], to: str, label: Text, style: str, permission: str = KEEP) -> Move:
    return Move(name, frozenset(map(str, from_)), str(to), label, permission, style)


PLAN_MOVES = Moves(
    PlanState,
    [
        _m("approve", (P.DRAFT,), P.RUNNING, pgettext_lazy("reserve plan", "Put it in force"), "primary", PLAN),
        _m("close", (P.RUNNING,), P.CLOSED, pgettext_lazy("reserve plan", "Close it"), "quiet", PLAN),
    ],
)
STAGES = Moves(
    Stage,
    [
        _m("take_in", (G.PROPOSED,), G.GROWING, pgettext_lazy("cultivation", "Take into cultivation"), "primary"),
        _m("call_ready", (G.GROWING,), G.READY, pgettext_lazy("cultivation", "Ready"), "primary"),
        _m("end", (G.GROWING, G.READY), G.ENDED, pgettext_lazy("cultivation", "Enter what came of it"), "normal"),
    ],
)
MENTORING_MOVES = Moves(
    MentoringState,
    [
        _m("complete", (M.RUNNING,), M.COMPLETED, pgettext_lazy("mentoring", "Complete it"), "primary"),
        _m("break_off", (M.RUNNING,), M.BROKEN_OFF, pgettext_lazy("mentoring", "Break it off"), "quiet"),
    ],
)
STUDY_MOVES = Moves(
    StudyState,
    [
        _m("enrol", (E.WON_OVER,), E.ENROLLED, pgettext_lazy("education", "Enrolled"), "primary"),
        _m("graduate", (E.ENROLLED,), E.GRADUATED, pgettext_lazy("education", "Graduated"), "primary"),
        _m("leave", (E.WON_OVER, E.ENROLLED), E.LEFT, pgettext_lazy("education", "Left"), "quiet"),
    ],
)
