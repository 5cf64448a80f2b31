"""Raising one's schooling: won over, enrolled, graduated or left."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people.models import Person
from cunlian.places.models import Place, require_module
from cunlian.talent import basis
from cunlian.talent.mentoring.actions.cultivation import check_past, check_person
from cunlian.talent.mentoring.states import KEEP, STUDY_MOVES
from cunlian.talent.models import EducationUpgrade, Programme
from cunlian.talent.rules import MODULE


@transaction.atomic
def win_over(
    person: Person, *, by: Actor, place: Place, programme: str, won_on: date, school: str = ""
) -> EducationUpgrade:  # fmt: skip
    """Somebody means to raise their schooling; the school may be named later."""
    row = EducationUpgrade(person=person, place=place, programme=programme, school=school.strip(), won_on=won_on)
    require(by, KEEP, row)
    require_module(place, MODULE)
    if programme not in Programme.values:
        raise Invalid(_("Please choose the programme."), field="programme")
    check_person(person)
    check_past(won_on, "won_on")
    if EducationUpgrade.objects.filter(person=person, programme=programme, ended_on=None).exists():
        raise Conflict(_("They are entered for this programme already."), field="programme")
    row.by_consent = basis.by_consent(person)
    row.save(force_insert=True)
    log.record(by, "mentoring.won_over", row)
    return row


@transaction.atomic
def enrol(row: EducationUpgrade, *, by: Actor, starts_on: date, until: date, school: str = "") -> EducationUpgrade:
    """At which school, from when until when."""
    row = lock(row)
    require(by, KEEP, row)
    STUDY_MOVES.check(row, "enrol")
    school = school.strip() or row.school
    if not school:
        raise Invalid(_("Name the school."), field="school")
    if until < starts_on:
        raise Invalid(_("It cannot end before it begins."), field="until")
    changed = STUDY_MOVES.apply(row, "enrol", school=school, starts_on=starts_on, until=until)
    log.record(by, "mentoring.enrolled", row, changed=changed)
    return row


@transaction.atomic
def graduate(row: EducationUpgrade, *, by: Actor, ended_on: date | None = None) -> EducationUpgrade:
    row = lock(row)
    require(by, KEEP, row)
    day = ended_on or clock.today()
    STUDY_MOVES.check(row, "graduate")
    check_past(day, "ended_on")
    changed = STUDY_MOVES.apply(row, "graduate", ended_on=day)
    log.record(by, "mentoring.graduated", row, changed=changed)
    return row


@transaction.atomic
def leave_studies(row: EducationUpgrade, *, by: Actor, ended_on: date | None = None) -> EducationUpgrade:
    """Without finishing. No reason is asked."""
    row = lock(row)
    require(by, KEEP, row)
    day = ended_on or clock.today()
    STUDY_MOVES.check(row, "leave")
    check_past(day, "ended_on")
    changed = STUDY_MOVES.apply(row, "leave", ended_on=day)
    log.record(by, "mentoring.study_left", row, changed=changed)
    return row
