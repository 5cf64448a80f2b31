"""Meetings of mentor and mentees: how often, owed when their day has come, noted when they were."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.models import Promise
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import IllegalMove, Invalid
from cunlian.talent.mentoring.actions.cultivation import check_past
from cunlian.talent.mentoring.actions.mentoring import check_rhythm, check_running
from cunlian.talent.mentoring.promises import is_owed, owe, reckon
from cunlian.talent.mentoring.states import MEET, MentoringState
from cunlian.talent.models import Mentoring, MentorMeeting


@transaction.atomic
def note_meeting(one: Mentoring, *, by: Actor, held_on: date, agreed: str) -> MentorMeeting:
    """They met on a day, and agreed on something. That keeps the meeting that is owed, and the next is counted from it."""
    one = lock(one)
    require(by, MEET, one)
    check_running(one)
    check_past(held_on, "held_on")
    if held_on < one.starts_on:
        raise Invalid(_("On this day the mentoring had not begun."), field="held_on")
    if len(agreed.strip()) < 2:
        raise Invalid(_("Write what was agreed."), field="agreed")
    met = MentorMeeting.objects.create(mentoring=one, held_on=held_on, agreed=agreed.strip())
    reckon(one, met)
    log.record(by, "mentoring.meeting_noted", one, changed={"meeting": (None, str(met.pk))})
    return met


@transaction.atomic
def agree_rhythm(one: Mentoring, *, by: Actor, every_months: int) -> Mentoring:
    """The two meet more often or more rarely from now on; a meeting owed by the old rhythm alone is owed no more."""
    one = lock(one)
    require(by, MEET, one)
    check_running(one)
    check_rhythm(every_months)
    changed = change(one, every_months=every_months)
    reckon(one)
    log.record(by, "mentoring.rhythm_agreed", one, changed=changed)
    return one


@transaction.atomic
def call_meeting(one: Mentoring, *, by: Actor = SYSTEM) -> Promise | None:
    """The day has come: the mentor's post, or the one that answers for the village, owes it within ten working days."""
    one = lock(one)
    require(by, "mentoring.remind", one)
    if one.state != MentoringState.RUNNING or is_owed(one):
        raise IllegalMove(_("No meeting has fallen due."))
    if one.meet_next_on is None or one.meet_next_on > clock.today():
        raise IllegalMove(_("No meeting has fallen due."))
    owe(one)
    log.record(by, "mentoring.meeting_due", one)
    return one.promise
