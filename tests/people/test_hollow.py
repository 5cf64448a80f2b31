"""The hollow index: from the register where it holds nine tenths of what the profile counted, else from the profile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.people import actions
from cunlian.people.hollow import hollow_of
from cunlian.people.models import HouseUse, Person
from cunlian.places.actions.profiles import enter_profile
from cunlian.places.actions.reorganising import merge_places
from cunlian.places.models import Place
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AS_OF = date(2025, 12, 31)


def profile(village: Place, **numbers: int) -> None:
    usual = {"registered_population": 10, "resident_population": 9, "households": 2, "vacant_houses": 2}
    enter_profile(village, by=SYSTEM, as_of=AS_OF, source="年报", **{**usual, **numbers})  # type: ignore[arg-type]


def fill(village: Place, persons: int, away: int = 0) -> None:
    """Two households with ``persons`` members in all, each in a house of its own."""
    for n in range(2):
        house = actions.register_house(by=SYSTEM, place=village, address=f"后巷{n}号")
        household = actions.register_household(by=SYSTEM, place=village, number=f"H{n}", address="后巷", house=house)
        for m in range(n, persons, 2):
            actions.register_person(
                by=SYSTEM, place=village, name=f"人{m}", household=household, is_away=m < away, is_head=m == n
            )


def read(village: Place) -> dict[str, tuple[int | None, bool]]:
    return {part.code: (part.value, taken) for part, taken in hollow_of(village).lines}


def test_without_a_profile_the_register_is_not_used_and_says_nothing(cast: Cast) -> None:
    fill(cast.world.other_village, 10, away=5)
    reading = hollow_of(cast.world.other_village)
    assert (reading.hollow.value, reading.from_register, reading.counted.persons) == (None, False, 10)


@pytest.mark.parametrize(("persons", "expected"), [(8, (10, False)), (9, (56, True)), (10, (50, True))])
def test_nine_tenths_of_the_persons_are_enough_and_less_is_not(
    cast: Cast, persons: int, expected: tuple[int, bool]
) -> None:
    village = cast.world.other_village
    profile(village)
    fill(village, persons, away=5)
    assert read(village)["people"] == expected


def test_houses_come_from_the_register_when_they_are_entered_too(cast: Cast) -> None:
    village = cast.world.other_village
    profile(village)
    fill(village, 2)
    assert read(village)["houses"] == (0, True)
    empty = actions.register_house(by=SYSTEM, place=village, address="老屋", use=HouseUse.VACANT)
    assert read(village)["houses"] == (50, True)
    actions.set_house_use(empty, by=SYSTEM, use=HouseUse.SEASONAL)
    assert read(village)["houses"] == (0, True)
    for number in ("H8", "H9"):
        actions.register_household(by=SYSTEM, place=village, number=number, address="x")
    assert read(village)["houses"] == (100, False)


def test_land_and_industry_stay_with_the_profile(cast: Cast) -> None:
    village = cast.world.other_village
    profile(village, idle_land=200, firms=5, cooperatives=0)
    fill(village, 10)
    assert (read(village)["land"], read(village)["industry"]) == ((50, False), (0, False))


def test_a_past_day_has_the_index_of_that_day(cast: Cast) -> None:
    village, before = cast.world.other_village, clock.today() - timedelta(days=3)
    profile(village, registered_population=1)
    household = actions.register_household(by=SYSTEM, place=village, number="H1", address="x", day=before)
    person = actions.register_person(by=SYSTEM, place=village, name="甲", household=household, day=before)
    actions.go_away(person, by=SYSTEM)
    parts = {day: hollow_of(village, day).lines[0] for day in (before, clock.today())}
    assert [(part.value, taken) for part, taken in parts.values()] == [(0, True), (100, True)]


def test_the_register_of_a_merged_village_counts_for_its_successor(cast: Cast) -> None:
    world = cast.world
    merge_places([world.village], into=world.other_village, by=SYSTEM, day=clock.today(), paper="文件")
    assert hollow_of(world.other_village).counted.persons == Person.objects.registered().count() == 1
