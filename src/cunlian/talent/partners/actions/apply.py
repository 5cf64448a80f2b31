"""Answering a call, taking it back, and how what was sent goes again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Organisation, OrganisationKind
from cunlian.people.models import Person
from cunlian.talent.models import Application, ComesFrom, PartnerCall
from cunlian.talent.partners.forgetting import blank
from cunlian.talent.partners.promises import ANSWER, ANSWER_DAYS, let_go
from cunlian.talent.partners.states import APPLICATION_MOVES, CallState
from cunlian.talent.taking import Told, how_agreed, speaks_alone, unused_receipt, who


def _check(call: PartnerCall, offer: str, comes_from: str, unit_name: str, institute: Organisation | None) -> None:
    if call.state != CallState.OPEN or call.open_until < clock.today():
        raise Invalid(_("This call is closed. Look for one that is open."))
    if not offer.strip():
        raise Invalid(_("Please write in a sentence what you would bring."), field="offer")
    if comes_from not in ComesFrom:
        raise Invalid(_("Please say where you come from."), field="comes_from")
    if comes_from == ComesFrom.INSTITUTE and not (unit_name.strip() or institute):
        raise Invalid(_("Please write the college or the institute."), field="unit_name")
    if institute is not None and institute.organisation_kind != OrganisationKind.INSTITUTE:
        raise Invalid(_("Choose a college or research institute."), field="institute")


@transaction.atomic
def apply(
    call: PartnerCall,
    *,
    by: Actor,
    offer: str,
    comes_from: str,
    told: Told,
    unit_name: str = "",
    institute: Organisation | None = None,
    person: Person | None = None,
    key: UUID | None = None,
) -> Application:
    """An application with its receipt; the first reviewer owes the answer within twenty working days. Anybody may send
    one, without an account or through a helper. ``key`` made by the form makes a second press harmless."""
    call = lock(call)
    require(by, "partners.apply" if speaks_alone(by) else "partners.apply_for", call)
    _check(call, offer, comes_from, unit_name, institute)
    agreed, key = how_agreed(by, told), key or uuid7()
    if known := Application.objects.filter(pk=key).first():
        if known.offer != offer.strip() or known.call_id != call.pk:
            raise Conflict(_("This form was sent before with other words. Open a new form."))
        return known
    sent = Application.objects.create(
        id=key, receipt=unused_receipt(Application), call=call, person=who(told, person, call.place), comes_from=comes_from,
        institute=institute, unit_name=unit_name.strip() or (institute.name if institute else ""), offer=offer.strip(),
        contact_note=told.contact_note.strip(), language=told.language, agreed_how=agreed, agreed_at=clock.now(),
        sent_at=clock.now(),
    )  # fmt: skip
    first = call.reviewers.first()
    owner = first.post_id if first else None
    change(sent, promise=promises.make(ANSWER, about=sent, owner_id=owner, working_days=ANSWER_DAYS))
    log.record(by, "partners.applied" if by.behalf is None else "partners.applied_for", sent)
    return sent


@transaction.atomic
def withdraw(application: Application, *, by: Actor) -> Application:
    """Taken back by the person, without a reason: name and words are erased at once."""
    application = lock(application)
    require(by, "partners.withdraw", application)
    let_go(application, "withdrawn")
    changed = APPLICATION_MOVES.apply(application, "withdraw", decided_at=clock.now())
    blank(application)
    log.record(by, "partners.application_withdrawn", application, changed=changed)
    return application


@transaction.atomic
def forget_application(application: Application, *, by: Actor = SYSTEM) -> Application:
    """One that was not taken tells no longer who it was."""
    application = lock(application)
    require(by, "partners.forget", application)
    if application.forgotten_at is not None:
        raise Conflict(_("This is erased already."))
    changed = blank(application)
    log.record(by, "partners.application_forgotten", application, changed=changed)
    return application
