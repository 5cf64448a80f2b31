"""Who keeps calls, who reviews, who keeps agreements. These and the tables in states.py together give the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import STAFF, Role
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.moves import Move
from cunlian.kernel.ticks import add_tick
from cunlian.talent.partners import forgetting, lines, promises  # noqa: F401  (register what is owed, told and erased)
from cunlian.talent.partners.seats import seat_of
from cunlian.talent.partners.states import (
    APPLICATION_MOVES,
    CALL_MOVES,
    PARTNERSHIP_MOVES,
    ApplicationState,
    CallState,
    PartnershipState,
)
from cunlian.talent.partners.sweep import forget_over

if TYPE_CHECKING:
    from cunlian.talent.models import Application, PartnerCall, Partnership

CALLERS = (Role.VILLAGE_CADRE, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)


def _reviews(actor: Actor, application: Application) -> bool:
    return seat_of(actor, application) is not None


def is_own(actor: Actor, application: Application) -> bool:
    """The applicant, by account or by receipt."""
    return application.pk in actor.proofs or (actor.person_id is not None and actor.person_id == application.person_id)


def _speaks_for_person(actor: Actor, application: Application) -> bool:
    """The applicant, or a reviewer who writes down what the applicant said, recorded as such."""
    return is_own(actor, application) or (actor.behalf is not None and _reviews(actor, application))


add_permission("partners.keep_calls", _("draw up, publish and close calls for partners"), *CALLERS)
add_permission("partners.apply", _("apply as a partner"), everyone=True)
add_permission("partners.apply_for", _("enter an application for somebody"), *CALLERS, Role.SOCIAL_WORKER)
add_permission(
    "partners.review", _("review applications of a call"), *sorted(STAFF), anywhere=True, where=_reviews,
    reason=_("Only the posts named as reviewers of this call, without a conflict of interest, do this."),
)  # fmt: skip
add_permission(
    "partners.withdraw", _("withdraw one's application"), everyone=True, where=_speaks_for_person,
    reason=_("Only the person withdraws it, or a reviewer who writes down what the person said."),
)  # fmt: skip
add_permission("partners.keep", _("keep agreements with partners"), *CALLERS)
add_permission("partners.keep_exchange", _("enter research results and teaching bases"), *CALLERS)
add_permission("partners.forget", _("erase who an application was of, half a year after it was not taken"))

add_tick("partners.forget_over", 24 * 3600, forget_over)


def call_moves(call: PartnerCall, by: Actor) -> list[Move]:
    return [move for move in CALL_MOVES.starting_from(CallState(call.state)) if may(by, move.permission, call)]


def application_moves(application: Application, by: Actor) -> list[Move]:
    """The moves this actor could make now. Whoever has said their word does not say it twice."""
    seat = seat_of(by, application)
    spoken = seat is not None and application.reviews.filter(post=seat.post_id).exists()
    once = {"give_word", "declare_conflict"} if spoken else set()
    return [
        move
        for move in APPLICATION_MOVES.starting_from(ApplicationState(application.state))
        if move.name not in once and may(by, move.permission, application)
    ]


def partnership_moves(agreement: Partnership, by: Actor) -> list[Move]:
    state = PartnershipState(agreement.state)
    return [move for move in PARTNERSHIP_MOVES.starting_from(state) if may(by, move.permission, agreement)]
