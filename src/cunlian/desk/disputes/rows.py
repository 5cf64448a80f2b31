"""A dispute in one line of a list: its state in a word or two and the step it waits for. Never what it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.states import MOVES, State
from cunlian.kernel.moves import Move
from cunlian.kernel.refusals import Text

# The page of a dispute says the state in full; a column has room for a word or two.
SHORT: dict[str, Text] = {
    State.APPLIED: pgettext_lazy("dispute in a list", "Asked for"),
    State.FOUND: pgettext_lazy("dispute in a list", "Offered"),
    State.CONSENTED: pgettext_lazy("dispute in a list", "Both agree"),
    State.ACCEPTED: pgettext_lazy("dispute in a list", "Taken on"),
    State.IN_MEDIATION: pgettext_lazy("dispute in a list", "In mediation"),
    State.AGREED: pgettext_lazy("dispute in a list", "Agreed"),
    State.PERFORMED: pgettext_lazy("dispute in a list", "Performed"),
    State.BREACHED: pgettext_lazy("dispute in a list", "Not kept"),
    State.CONFIRMED: pgettext_lazy("dispute in a list", "Confirmed"),
    State.FAILED: pgettext_lazy("dispute in a list", "No agreement"),
    State.WITHDRAWN: pgettext_lazy("dispute in a list", "Withdrawn"),
}

SHORT_MOVES: dict[str, Text] = {
    "note_consent": _("Note consent"),
    "hold_session": _("Note a session"),
    "perform": _("Is it performed?"),
}


def next_move(dispute: Dispute) -> Move | None:
    """The step that brings it on, for one who mediates it; None at its end. The table alone: no query a row."""
    return next((move for move in MOVES.starting_from(dispute.state) if move.style == "primary"), None)
