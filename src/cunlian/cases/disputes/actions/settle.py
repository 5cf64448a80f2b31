"""The agreement and what becomes of it: performed, breached, confirmed by a court."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.deadlines import deadlines
from cunlian.cases.disputes.models import Agreement, Dispute
from cunlian.cases.disputes.rules import CHECK
from cunlian.cases.disputes.states import MOVES
from cunlian.kernel import clock, days, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Promise
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid

COURT_LAW = _("People's Mediation Law, Art. 33")


def _promise_check(dispute: Dispute, agreement: Agreement) -> Promise:
    due = max(agreement.due_on or agreement.effective_on, clock.today())
    days = clock.working_days_between(clock.today(), due) + deadlines().check_days
    return promises.make(CHECK, about=dispute, owner_id=dispute.mediator_id, working_days=days)


def _check_days(dispute: Dispute, effective_on: date, due_on: date | None) -> None:
    began = clock.day_of(dispute.accepted_at) if dispute.accepted_at else effective_on
    if not began <= effective_on <= clock.today():
        raise Invalid(_("It took effect on the day both sides agreed: not before it was taken on, and not after today."),
                      field="effective_on")  # fmt: skip
    if due_on is not None and due_on < effective_on:
        raise Invalid(_("The day of performance cannot lie before the agreement."), field="due_on")


@transaction.atomic
def agree_dispute(
    dispute: Dispute,
    *,
    by: Actor,
    form: str,
    terms: str,
    effective_on: date,
    due_on: date | None = None,
) -> Agreement:
    """Both sides agree. A word given counts as much as a paper (人民调解法 Art. 28–31). Somebody checks that it is kept."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    MOVES.check(dispute, "agree")
    if not terms.strip():
        raise Invalid(_("Write down what both agreed on, also when it was by word of mouth."), field="terms")
    _check_days(dispute, effective_on, due_on)
    agreement = Agreement.objects.create(
        dispute=dispute, form=form, terms=terms.strip(), effective_on=effective_on, due_on=due_on
    )
    changed = MOVES.apply(dispute, "agree", agreed_at=clock.now(), check_promise=_promise_check(dispute, agreement))
    if dispute.promise:
        promises.keep(dispute.promise, agreement)
    log.record(by, "disputes.agreed", dispute, changed=changed)
    return agreement


def _checked(dispute: Dispute) -> None:
    """Somebody asked: the promise to check is kept, whatever the answer."""
    if dispute.check_promise and dispute.check_promise.settled_at is None:
        promises.keep(dispute.check_promise, dispute)


@transaction.atomic
def perform_dispute(dispute: Dispute, *, by: Actor) -> Dispute:
    """The mediator asked both sides: what was agreed is done."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    changed = MOVES.apply(dispute, "perform", performed_at=clock.now(), ended_at=clock.now())
    _checked(dispute)
    log.record(by, "disputes.performed", dispute, changed=changed)
    return dispute


@transaction.atomic
def breach_dispute(dispute: Dispute, *, by: Actor) -> Dispute:
    """It is not done. The body urges; either side may go to court over it (Art. 31, 32)."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    changed = MOVES.apply(dispute, "breach")
    _checked(dispute)
    log.record(by, "disputes.breached", dispute, changed=changed)
    return dispute


@transaction.atomic
def confirm_dispute(dispute: Dispute, *, by: Actor, applied_on: date, confirmed_on: date, number: str) -> Dispute:
    """A court confirmed the agreement. Both sides had to ask it together within 30 days of its taking effect."""
    dispute = lock(dispute)
    require(by, "disputes.handle", dispute)
    MOVES.check(dispute, "confirm")
    agreement = dispute.agreement
    if agreement.court_confirmed_on is not None:
        raise Conflict(
            _("The court has confirmed it already, on %(day)s.") % {"day": days.day(agreement.court_confirmed_on)}
        )
    if not agreement.effective_on <= applied_on <= agreement.court_until:
        raise Invalid(
            _("Both sides may ask the court together until %(day)s, 30 days after the agreement took effect.")
            % {"day": days.day(agreement.court_until)},
            field="applied_on",
            rule=COURT_LAW,
        )
    if not applied_on <= confirmed_on <= clock.today():
        raise Invalid(_("The court decided after it was asked, and not after today."), field="confirmed_on")
    if not number.strip():
        raise Invalid(_("Enter the number of the court's decision."), field="number")
    change(agreement, court_applied_on=applied_on, court_confirmed_on=confirmed_on, court_number=number.strip())
    changed = MOVES.apply(dispute, "confirm")
    log.record(by, "disputes.confirmed", dispute, changed=changed)
    return dispute
