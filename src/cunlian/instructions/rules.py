"""Who gives instructions, who works on them, who urges. These and the table in states.py together give the buttons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import STAFF, Role
from cunlian.instructions import promises  # noqa: F401  (registers what is owed)
from cunlian.instructions.actions.lapse import lapse_due
from cunlian.instructions.models import Copy
from cunlian.instructions.querysets import GIVERS
from cunlian.instructions.states import MOVES, State
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.moves import Move
from cunlian.kernel.ticks import add_tick

URGERS = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF, Role.COUNTY_LEADER)


def has_post(actor: Actor, obj: object) -> bool:
    """An instruction is given by a post, never by an account."""
    return actor.is_system or actor.post_id is not None


def holds(actor: Actor, copy: Copy) -> bool:
    return copy.post_id in actor.post_ids


def gave(actor: Actor, copy: Copy) -> bool:
    return copy.instruction.giver_id in actor.post_ids


def _may_urge(actor: Actor, copy: Copy) -> bool:
    """Its giver, or an office over the place; never the post that has it."""
    return not holds(actor, copy) and (gave(actor, copy) or actor.holds(URGERS, copy.territory_code))


add_permission(
    "instructions.send", _("give instructions"), *GIVERS, anywhere=True, where=has_post,
    reason=_("Instructions are given from a post of an area, a township or the county."),
)  # fmt: skip
add_permission(
    "instructions.work", _("sign for an instruction, do it, send it back"), *STAFF, anywhere=True, where=holds,
    reason=_("This instruction went to another post."),
)  # fmt: skip
add_permission(
    "instructions.steer", _("decide on an instruction one has given"), *GIVERS, anywhere=True, where=gave,
    reason=_("Only the post that gave the instruction decides this."),
)  # fmt: skip
add_permission(
    "instructions.supervise", _("urge an instruction"), *GIVERS, anywhere=True, where=_may_urge,
    reason=_("Whoever gave it, or an office above the place, urges it, with a reason."),
)  # fmt: skip
add_permission("instructions.lapse", _("end what is past its day"))
add_permission("instructions.set_rule", _("decide how many instructions a village may be given"), Role.COUNTY_STAFF)
add_permission("instructions.keep_programmes", _("keep programmes"), Role.COUNTY_STAFF, Role.TOWNSHIP_STAFF)

add_tick("instructions.lapse", 3600, lapse_due)


def available_moves(copy: Copy, by: Actor) -> list[Move]:
    """The moves this actor could make now. ``lapse`` is made by time."""
    return [
        move
        for move in MOVES.starting_from(State(copy.state))
        if move.name != "lapse" and may(by, move.permission, copy)
    ]
