"""The states of an entry in the register of skills and the table of moves between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves


class State(models.TextChoices):
    """ASKED: named, and not agreed yet. DECLINED is kept without skills or words, so that nobody asks again for a year."""

    ASKED = "asked", pgettext_lazy("register of skills", "Not agreed yet")
    LISTED = "listed", pgettext_lazy("register of skills", "In the register")
    RESTING = "resting", pgettext_lazy("register of skills", "Resting, not confirmed")
    DECLINED = "declined", pgettext_lazy("register of skills", "Declined")


ASKED = frozenset({str(State.ASKED)})
LISTED = frozenset({str(State.LISTED)})
HELD = frozenset({str(State.LISTED), str(State.RESTING)})
"""Those the person agreed to: what stands in them rests on the consent."""

ANSWER = "talent.answer"
CONFIRM = "talent.confirm"

MOVES = Moves(
    State,
    [
        Move("accept", ASKED, str(State.LISTED), _("The person agrees"), ANSWER, "primary"),
        Move("decline", ASKED, str(State.DECLINED), _("The person declines"), ANSWER, "quiet"),
        Move("confirm", HELD, str(State.LISTED), _("It still holds"), CONFIRM, "primary"),
        Move("change", HELD, str(State.LISTED), _("Change the skills"), "talent.change"),
        Move("verify", LISTED, None, _("Verify skills"), "talent.verify"),
        Move("leave", LISTED, None, _("Cannot be verified now"), "talent.verify", "quiet"),
        Move("rest", LISTED, str(State.RESTING), _("Let it rest"), "talent.rest"),
    ],
)
