"""The states of a path home and the table of moves between them. It can stop, for a reason, at any step."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import Text


class State(models.TextChoices):
    INTERESTED = "interested", _("Interest told")
    TALKED = "talked", _("Talked with")
    SUPPORT = "support", _("Support asked for")
    HOME = "home", _("Here, with a firm or a post")
    STAYED = "stayed", _("Still here after two years")
    LEFT = "left", _("Went away again")
    STOPPED = "stopped", pgettext_lazy("path home", "Stopped")


BEFORE = frozenset({State.INTERESTED, State.TALKED, State.SUPPORT})
OPEN = BEFORE | {State.HOME}
ARRIVED = frozenset({State.HOME, State.STAYED, State.LEFT})
"""Came, whatever became of it later."""
ENDED = frozenset({State.STAYED, State.LEFT, State.STOPPED})


def _m(
    name: str, from_: Iterable[State], to: State | None, label: Text, perm: str = "handle", style: str = "normal"
) -> Move:
    return Move(name, frozenset(map(str, from_)), to and str(to), label, f"coming_home.{perm}", style)


S = State
TALKING = frozenset({S.TALKED, S.SUPPORT})
MOVES = Moves(
    State,
    [
        _m("talk", {S.INTERESTED}, S.TALKED, _("Note the first talk"), style="primary"),
        _m("talk_again", TALKING | {S.HOME}, None, _("Note a talk")),
        _m("ask_support", TALKING, S.SUPPORT, _("Ask for support")),
        _m("decide_support", {S.SUPPORT, S.HOME}, None, _("Enter what was decided"), "decide_support", "primary"),
        _m("raise_need", TALKING | {S.HOME}, None, _("Ask for land, a house or a job")),
        _m("arrive", TALKING, S.HOME, _("A firm founded or a post taken"), style="primary"),
        _m("look_in", {S.HOME}, None, _("Looked in: still here"), style="primary"),
        # Made by the look in after two years, never pressed.
        _m("stay", {S.HOME}, S.STAYED, _("Stayed")),
        _m("leave", {S.HOME}, S.LEFT, _("Went away again"), style="quiet"),
        _m("reassign", OPEN, None, _("Another post goes along"), style="quiet"),
        _m("stop", OPEN, S.STOPPED, pgettext_lazy("path home", "Stop it"), style="quiet"),
        _m("take_back", OPEN, S.STOPPED, pgettext_lazy("path home", "Take it back"), "take_back", "quiet"),
    ],
)
