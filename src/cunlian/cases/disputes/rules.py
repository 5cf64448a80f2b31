"""Who may do what in mediation. What is said there is the mediators' alone (人民调解法 Art. 15)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.cases.disputes import holdings, lines  # noqa: F401  (register what is told, and how a thread reads)
from cunlian.cases.disputes.models import (
    Agreement,
    BodyMember,
    Dispute,
    MediationNote,
    MediationSession,
    Party,
)
from cunlian.cases.disputes.querysets import MEMBERS
from cunlian.cases.disputes.states import MOVES, State
from cunlian.cases.querysets import OFFICES
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.moves import Move
from cunlian.kernel.promises import add_promise_kind
from cunlian.places.modules import add_module

MEDIATE = "disputes.mediate"
CHECK = "disputes.check_performance"
MODULE = "disputes"
OPENERS = (*sorted(MEMBERS), *OFFICES)

add_module(MODULE, _("Disputes"))

add_promise_kind(MEDIATE, _("Mediation of a dispute"), ladder=(0, 5))
add_promise_kind(CHECK, _("Check whether an agreement is performed"), ladder=(0, 5))


def is_inside(actor: Actor, dispute: Dispute) -> bool:
    """Mediates it, and is no party to it."""
    return Dispute.objects.inside_of(actor).filter(pk=dispute.pk).exists()


def may_read(actor: Actor, dispute: Dispute) -> bool:
    return Dispute.objects.readable_by(actor).filter(pk=dispute.pk).exists()


def _not_oneself(actor: Actor, member: BodyMember) -> bool:
    """Nobody gives themself a seat from which mediation files are read."""
    mine = member.post_id is not None and member.post_id in actor.post_ids
    return not mine and (member.person_id is None or member.person_id != actor.person_id)


_NOT_MEDIATOR = _("Only the mediators of its body work on this dispute. Ask the head of the mediation body.")

add_permission("disputes.open", _("bring a dispute to mediation"), *OPENERS)
add_permission(
    "disputes.read", _("read what a dispute is about"), *MEMBERS, Role.AUDITOR, anywhere=True, where=may_read,
    reason=_("What is said in mediation stays with the mediators (People's Mediation Law, Art. 15)."),
)  # fmt: skip
add_permission("disputes.handle", _("mediate"), *MEMBERS, anywhere=True, where=is_inside, reason=_NOT_MEDIATOR)
add_permission(
    "disputes.note", _("write and read confidential notes"), *MEMBERS, anywhere=True, where=is_inside,
    reason=_NOT_MEDIATOR,
)  # fmt: skip
add_permission("disputes.keep_bodies", _("keep mediation bodies"), Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
add_permission(
    "disputes.keep_members", _("keep the members of mediation bodies"), Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF,
    where=_not_oneself, reason=_("Nobody enters themself as a mediator. Let a colleague do it."),
)  # fmt: skip
add_permission("disputes.set_deadlines", _("decide how long mediation may take"), Role.COUNTY_STAFF)


def available_moves(dispute: Dispute, by: Actor) -> list[Move]:
    """The moves this actor could make now. ``consent`` is made by the consent of the second side."""
    return [
        move
        for move in MOVES.starting_from(State(dispute.state))
        if move.name != "consent" and may(by, move.permission, dispute)
    ]


def forget_disputes(person_id: UUID) -> int:
    """Nothing stays that tells who somebody was: the subject, the words of sessions and the terms name both sides, so they
    go whole, and with them every note of the dispute. Number, state and days stay: they are the body's own record."""
    touched = 0
    sides = Party.objects.filter(person_id=person_id)
    keys = list(sides.values_list("dispute_id", flat=True))
    touched += MediationNote.objects.filter(party__dispute__in=keys).delete()[0]
    touched += MediationSession.objects.filter(dispute__in=keys).exclude(outcome=b"", place_text="").update(
        outcome=b"", place_text=""
    )  # fmt: skip
    touched += Agreement.objects.filter(dispute__in=keys).exclude(terms="").update(terms="")
    touched += Dispute.objects.filter(pk__in=keys).exclude(subject="").update(subject="")
    touched += sides.update(person=None)
    return touched + BodyMember.objects.filter(Q(person_id=person_id)).update(person=None)


add_eraser("disputes.parties", forget_disputes)
