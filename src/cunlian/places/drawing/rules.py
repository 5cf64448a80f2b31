"""Who prepares a drawing of areas, and that the county's office alone adopts or drops one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.moves import Move
from cunlian.places.drawing.states import MOVES, PREPARE, SETTLE, State
from cunlian.places.models import AreaDrawing

# Roles by name: accounts lies above this package.
add_permission(PREPARE, _("Prepare a new drawing of areas"), "administrator", "county_staff", "township_staff")
add_permission(SETTLE, _("Adopt or drop a drawing of areas"), "county_staff")


def available_moves(drawing: AreaDrawing, by: Actor) -> list[Move]:
    """The moves this actor could make now."""
    return [move for move in MOVES.starting_from(State(drawing.state)) if may(by, move.permission, drawing)]
