"""What can be shared out at the place of a list, and who has it now."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import AssignmentLine, Duty, ResponsibilityLine, ResponsibilityList
from cunlian.organisations.responsibility.aims import AIM_OF_LEVEL, AIMS, Aim
from cunlian.people.models import Circumstance, Household, Membership
from cunlian.places.models import Area, Lane, Level, Place, RosterEntry, VillagerGroup, on
from cunlian.places.querysets import code_q

OBJECT = ("place_id", "area_id", "household_id", "lane_id", "group_id")


class Which(models.TextChoices):
    """Of the objects of a kind, which."""

    ALL = "all", _("all of them")
    OPEN = "open", _("those without a line on the draft")
    NEED = "need", _("households where a need is on record that you may see")


def object_of(row: AssignmentLine | ResponsibilityLine | Duty) -> tuple[Any, ...]:
    """What makes two rows be about the same."""
    return tuple(getattr(row, name) for name in OBJECT)


def objects(one: ResponsibilityList, aim: str, which: str, by: Actor) -> list[AssignmentLine]:
    """Unsaved lines for every object of the kind at the list's place; of households those ``by`` may see, of
    villages not those the district does not count."""
    found = [_line(row) for row in _rows(one, Aim(aim), by, which == Which.NEED)]
    if which == Which.OPEN:
        have = {object_of(line) for line in one.lines.all()}
        found = [line for line in found if object_of(line) not in have]
    return found


def aims_of(one: ResponsibilityList) -> list[Aim]:
    """The kinds its capacity answers for that can be many."""
    return [aim for aim in Aim if aim in AIMS[one.capacity] and aim != Aim.COUNTY]  # type: ignore[index]


def _line(row: Any) -> AssignmentLine:
    match row:
        case Area():
            return AssignmentLine(place=row.root, area=row)
        case Household():
            return AssignmentLine(place=row.place, household=row)
        case Lane():
            return AssignmentLine(place=row.village, lane=row)
        case VillagerGroup():
            return AssignmentLine(place=row.village, group=row)
    return AssignmentLine(place=row)


def _rows(one: ResponsibilityList, aim: Aim, by: Actor, need: bool) -> Any:
    day = on(clock.today())
    if aim == Aim.AREA:
        return Area.objects.filter(day, code_q(one.place.code, "root__")).select_related("root")
    if aim == Aim.HOUSEHOLD:
        homes = Household.objects.visible_to(by).filter(day, code_q(one.place.code, "place__"))
        return (homes.filter(pk__in=_in_need(by)) if need else homes).select_related("place")
    if aim in (Aim.LANE, Aim.GROUP):
        model: Any = Lane if aim == Aim.LANE else VillagerGroup
        return model.objects.filter(day, code_q(one.place.code, "village__")).select_related("village")
    levels: list[Level] = [level for level, known in AIM_OF_LEVEL.items() if known == aim]
    left_out = RosterEntry.objects.filter(day, counted=False).values("place")
    return Place.objects.current().filter(code_q(one.place.code), level__in=levels).exclude(pk__in=left_out)


def _in_need(by: Actor) -> Any:
    """Households of persons with a circumstance in force that ``by`` is a named viewer of. Which one is not looked at."""
    persons = Circumstance.objects.in_force().visible_to(by).values("person")
    return Membership.objects.on(clock.today()).filter(person__in=persons).values("household")


def lines_now(one: ResponsibilityList) -> dict[tuple[Any, ...], list[ResponsibilityLine]]:
    """The lines of the draft by what they are about."""
    found: dict[tuple[Any, ...], list[ResponsibilityLine]] = {}
    for line in one.lines.for_list():
        found.setdefault(object_of(line), []).append(line)
    return found


def duties_now(one: ResponsibilityList) -> dict[tuple[Any, ...], Duty]:
    """Who answers in the list's capacity today, by what for: the pairs of last year. Of several the first."""
    here = code_q(one.place.code, "place__")
    running = (
        Duty.objects.on(clock.today()).filter(here, capacity=one.capacity, matter="").order_by("-starts_on", "-pk")
    )
    return {object_of(duty): duty for duty in running}
