"""The only writers of what is dated: a household's row of today and its dated rows, a person's household and memberships.

Not actions: each is a part of one, under its lock, permission and row of the log. Nothing is rewritten: what was ends on the
day, what is begins on it. What began and ended on one day stood in the register of no day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, days
from cunlian.kernel.records import change
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people.models import (
    Absence,
    House,
    Household,
    HouseholdVersion,
    HouseState,
    Membership,
    Person,
    Relation,
)
from cunlian.places.models import Lane, Level, Place, VillagerGroup

Changed = dict[str, tuple[Any, Any]]


def check_day(day: date | None, *not_before: date | None) -> date:
    """``day``, today when None: not to come, and not before anything that led to it."""
    day = day or clock.today()
    if day > clock.today():
        raise Invalid(_("This day is still to come. Enter the change on the day it takes effect."), field="day")
    last = max((one for one in not_before if one), default=None)
    if last and day < last:
        raise Invalid(
            _("What stands here began on %(day)s. Choose that day or a later one.") % {"day": days.day(last)},
            field="day",
        )
    return day


def check_standing(
    place: Place, grid: Place | None = None, lane: Lane | None = None, group: VillagerGroup | None = None
) -> None:
    """Grid, lane and group are of the village. By code: what ended with a merged village is found under its successor."""
    if place.level != Level.VILLAGE:
        raise Invalid(_("A household belongs to a village or community. Please choose one."), field="place")
    if grid and (grid.level != Level.GRID or not grid.code.startswith(place.code)):
        raise Invalid(_("This grid is not in the village. Please choose one of the village's grids."), field="grid")
    if lane and lane.village.code != place.code:
        raise Invalid(_("This lane is not in the village. Please choose one of the village's lanes."), field="lane")
    if group and group.village.code != place.code:
        raise Invalid(_("This group is not in the village. Please choose one of the village's groups."), field="group")


def same_village(household: Household, place: Place) -> bool:
    return household.place_id == place.pk or household.place.code == place.code


def village_of(household: Household) -> Place:
    """Its village of today: the successor, when the one it was registered in was merged."""
    return household.place.resolve()


def arrange(household: Household, day: date, **values: Any) -> Changed:
    """Set what is dated of a household from ``day`` on."""
    changed = change(household, **values)
    if changed:
        HouseholdVersion.objects.filter(household=household, ends_on=None).update(ends_on=day)
        household.version(day).save(force_insert=True)
    return changed


def close(household: Household, day: date) -> Changed:
    HouseholdVersion.objects.filter(household=household, ends_on=None).update(ends_on=day)
    return change(household, ends_on=day)


def since(household: Household) -> date:
    """The last day something of it began."""
    last = household.versions.aggregate(last=Max("starts_on"))["last"]
    return last or household.starts_on


def use_house(house: House, day: date, use: str) -> Changed:
    changed = change(house, use=use)
    if changed or not house.states.exists():
        house.states.filter(ends_on=None).update(ends_on=day)
        HouseState.objects.create(house=house, use=use, starts_on=day)
    return changed


def belong(person: Person, household: Household | None, day: date, relation: str = "") -> Changed:
    """The person is a member of ``household``, or of none, from ``day`` on."""
    if relation == Relation.HEAD and household:
        check_no_head(household, but=person)
    Membership.objects.filter(person=person, ends_on=None).update(ends_on=day)
    if household:
        Membership.objects.create(person=person, household=household, relation=relation, starts_on=day)
    where = {"place": household.place} if household else {}
    return change(person, household=household, is_head=bool(household) and relation == Relation.HEAD, **where)


def check_no_head(household: Household, but: Person) -> None:
    if Membership.objects.filter(household=household, ends_on=None, relation="head").exclude(person=but).exists():
        raise Conflict(
            _("This household has a head already. Name another head on the page of the household."), field="relation"
        )


def member_since(person: Person) -> date | None:
    """The last day a membership of theirs began or ended."""
    days = person.memberships.aggregate(start=Max("starts_on"), end=Max("ends_on"))
    return max((day for day in days.values() if day), default=None)


def leave(person: Person, day: date, **values: Any) -> Changed:
    """Away from ``day`` on."""
    Absence.objects.filter(person=person, ends_on=None).update(ends_on=day)
    Absence.objects.create(person=person, starts_on=day, **values)
    return change(person, is_away=True)


def come_back(person: Person, day: date) -> Changed:
    Absence.objects.filter(person=person, ends_on=None).update(ends_on=day)
    return change(person, is_away=False)


def away_since(person: Person) -> date | None:
    days = person.absences.aggregate(start=Max("starts_on"), end=Max("ends_on"))
    return max((day for day in days.values() if day), default=None)
