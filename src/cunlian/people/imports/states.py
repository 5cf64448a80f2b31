"""Where a list stands on its way into the register, and the moves between."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.moves import Move, Moves
from cunlian.people.models import RegisterImport

State = RegisterImport.State
_OPEN = frozenset({State.COLUMNS, State.CHECKED})

MOVES = Moves(
    State,
    (
        Move("check", _OPEN, State.CHECKED, _("Check the rows"), "people.import_register", "primary"),
        Move(
            "apply", frozenset({State.CHECKED}), State.APPLIED, _("Take over into the register"),
            "people.import_register", "primary",
        ),
        Move("undo", frozenset({State.APPLIED}), State.UNDONE, _("Undo the import"), "people.import_register"),
        Move("discard", _OPEN, State.DISCARDED, _("Give up"), "people.import_register", "quiet"),
    ),
)  # fmt: skip
