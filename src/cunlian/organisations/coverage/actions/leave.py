"""A holder is away, and is back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.actions import close_gaps
from cunlian.organisations.models import Leave, Posting
from cunlian.organisations.period import check_dates


@transaction.atomic
def enter_leave(posting: Posting, *, by: Actor, starts_on: date, ends_on: date) -> Leave:
    """The holder is away from a day to a day (exclusive). No reason is asked. Until somebody stands in, what
    comes in goes to the next up the chain, and the radar says so."""
    posting = lock(posting)
    require(by, "organisations.enter_leave", posting)
    check_dates(starts_on, ends_on)
    if posting.ends_on and posting.ends_on <= starts_on:
        raise Invalid(_("The posting has ended by then."), field="starts_on")
    if Leave.objects.filter(posting=posting, starts_on__lt=ends_on, ends_on__gt=starts_on).exists():
        raise Conflict(_("A leave is entered for some of these days already."), field="starts_on")
    leave = Leave.objects.create(posting=posting, starts_on=starts_on, ends_on=ends_on)
    log.record(by, "organisations.leave_entered", leave)
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, by: Actor) -> None:
    """The holder is back today. A leave that never began is taken out."""
    leave = lock(leave)
    require(by, "organisations.end_leave", leave)
    today = clock.today()
    if leave.ends_on <= today:
        raise Invalid(_("This leave is over already."))
    log.record(by, "organisations.leave_ended", leave, changed={"ends_on": (leave.ends_on, today)})
    if leave.starts_on < today:
        change(leave, ends_on=today)
    else:
        leave.delete()
    close_gaps(by=SYSTEM, place=leave.posting.post.place)
