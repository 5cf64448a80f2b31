"""Mediating: a mediator is named, sessions are held, notes are kept, and it may end without agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.actions.ended import check_ways
from cunlian.cases.disputes.deadlines import deadlines
from cunlian.cases.disputes.models import BodyMember, Dispute, MediationNote, MediationSession
from cunlian.cases.disputes.rules import MEDIATE
from cunlian.cases.disputes.states import MOVES
from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.secrets import encrypt
from cunlian.organisations.models import Post, Posting
from cunlian.people.actions import reveal_contact
from cunlian.people.contact import Contact


def _check_mediator(dispute: Dispute, post: Post) -> None:
    """A post of the body's, whose holder is neither side, in person or by the unit."""
    today = clock.today()
    if not BodyMember.objects.on(today).filter(body=dispute.body_id, post=post).exists():
        raise Invalid(_("Choose a post that sits in this mediation body."), field="mediator")
    holders = Posting.objects.on(today).filter(post=post).values_list("person_id", flat=True)
    parties = dispute.parties.all()
    units = {party.organisation_id for party in parties}
    if {party.person_id for party in parties} & set(holders) or post.organisation_id in units:
        raise Invalid(_("This mediator is a side in the dispute. Choose another one."), field="mediator")


@transaction.atomic
def accept_dispute(dispute: Dispute, *, by: Actor, mediator: Post) -> Dispute:
    """Taken on, by a mediator the sides accept (人民调解法 Art. 19). The days run from here."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    MOVES.check(dispute, "accept")
    _check_mediator(dispute, mediator)
    promise = promises.make(MEDIATE, about=dispute, owner_id=mediator.pk, working_days=deadlines().mediate_days)
    changed = MOVES.apply(dispute, "accept", mediator=mediator, accepted_at=clock.now(), promise=promise)
    log.record(by, "disputes.accepted", dispute, changed=changed)
    return dispute


@transaction.atomic
def reassign_dispute(dispute: Dispute, *, by: Actor, mediator: Post) -> Dispute:
    """Another mediator goes on with it, by the same day."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    MOVES.check(dispute, "reassign")
    if mediator.pk == dispute.mediator_id:
        raise Invalid(_("This mediator has it already. Choose another one."), field="mediator")
    _check_mediator(dispute, mediator)
    changed = change(dispute, mediator=mediator)
    for promise in (dispute.promise, dispute.check_promise):
        if promise and promise.settled_at is None:
            promises.transfer(promise, mediator.pk)
    log.record(by, "disputes.reassigned", dispute, changed=changed)
    return dispute


@transaction.atomic
def hold_session(
    dispute: Dispute,
    *,
    by: Actor,
    held_on: date,
    present_a: int,
    present_b: int,
    place_text: str = "",
    outcome: str = "",
) -> MediationSession:
    """A session with the two sides, or with one of them when they cannot sit together."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    MOVES.check(dispute, "hold_session")
    if held_on > clock.today() or (dispute.accepted_at and held_on < clock.day_of(dispute.accepted_at)):
        raise Invalid(_("The day lies between the day it was taken on and today."), field="held_on")
    if present_a + present_b < 1:
        raise Invalid(_("Somebody of at least one side was there. Enter how many."), field="present_a")
    session = MediationSession.objects.create(
        dispute=dispute, held_on=held_on, place_text=place_text.strip(), present_a=present_a, present_b=present_b,
        outcome=encrypt(outcome.strip()) if outcome.strip() else b"", post_id=by.post_id,
    )  # fmt: skip
    changed = MOVES.apply(dispute, "hold_session")
    log.record(by, "disputes.session_held", dispute, changed=changed | {"session": (None, session.pk)})
    return session


@transaction.atomic
def add_note(dispute: Dispute, *, by: Actor, side: str, text: str) -> MediationNote:
    """What one side told the mediators alone. The log knows that a note was written, not of which side."""
    dispute = lock(dispute)
    require(by, "disputes.note", dispute)
    MOVES.check(dispute, "note")
    if not text.strip():
        raise Invalid(_("Please write the note."), field="text")
    note = MediationNote.objects.create(
        party=dispute.parties.get(side=side), text=encrypt(text.strip()), post_id=by.post_id, written_at=clock.now()
    )
    log.record(by, "disputes.noted", dispute)
    return note


@transaction.atomic
def fail_dispute(dispute: Dispute, *, by: Actor, ways: Sequence[str]) -> Dispute:
    """No agreement: mediation ends and both sides are told the other ways open to them (Art. 26)."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    MOVES.check(dispute, "fail")
    told = check_ways(ways)
    changed = MOVES.apply(dispute, "fail", ended_at=clock.now(), told_ways=told)
    if dispute.promise:
        # To mediate was promised, not to succeed.
        promises.keep(dispute.promise, dispute)
    log.record(by, "disputes.failed", dispute, changed=changed)
    return dispute


@transaction.atomic
def reveal_party(dispute: Dispute, *, by: Actor, side: str, purpose: str) -> Contact:
    """Full name and phone of a side, for the mediators. The look is logged and the person sees it."""
    require(by, "disputes.handle", dispute)
    party = dispute.parties.select_related("person__place", "person__household").get(side=side)
    if party.person is None:
        raise Invalid(_("This side is a unit. Its office phone stands on its page."))
    return reveal_contact(party.person, by=by, purpose=purpose, about=dispute)
