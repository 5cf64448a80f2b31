"""Who goes along with those who come home. The conditions here and the table in states.py together give the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.moves import Move
from cunlian.kernel.ticks import add_tick
from cunlian.talent.coming_home import forgetting, lines, promises  # noqa: F401  (register what is owed, told and erased)
from cunlian.talent.coming_home.states import MOVES, State
from cunlian.talent.coming_home.sweep import call_cares, forget_over

if TYPE_CHECKING:
    from cunlian.talent.models import Homecoming

HANDLERS = (Role.VILLAGE_CADRE, Role.SOCIAL_WORKER, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
CALLERS = (Role.VILLAGE_CADRE, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
OFFICES = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)


def is_own(actor: Actor, path: Homecoming) -> bool:
    """The person, by account or by receipt."""
    return path.pk in actor.proofs or (actor.person_id is not None and actor.person_id == path.person_id)


def _speaks_for_person(actor: Actor, path: Homecoming) -> bool:
    """The person, or staff of the place who pass on what the person said, recorded as such."""
    return is_own(actor, path) or (actor.behalf is not None and actor.holds(HANDLERS, path.territory_code))


add_permission("coming_home.begin", _("tell that one would like to come home"), everyone=True)
add_permission("coming_home.begin_for", _("enter for somebody who would like to come"), *HANDLERS)
add_permission("coming_home.handle", _("go along with somebody who comes home"), *HANDLERS)
add_permission(
    "coming_home.decide_support", _("enter what was decided on support"), *OFFICES,
    reason=_("An office of the township or the county enters what the fund has decided."),
)  # fmt: skip
add_permission(
    "coming_home.take_back", _("take one's interest back"), everyone=True, where=_speaks_for_person,
    reason=_("Only the person takes it back, or staff of the place who write down what the person said."),
)  # fmt: skip
add_permission("coming_home.reveal", _("see name and phone of somebody who comes home"), *HANDLERS)
add_permission("coming_home.keep_gatherings", _("enter gatherings of those away"), *CALLERS)
add_permission("coming_home.remind", _("call a look in that has fallen due"))
add_permission("coming_home.forget", _("erase what was said on a path, a year after it ended"))

add_tick("coming_home.call_cares", 3600, call_cares)
add_tick("coming_home.forget_over", 24 * 3600, forget_over)

NEVER_PRESSED = frozenset({"stay"})


def _fits(path: Homecoming, move: Move) -> bool:
    """What depends on the record beyond its state."""
    if move.name == "look_in":
        return any(care.looked_on is None for care in path.cares.all())
    if move.name == "decide_support":
        return any(support.decided_on is None for support in path.supports.all())
    return move.name not in NEVER_PRESSED


def available_moves(path: Homecoming, by: Actor) -> list[Move]:
    """The moves this actor could make now: the table, the rules and the record."""
    return [
        move for move in MOVES.starting_from(State(path.state)) if _fits(path, move) and may(by, move.permission, path)
    ]
