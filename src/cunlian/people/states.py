"""States of what somebody asks about their own data, and what leads where."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves


class RequestState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("data request", "Asked")
    DONE = "done", pgettext_lazy("data request", "Done")
    REFUSED = "refused", pgettext_lazy("data request", "Not possible")
    WITHDRAWN = "withdrawn", pgettext_lazy("data request", "Taken back")


_ASKED = frozenset({str(RequestState.ASKED)})

MOVES = Moves(
    RequestState,
    [
        Move("fulfil", _ASKED, str(RequestState.DONE), _("Do what is asked"), "people.decide_request", "primary"),
        Move("refuse", _ASKED, str(RequestState.REFUSED), _("Say why not"), "people.decide_request"),
        Move("withdraw", _ASKED, str(RequestState.WITHDRAWN), _("Take the wish back"), "people.withdraw_request"),
    ],
)
