"""The hollow index of a village: each part from the register of households where that is complete enough, else from the
yearly profile, and it says which (docs/decisions/0011).

The register is complete enough for a part when it holds at least nine tenths of what the latest profile counted: persons
for the part of people; households, and as many houses as there are households, for the part of houses. Without a profile
nobody knows how much is missing, so the register is not used: a village where entering has just begun would look full.
Land and industry stand in no register here; they come from the profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from cunlian.kernel import clock
from cunlian.people.models import Absence, House, HouseholdVersion, HouseUse, Membership
from cunlian.places.hollow import Hollow, PartOfIndex, from_parts, hollow_index
from cunlian.places.models import Place, VillageProfile, on
from cunlian.places.querysets import code_q

ENOUGH_PERCENT: Final = 90
EMPTY = (HouseUse.VACANT, HouseUse.RUINED)


@dataclass(frozen=True)
class Counted:
    """What the register of a village holds on a day."""

    persons: int
    away: int
    households: int
    houses: int
    empty_houses: int


@dataclass(frozen=True)
class Reading:
    """The index and its parts, each with whether the register gave it; ``share``: of what the profile counted, how many
    per cent of persons and households the register holds, None without a number to compare."""

    hollow: Hollow
    lines: tuple[tuple[PartOfIndex, bool], ...]
    profile: VillageProfile | None
    counted: Counted
    share_of_persons: int | None
    share_of_households: int | None

    @property
    def from_register(self) -> bool:
        return any(taken for _part, taken in self.lines)


def count_register(village: Place, day: date) -> Counted:
    """Of today's village, with what it took over. Nobody's name is read."""
    rows = HouseholdVersion.objects.on(day).filter(code_q(village.code, "place__"))
    persons = Membership.objects.on(day).filter(household__in=rows.values("household"))
    away = Absence.objects.filter(on(day), person__in=persons.values("person"))
    houses = House.objects.on(day).filter(code_q(village.code, "place__"))
    empty = houses.filter(on(day, "states__"), states__use__in=EMPTY)
    return Counted(persons.count(), away.count(), rows.count(), houses.count(), empty.count())


def hollow_of(village: Place, day: date | None = None) -> Reading:
    """The index of a village on ``day``, today when None, after the latest profile of that day."""
    day = day or clock.today()
    profile = VillageProfile.objects.filter(place=village, as_of__lte=day).order_by("-as_of").first()
    counted = count_register(village, day)
    persons = _percent(counted.persons, profile.registered_population if profile else None)
    households = _percent(counted.households, profile.households if profile else None)
    complete = {
        "people": _enough(persons),
        "houses": _enough(households) and counted.houses * 100 >= counted.households * ENOUGH_PERCENT,
    }
    by_register = {part.code: part for part in hollow_index(_as_profile(village, counted)).parts}
    by_profile = hollow_index(profile or VillageProfile(place=village)).parts
    lines = tuple((by_register[part.code], True) if complete.get(part.code) else (part, False) for part in by_profile)
    return Reading(from_parts(tuple(part for part, _ in lines)), lines, profile, counted, persons, households)


def _percent(counted: int, of: int | None) -> int | None:
    return counted * 100 // of if of else None


def _enough(percent: int | None) -> bool:
    return percent is not None and percent >= ENOUGH_PERCENT


def _as_profile(village: Place, counted: Counted) -> VillageProfile:
    return VillageProfile(
        place=village, registered_population=counted.persons, resident_population=counted.persons - counted.away,
        households=counted.households, vacant_houses=counted.empty_houses,
    )  # fmt: skip
