"""The states of one receiver's copy of an instruction and the table of moves between them.

Sent → signed for → done with its record → checked → closed. On the way it may come back as not theirs, or more time may be
asked for. What is not done by the instruction's end lapses: nothing hangs on a village for ever.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves


class State(models.TextChoices):
    SENT = "sent", pgettext_lazy("instruction", "Sent, not signed for")
    SIGNED = "signed", pgettext_lazy("instruction", "Signed for")
    EXTENSION_ASKED = "extension_asked", _("More time asked for")
    RETURNED = "returned", _("Not ours, sent back")
    DONE = "done", pgettext_lazy("instruction", "Done, to be checked")
    CHECKED = "checked", pgettext_lazy("instruction", "Checked")
    CLOSED = "closed", pgettext_lazy("instruction", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("instruction", "Taken back")
    LAPSED = "lapsed", _("Past its end, not done")


WORKING = frozenset({State.SIGNED, State.EXTENSION_ASKED})
CARRIED = WORKING | {State.SENT}
"""A receiver has work with it."""
OPEN = CARRIED | {State.RETURNED}
DELIVERED = frozenset({State.DONE, State.CHECKED, State.CLOSED})
"""There is a record of what was done."""
STEERED = frozenset({State.RETURNED, State.EXTENSION_ASKED, State.DONE, State.CHECKED})
"""It waits for its giver."""
ENDED = frozenset({State.CLOSED, State.WITHDRAWN, State.LAPSED})


def _m(
    name: str, from_: frozenset[State] | set[State], to: State | None, label: object, perm: str, style: str = "normal"
) -> Move:
    return Move(name, frozenset(str(s) for s in from_), to and str(to), label, f"instructions.{perm}", style)  # type: ignore[arg-type]


S = State
MOVES = Moves(
    State,
    [
        _m("sign", {S.SENT}, S.SIGNED, _("Sign for it"), "work", "primary"),
        _m("complete", WORKING, S.DONE, _("Done, write the record"), "work", "primary"),
        _m("ask_extension", {S.SIGNED}, S.EXTENSION_ASKED, _("Ask for more time"), "work"),
        _m("return", CARRIED, S.RETURNED, _("Not ours"), "work", "quiet"),
        _m("check", {S.DONE}, S.CHECKED, _("Checked: it is what was asked"), "steer", "primary"),
        _m("close", {S.CHECKED}, S.CLOSED, pgettext_lazy("instruction", "Close"), "steer", "primary"),
        _m("send_back", {S.DONE}, S.SIGNED, _("Not what was asked"), "steer"),
        _m("grant_extension", {S.EXTENSION_ASKED}, S.SIGNED, _("Grant more time"), "steer", "primary"),
        _m("refuse_extension", {S.EXTENSION_ASKED}, S.SIGNED, _("Refuse more time"), "steer"),
        _m("redirect", {S.RETURNED}, S.SENT, _("Give it to another post"), "steer", "primary"),
        _m("uphold", {S.RETURNED}, S.SENT, _("It stays with this post"), "steer"),
        _m("withdraw", OPEN, S.WITHDRAWN, pgettext_lazy("instruction", "Take it back"), "steer", "quiet"),
        _m("supervise", CARRIED, None, _("Urge it, with a reason"), "supervise"),
        # Made by time, never pressed.
        _m("lapse", OPEN, S.LAPSED, _("Its end has passed"), "lapse", "quiet"),
    ],
)
