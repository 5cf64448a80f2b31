"""Somebody who leaves the register of residents is owed no question and no look any more, in one transaction with it. What
they can do stays: being away ends nothing. A death also ends the path home, the mentoring, the cultivation and the studies
of whoever died. Who moves within the register is owed by the village they come to, and who is back is owed again, by the
hour (``talent.register.sweep``), whichever way the move was entered."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cunlian.kernel.access import SYSTEM, Actor
from cunlian.people import actions
from cunlian.people.models import Person
from cunlian.talent.coming_home.actions import stop
from cunlian.talent.coming_home.states import OPEN
from cunlian.talent.mentoring.actions import break_off, end_cultivation, leave_studies
from cunlian.talent.mentoring.states import Stage
from cunlian.talent.models import (
    Cultivation,
    EducationUpgrade,
    Homecoming,
    Mentoring,
    Outcome,
    StopReason,
    TalentEntry,
)
from cunlian.talent.register.actions import let_go_entry


@transaction.atomic
def move_out(person: Person, *, by: Actor, day: date | None = None) -> Person:
    """As ``people.actions.move_out``."""
    return _let_go(actions.move_out(person, by=by, day=day))


@transaction.atomic
def note_death(person: Person, *, by: Actor, day: date | None = None) -> Person:
    """As ``people.actions.note_death``."""
    person = _let_go(actions.note_death(person, by=by, day=day))
    _end_ways(person)
    return person


def _let_go(person: Person) -> Person:
    """By the system: leaving carries it, whoever may enter that."""
    for entry in _entries(person):
        let_go_entry(entry, by=SYSTEM, reason=person.gone_because)
    return person


def _end_ways(person: Person) -> None:
    """Nobody hears of it by this but the posts that went along (``flows.tell_talent``)."""
    for path in Homecoming.objects.filter(person=person, state__in=OPEN):
        stop(path, by=SYSTEM, reason=StopReason.DIED)
    for mentoring in Mentoring.objects.carried_by(person):
        break_off(mentoring, by=SYSTEM, reason=person.gone_because)
    for cultivation in Cultivation.objects.filter(person=person, state__in=(Stage.GROWING, Stage.READY)):
        end_cultivation(cultivation, by=SYSTEM, outcome=Outcome.STOPPED)
    for study in EducationUpgrade.objects.filter(person=person, ended_on=None):
        leave_studies(study, by=SYSTEM)


def _entries(person: Person) -> list[TalentEntry]:
    return list(TalentEntry.objects.filter(person=person))
