"""Persons move, go away, come home, die."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people import standing
from cunlian.people.away import CONTACT_AWAY
from cunlian.people.consent.questions import holds
from cunlian.people.models import Absence, Household, Person, Relation
from cunlian.places.models import Place


def _check_here(person: Person) -> None:
    if person.gone_on:
        raise Conflict(_("This person is not in the register any longer: died, moved out or was registered twice."))


@transaction.atomic
def move_person(
    person: Person,
    *,
    by: Actor,
    place: Place,
    household: Household | None = None,
    relation: str = "",
    day: date | None = None,
) -> Person:
    """To another household or village from ``day`` on; back, when they had moved out. ``by`` must keep both the old and
    the new one."""
    person = lock(person)
    require(by, "people.move_person", person)
    require(by, "people.move_person", household or place)
    if person.gone_because in (Person.Gone.DIED, Person.Gone.MERGED):
        _check_here(person)
    if household and (household.ends_on or not standing.same_village(household, place)):
        raise Invalid(_("This household is in another village, or has ended."), field="household")
    if relation not in Relation.values:
        raise Invalid(_("Please choose one of the listed relations."), field="relation")
    began = household.starts_on if household else None
    day = standing.check_day(day, standing.member_since(person), began)
    changed = change(person, place=household.place if household else place, gone_on=None, gone_because="")
    changed |= standing.belong(person, household, day, relation)
    log.record(by, "people.person_moved", person, changed=changed | {"day": (None, day)})
    return person


@transaction.atomic
def move_out(person: Person, *, by: Actor, day: date | None = None) -> Person:
    """Registered elsewhere from ``day`` on, outside the county or where nobody says; the file keeps the village they
    left."""
    return _go(person, by, day, Person.Gone.MOVED_OUT, "people.moved_out", "people.move_out")


@transaction.atomic
def note_death(person: Person, *, by: Actor, day: date | None = None) -> Person:
    """Died on ``day``. The account cannot be entered any more with their phone; the file stays."""
    return _go(person, by, day, Person.Gone.DIED, "people.death_noted", "people.note_death")


def _go(person: Person, by: Actor, day: date | None, why: str, verb: str, permission: str) -> Person:
    person = lock(person)
    require(by, permission, person)
    _check_here(person)
    day = standing.check_day(day, standing.member_since(person), standing.away_since(person))
    changed = standing.belong(person, None, day) | standing.come_back(person, day)
    changed |= change(person, gone_on=day, gone_because=why)
    log.record(by, verb, person, changed=changed)
    return person


@transaction.atomic
def go_away(
    person: Person,
    *,
    by: Actor,
    whereabouts: str = "",
    work: str = "",
    back_in: str = "",
    ask_about: str = "",
    day: date | None = None,
) -> Person:
    """Lives elsewhere from ``day`` on and stays registered. The season they come back and what they want to be asked about
    are kept only with their consent to be contacted while away. Of somebody away already: what changed about it."""
    person = lock(person)
    require(by, "people.note_absence", person)
    _check_here(person)
    if work not in Absence.Work.values or back_in not in Absence.Season.values:
        raise Invalid(_("Please choose one of those listed."), field="work" if work not in Absence.Work else "back_in")
    if len(whereabouts) > 60 or len(ask_about) > 200:
        raise Invalid(
            _("This is too long. Please write less."), field="whereabouts" if len(whereabouts) > 60 else "ask_about"
        )
    if (back_in or ask_about.strip()) and not holds(person, CONTACT_AWAY):
        raise Invalid(
            _("When they come back and what to ask them about is kept only if they agreed. Enter the consent first."),
            field="back_in" if back_in else "ask_about",
        )
    day = standing.check_day(day, standing.away_since(person))
    changed = standing.leave(
        person, day, whereabouts=whereabouts.strip(), work=work, back_in=back_in, ask_about=ask_about.strip()
    )
    log.record(by, "people.went_away", person, changed=changed | {"day": (None, day)})
    return person


@transaction.atomic
def come_home(person: Person, *, by: Actor, day: date | None = None) -> Person:
    """At home again from ``day`` on. Quiet when they are."""
    person = lock(person)
    require(by, "people.note_absence", person)
    if not person.is_away:
        return person
    changed = standing.come_back(person, standing.check_day(day, standing.away_since(person)))
    log.record(by, "people.came_home", person, changed=changed)
    return person
