"""Who draws up a yearly list and who settles it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.moves import Move
from cunlian.organisations.models import ResponsibilityList
from cunlian.organisations.responsibility.states import MOVES, SETTLE, State
from cunlian.organisations.rules import MANAGERS

add_permission(
    "organisations.draw_list", _("draw up yearly lists of who answers"), *MANAGERS, Role.AREA_STAFF, Role.VILLAGE_CADRE
)
add_permission(SETTLE, _("approve, publish and close yearly lists"), *MANAGERS)


def available_moves(one: ResponsibilityList, by: Actor) -> list[Move]:
    """The moves this actor could make now."""
    return [move for move in MOVES.starting_from(State(one.state)) if may(by, move.permission, one)]
