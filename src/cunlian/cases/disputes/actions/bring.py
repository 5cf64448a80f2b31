"""Bringing a dispute to mediation: entered, agreed to by both sides, or refused, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.actions.ended import check_ways, let_go
from cunlian.cases.disputes.models import Dispute, MediationBody, Party, Source
from cunlian.cases.disputes.rules import MODULE
from cunlian.cases.disputes.states import MOVES, State
from cunlian.cases.models import Case
from cunlian.kernel import clock, log, threads
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Organisation
from cunlian.people.actions import note_reporter
from cunlian.people.models import Person
from cunlian.places.models import Level, Place, require_module

Side, How = Party.Side, Party.How


@dataclass(frozen=True)
class Said:
    """Who a side is: a person on file, a unit, or a name and a phone."""

    person: Person | None = None
    organisation: Organisation | None = None
    name: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        return self.person is None and self.organisation is None and not self.name.strip()


def _village_of(place: Place) -> Place:
    return place.parent if place.level == Level.GRID and place.parent else place


def _party(dispute: Dispute, side: str, said: Said) -> Party:
    person = said.person
    if person is None and said.organisation is None:
        try:
            person = note_reporter(by=SYSTEM, place=_village_of(dispute.place), name=said.name, phone=said.phone)
        except Invalid as refusal:
            raise Invalid(refusal.sentence, field=f"{side}_{refusal.field or 'name'}") from None
    return Party.objects.create(dispute=dispute, side=side, person=person, organisation=said.organisation)


def _next_number(body: MediationBody) -> str:
    """``2026-003``: the body's own files of the year, counted under its lock. A dispute is never deleted."""
    year = str(clock.today().year)
    return f"{year}-{body.disputes.filter(number__startswith=f'{year}-').count() + 1:03d}"


def _check(body: MediationBody, place: Place, subject: str, sides: tuple[Said, Said], case: Case | None) -> None:
    if body.ends_on is not None and body.ends_on <= clock.today():
        raise Invalid(_("This mediation body has ended. Choose another one."), field="body")
    if place.level < Level.VILLAGE or not place.code.startswith(body.territory_code):
        raise Invalid(_("This body does not mediate in “%(place)s”. Choose the one of that village.")
                      % {"place": place}, field="body")  # fmt: skip
    require_module(place, MODULE)
    if not subject.strip():
        raise Invalid(_("Please write in one line what it is about."), field="subject")
    for name, side in zip(("a_name", "b_name"), sides, strict=True):
        if side.is_empty:
            raise Invalid(_("Please say who this side is."), field=name)
    if case is not None and case.confidential:
        raise Invalid(_("A complaint about service is not mediated. It goes its own way."), field="case")


def _check_sides(parties: list[Party]) -> None:
    one, other = parties
    same_person = one.person_id is not None and one.person_id == other.person_id
    if same_person or (one.organisation_id is not None and one.organisation_id == other.organisation_id):
        raise Invalid(_("Both sides are the same. A dispute has two."), field="b_name")


@transaction.atomic
def open_dispute(
    *,
    by: Actor,
    body: MediationBody,
    place: Place,
    dispute_kind: str,
    subject: str,
    side_a: Said,
    side_b: Said,
    source: str = Source.APPLIED,
    how: str = How.IN_PERSON,
    case: Case | None = None,
    key: UUID | None = None,
) -> Dispute:
    """A dispute before a body. Whoever asks for it (side a) agrees by asking, ``how`` says in what way; the other side is
    asked. ``case``: the request it came of. ``key`` made by the form makes a second press harmless."""
    require(by, "disputes.open", place)
    if case is not None:
        require(by, "cases.comment", case)
    body, key = lock(body), key or uuid7()
    if known := Dispute.objects.filter(pk=key).first():
        if known.subject != subject.strip() or known.body_id != body.pk:
            raise Conflict(_("This form was sent before with other words. Open a new form for another dispute."))
        return known
    _check(body, place, subject, (side_a, side_b), case)
    applied = source == Source.APPLIED
    dispute = Dispute.objects.create(
        id=key, number=_next_number(body), body=body, case=case, place=place, dispute_kind=dispute_kind,
        subject=subject.strip(), source=source, state=State.APPLIED if applied else State.FOUND,
        applied_at=clock.now(),
    )  # fmt: skip
    parties = [_party(dispute, Side.A, side_a), _party(dispute, Side.B, side_b)]
    _check_sides(parties)
    if applied:
        change(parties[0], consented_at=clock.now(), consented_how=how)
    if case is not None:
        threads.link(case, dispute, "mediated")
    log.record(by, "disputes.applied" if applied else "disputes.found", dispute)
    return dispute


@transaction.atomic
def note_consent(dispute: Dispute, *, by: Actor, side: str, how: str) -> Dispute:
    """One side agrees to mediation. With the consent of both it can begin (人民调解法 Art. 17)."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    MOVES.check(dispute, "note_consent")
    party = dispute.parties.get(side=side)
    if party.consented_at is not None:
        raise Conflict(_("The consent of this side is noted already."), field="side")
    change(party, consented_at=clock.now(), consented_how=how)
    changed = {}
    if not dispute.parties.filter(consented_at=None).exists():
        changed = MOVES.apply(dispute, "consent")
    log.record(by, "disputes.consent_noted", dispute, changed=changed)
    return dispute


@transaction.atomic
def refuse_mediation(dispute: Dispute, *, by: Actor, side: str, ways: Sequence[str]) -> Dispute:
    """A side does not want mediation, or no more: it ends at once, and both are told the other ways (Art. 17, 23, 26)."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    MOVES.check(dispute, "refuse")
    told = check_ways(ways)
    change(dispute.parties.get(side=side), refused_at=clock.now())
    changed = MOVES.apply(dispute, "refuse", ended_at=clock.now(), told_ways=told)
    let_go(dispute, "refused")
    log.record(by, "disputes.refused", dispute, changed=changed)
    return dispute


@transaction.atomic
def withdraw_dispute(dispute: Dispute, *, by: Actor) -> Dispute:
    """The side that asked takes it back, or they have settled it among themselves."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    changed = MOVES.apply(dispute, "withdraw", ended_at=clock.now())
    let_go(dispute, "withdrawn")
    log.record(by, "disputes.withdrawn", dispute, changed=changed)
    return dispute
