"""Settling a yearly list: approved on a paper, published, closed. Publishing makes its lines duties."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.actions.duties import end_duty
from cunlian.organisations.actions.gaps import close_gaps
from cunlian.organisations.carried import carry_roles
from cunlian.organisations.models import Duty, ResponsibilityLine, ResponsibilityList
from cunlian.organisations.responsibility.changes import before, changes, first_day
from cunlian.organisations.responsibility.states import MOVES, SETTLE


@transaction.atomic
def approve_list(one: ResponsibilityList, *, by: Actor, paper: str = "") -> ResponsibilityList:
    """The draft is decided, on the paper named when it was drawn up or here."""
    one = lock(one)
    require(by, SETTLE, one)
    paper = paper.strip() or one.paper
    MOVES.check(one, "approve")
    if not paper:
        raise Invalid(_("Name the paper or meeting that decides it, with its number or its day."), field="paper")
    if not one.lines.exists():
        raise Invalid(_("There is no line on the list yet. Add who answers for what first."), field="paper")
    changed = MOVES.apply(one, "approve", paper=paper, approved_on=clock.today())
    log.record(by, "organisations.list_approved", one, changed=changed)
    return one


@transaction.atomic
def reopen_list(one: ResponsibilityList, *, by: Actor) -> ResponsibilityList:
    """Back to the draft before it was published; it must be approved anew."""
    one = lock(one)
    require(by, SETTLE, one)
    changed = MOVES.apply(one, "reopen", approved_on=None)
    log.record(by, "organisations.list_reopened", one, changed=changed)
    return one


def _begin(lines: list[ResponsibilityLine], day: date, by: Actor) -> None:
    """Duties for the lines, with the roles they carry."""
    duties = []
    for line in lines:
        duty = line.as_duty()
        duty.starts_on = day
        require(by, "organisations.assign_duty", duty)
        line.duty = duty
        duties.append(duty)
    Duty.objects.bulk_create(duties)
    ResponsibilityLine.objects.bulk_update(lines, ["duty"], batch_size=500)
    for post in {duty.post for duty in duties if not (duty.household_id or duty.lane_id or duty.group_id)}:
        carry_roles(post)
    for duty in duties:
        log.record(by, "organisations.duty_assigned", duty)


@transaction.atomic
def publish_list(one: ResponsibilityList, *, by: Actor) -> ResponsibilityList:
    """From now on, or from the first day of its year, its lines hold: what runs already goes on as the same duty, what is
    new begins, and what only the list before had ends that day. That list is closed. Gaps it covers close."""
    one = lock(one)
    require(by, SETTLE, one)
    MOVES.check(one, "publish")
    last = before(one)
    if last and last.year > one.year:
        raise Conflict(_("The list of a later year is in force. This one can no longer be published."))
    planned, day = changes(one), first_day(one)
    for line, duty in planned.kept:
        line.duty = duty
    ResponsibilityLine.objects.bulk_update([line for line, _duty in planned.kept], ["duty"], batch_size=500)
    _begin(planned.begins, day, by)
    for duty in planned.ending:
        end_duty(duty, by=by, ends_on=day)
    if last:
        changed = MOVES.apply(last, "close", closed_on=clock.today())
        log.record(by, "organisations.list_closed", last, changed=changed)
    changed = MOVES.apply(one, "publish", published_on=clock.today())
    close_gaps(by=SYSTEM, place=one.place)
    log.record(by, "organisations.list_published", one, changed=changed)
    return one


@transaction.atomic
def close_list(one: ResponsibilityList, *, by: Actor) -> ResponsibilityList:
    """Without a list that follows: nobody answers in this capacity any more, and its duties end today."""
    one = lock(one)
    require(by, SETTLE, one)
    changed = MOVES.apply(one, "close", closed_on=clock.today())
    today = clock.today()
    for duty in Duty.objects.filter(lines__on_list=one).distinct():
        if duty.ends_on is None or duty.ends_on > today:
            end_duty(duty, by=by, ends_on=today)
    log.record(by, "organisations.list_closed", one, changed=changed)
    return one
