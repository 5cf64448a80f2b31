"""The states of a dispute and the table of moves between them (domain.md §2.18).

Mediation begins only when both sides agree to it. It ends in an agreement, in a failure (with the other ways told), or in
a withdrawal; an agreement is then performed or breached, and a court may confirm it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves


class State(models.TextChoices):
    APPLIED = "applied", _("Asked for by a side")
    FOUND = "found", _("Found by the mediators")
    CONSENTED = "consented", _("Both sides agree to mediation")
    ACCEPTED = "accepted", pgettext_lazy("dispute", "With a mediator")
    IN_MEDIATION = "in_mediation", _("In mediation")
    AGREED = "agreed", _("Agreement reached")
    PERFORMED = "performed", _("Agreement performed")
    BREACHED = "breached", _("Agreement not performed")
    CONFIRMED = "confirmed", _("Agreement confirmed by the court")
    FAILED = "failed", _("No agreement, other ways told")
    WITHDRAWN = "withdrawn", pgettext_lazy("dispute", "Withdrawn")


NEW = frozenset({State.APPLIED, State.FOUND})
WITH_MEDIATOR = frozenset({State.ACCEPTED, State.IN_MEDIATION})
OPEN = NEW | WITH_MEDIATOR | {State.CONSENTED}
BOUND = frozenset({State.AGREED, State.PERFORMED, State.BREACHED, State.CONFIRMED})
"""There is an agreement."""
SETTLED = frozenset({State.AGREED, State.PERFORMED, State.CONFIRMED})
ENDED = frozenset({State.PERFORMED, State.FAILED, State.WITHDRAWN})


def _m(
    name: str, from_: frozenset[State] | set[State], to: State | None, label: object, perm: str, style: str = "normal"
) -> Move:
    return Move(name, frozenset(str(s) for s in from_), to and str(to), label, f"disputes.{perm}", style)  # type: ignore[arg-type]


S = State
MOVES = Moves(
    State,
    [
        _m("note_consent", NEW, None, _("A side agrees to mediation"), "handle", "primary"),
        # Made by the consent of the second side, never pressed.
        _m("consent", NEW, S.CONSENTED, _("Both sides agree"), "handle"),
        _m("accept", {S.CONSENTED}, S.ACCEPTED, _("Name the mediator"), "handle", "primary"),
        _m("agree", {S.IN_MEDIATION}, S.AGREED, _("Agreement reached"), "handle", "primary"),
        _m("hold_session", WITH_MEDIATOR, S.IN_MEDIATION, _("Enter a session"), "handle", "primary"),
        _m("perform", {S.AGREED, S.BREACHED, S.CONFIRMED}, S.PERFORMED, _("Performed"), "handle", "primary"),
        _m("breach", {S.AGREED, S.CONFIRMED}, S.BREACHED, _("Not performed"), "handle", "quiet"),
        _m("confirm", {S.AGREED, S.BREACHED}, S.CONFIRMED, _("Confirmed by the court"), "handle"),
        _m("note", frozenset(State), None, _("Note for the mediators"), "note"),
        _m("fail", WITH_MEDIATOR, S.FAILED, _("No agreement"), "handle", "quiet"),
        _m("refuse", OPEN, S.FAILED, _("A side refuses"), "handle", "quiet"),
        _m("withdraw", OPEN, S.WITHDRAWN, pgettext_lazy("dispute", "Withdraw"), "handle", "quiet"),
        _m("reassign", WITH_MEDIATOR | {S.AGREED}, None, _("Another mediator"), "handle", "quiet"),
    ],
)
