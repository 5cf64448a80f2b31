"""Who keeps the register of skills, answers for an entry, searches it and sets up advisory groups."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import STAFF, Role
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.moves import Move
from cunlian.kernel.ticks import add_tick
from cunlian.people.consent.rules import speaks_for
from cunlian.people.models import Person
from cunlian.talent.models import TalentEntry
from cunlian.talent.register import holdings, promises  # noqa: F401  (register what is told, how it goes and moves, what is owed)
from cunlian.talent.register.querysets import KEEPERS, OFFICES
from cunlian.talent.register.states import ANSWER, CONFIRM, MOVES, State
from cunlian.talent.register.sweep import keep_fresh


def speaks_for_entry(actor: Actor, entry: TalentEntry) -> bool:
    """The person themself, or whoever keeps the register there and passes on what the person wants."""
    return speaks_for(actor, entry.person)


def may_enter(actor: Actor, person: Person) -> bool:
    """Also whoever has no account: what they enter waits until the person's consent is on record."""
    return actor.kind == "anonymous" or (actor.kind == "user" and not actor.holds(STAFF)) or speaks_for(actor, person)


def _not_ones_own(actor: Actor, entry: TalentEntry | None) -> bool:
    return entry is None or actor.person_id is None or actor.person_id != entry.person_id


_NOT_YOURS = _(
    "Only the person decides this, or whoever keeps the register at the place writes down what the person wants."
)

add_permission("talent.keep_skills", _("keep the tree of skills"), Role.COUNTY_STAFF)
add_permission("talent.enter", _("enter skills"), everyone=True, where=may_enter, reason=_NOT_YOURS)
add_permission("talent.recommend", _("recommend somebody for the register of skills"), everyone=True, where=may_enter)
add_permission(ANSWER, _("agree to or decline an entry"), everyone=True, where=speaks_for_entry, reason=_NOT_YOURS)
add_permission("talent.change", _("change an entry's skills"), everyone=True, where=speaks_for_entry, reason=_NOT_YOURS)
add_permission(CONFIRM, _("say that an entry still holds"), everyone=True, where=speaks_for_entry, reason=_NOT_YOURS)
add_permission(
    "talent.verify", _("verify skills"), *KEEPERS, where=_not_ones_own,
    reason=_("Skills are verified by staff of the place, and nobody verifies their own."),
)  # fmt: skip
# Only time does.
add_permission("talent.rest", _("let an unconfirmed entry rest"))
# The flow by which a person leaves, and time, do.
add_permission("talent.let_go", _("end what is owed about the entry of somebody who left"))
add_permission("talent.hand_on", _("hand what is owed about an entry to another village"))
# Around a village, so by who works for one or more of them.
add_permission(
    "talent.search", _("search for people with skills"), *(role for role in KEEPERS if role != Role.GRID_WORKER)
)
add_permission("talent.open", _("see name and phone of an entry"), *KEEPERS)
add_permission("talent.keep_groups", _("set up advisory groups"), Role.AREA_STAFF, *OFFICES)

add_tick("talent.keep_fresh", 3600, keep_fresh)


def available_moves(entry: TalentEntry, by: Actor) -> list[Move]:
    """The moves this actor could make now. Letting it rest is made by time alone."""
    return [
        move
        for move in MOVES.starting_from(State(entry.state))
        if move.name != "rest" and may(by, move.permission, entry)
    ]
