"""Mentoring: one mentor, one or more mentees, a result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Post
from cunlian.people.models import Person
from cunlian.places.models import Place, require_module
from cunlian.talent import basis
from cunlian.talent.mentoring.actions.cultivation import check_person
from cunlian.talent.mentoring.promises import let_go, reckon
from cunlian.talent.mentoring.rhythm import MOST_MONTHS, next_meeting
from cunlian.talent.mentoring.states import KEEP, MENTORING_MOVES, MentoringState
from cunlian.talent.mentoring.usual import usual_rhythm
from cunlian.talent.models import Mentee, Mentoring, MentoringKind
from cunlian.talent.rules import MODULE


def _mentee(one: Mentoring, person: Person, joined_on: date) -> Mentee:
    check_person(person)
    if one.mentor_person_id == person.pk or (one.mentor_post and basis.post_of(person) == one.mentor_post):
        raise Invalid(_("Nobody mentors themself."), field="person")
    return Mentee(mentoring=one, person=person, joined_on=joined_on, by_consent=basis.by_consent(person))


def _check_mentoring(one: Mentoring) -> None:
    if one.mentoring_kind not in MentoringKind.values:
        raise Invalid(_("Please choose what the mentoring is for."), field="mentoring_kind")
    if len([mentor for mentor in (one.mentor_post, one.mentor_person, one.expert) if mentor]) != 1:
        raise Invalid(
            _("Name one mentor: a post, a person of the register, or an outside expert."), field="mentor_post"
        )
    if len(one.goals) < 2:
        raise Invalid(_("Write what is to be reached."), field="goals")
    if one.ends_on < one.starts_on:
        raise Invalid(_("The term cannot end before it begins."), field="ends_on")
    check_rhythm(one.every_months)


def check_rhythm(every_months: int) -> None:
    if not 1 <= every_months <= MOST_MONTHS:
        raise Invalid(_("Write a number of months between 1 and 12."), field="every_months")


@transaction.atomic
def begin_mentoring(
    *, by: Actor, place: Place, mentoring_kind: str, goals: str, starts_on: date, ends_on: date, mentees: Sequence[Person],
    mentor_post: Post | None = None, mentor_person: Person | None = None, expert: str = "",
    every_months: int | None = None,
) -> Mentoring:  # fmt: skip
    """One mentor for one or more persons, from a day until a day, who meet every so many months: as they agreed, else as
    is usual in the county."""
    every_months = usual_rhythm().every_months if every_months is None else every_months
    one = Mentoring(
        place=place, mentoring_kind=mentoring_kind, goals=goals.strip(), starts_on=starts_on, ends_on=ends_on,
        mentor_post=mentor_post, mentor_person=mentor_person, expert=expert.strip(),
        every_months=every_months, meet_next_on=next_meeting(starts_on, every_months, ends_on),
    )  # fmt: skip
    require(by, KEEP, one)
    require_module(place, MODULE)
    _check_mentoring(one)
    if mentor_person:
        check_person(mentor_person)
        one.by_consent = basis.by_consent(mentor_person, field="mentor_person")
    rows = [_mentee(one, person, starts_on) for person in {person.pk: person for person in mentees}.values()]
    if not rows:
        raise Invalid(_("Choose at least one person who is mentored."), field="mentees")
    one.save(force_insert=True)
    Mentee.objects.bulk_create(rows)
    log.record(by, "mentoring.mentoring_begun", one, changed={"mentees": (0, len(rows))})
    return one


def check_running(one: Mentoring) -> None:
    if one.state != MentoringState.RUNNING:
        raise Conflict(_("This mentoring has ended. Begin a new one."))


@transaction.atomic
def add_mentee(one: Mentoring, *, by: Actor, person: Person) -> Mentee:
    """One more: one-to-one becomes one-to-many."""
    one = lock(one)
    require(by, KEEP, one)
    check_running(one)
    if one.mentees.filter(person=person).exists():
        raise Conflict(_("They are mentored here already."), field="person")
    row = _mentee(one, person, clock.today())
    row.save(force_insert=True)
    reckon(one)
    log.record(by, "mentoring.mentee_added", one, changed={"mentee": (None, str(row.pk))})
    return row


@transaction.atomic
def complete_mentoring(one: Mentoring, *, by: Actor, result: str) -> Mentoring:
    """The term is over or the goals are reached; ``result`` says what came of them."""
    one = lock(one)
    require(by, KEEP, one)
    MENTORING_MOVES.check(one, "complete")
    if len(result.strip()) < 2:
        raise Invalid(_("Write what came of the goals."), field="result")
    changed = MENTORING_MOVES.apply(one, "complete", result=result.strip(), ended_on=clock.today(), meet_next_on=None)
    let_go(one, "ended")
    log.record(by, "mentoring.mentoring_completed", one, changed=changed)
    return one


@transaction.atomic
def break_off(one: Mentoring, *, by: Actor, result: str = "", reason: str = "ended") -> Mentoring:
    """It ends before its goals are reached. No reason need be given; it counts against nobody. ``reason``: why no meeting is
    owed any more."""
    one = lock(one)
    require(by, KEEP, one)
    changed = MENTORING_MOVES.apply(one, "break_off", result=result.strip(), ended_on=clock.today(), meet_next_on=None)
    let_go(one, reason)
    log.record(by, "mentoring.mentoring_broken_off", one, changed=changed | {"reason": (None, reason)})
    return one
