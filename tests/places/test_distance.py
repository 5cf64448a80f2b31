"""Distance says what it rests on and never fails for want of a point."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.areas import add_village_to_area, create_area, end_area_membership
from cunlian.places.actions.positions import import_road_minutes, set_position
from cunlian.places.distance import Basis, Distance, distance, nearby
from cunlian.places.models import Place
from cunlian.places.points import Road
from tests.places.conftest import DAY, place

START = date(2024, 1, 1)


@pytest.fixture
def near(county: Place) -> Place:
    return place("610902107280")


@pytest.fixture
def far(county: Place) -> Place:
    return place("610902108201")


def test_without_anything_it_says_same_town_or_further(village: Place, near: Place, far: Place) -> None:
    assert distance(village, near) == Distance(None, Basis.SAME_TOWN)
    assert distance(village, far) == Distance(None, Basis.FURTHER)


def test_a_shared_area_counts_while_it_is_shared(county: Place, village: Place, far: Place) -> None:
    area = create_area(county, by=SYSTEM, name="农文旅", area_kind="industry", starts_on=START)
    rows = [add_village_to_area(area, by=SYSTEM, village=one, starts_on=START) for one in (village, far)]
    assert distance(village, far) == Distance(None, Basis.SAME_AREA)
    end_area_membership(rows[1], by=SYSTEM, ends_on=DAY)
    assert distance(village, far).basis == Basis.FURTHER
    assert distance(village, far, START).basis == Basis.SAME_AREA


def test_road_minutes_come_before_belonging_and_count_both_ways(town: Place, village: Place, near: Place) -> None:
    import_road_minutes([Road(village.code, near.code, 25, 2)], by=SYSTEM, root=town, source="x")
    assert distance(village, near) == distance(near, village) == Distance(25, Basis.MINUTES)
    import_road_minutes([Road(near.code, village.code, 40, 2)], by=SYSTEM, root=town, source="x")
    assert distance(near, village).value == 40
    assert distance(village, near).value == 25


def test_two_points_come_first_and_one_is_not_enough(town: Place, village: Place, near: Place) -> None:
    import_road_minutes([Road(village.code, near.code, 25, 2)], by=SYSTEM, root=town, source="x")
    set_position(village, by=SYSTEM, latitude_e7=327000000, longitude_e7=1088000000)
    assert distance(village, near).basis == Basis.MINUTES
    set_position(near, by=SYSTEM, latitude_e7=328000000, longitude_e7=1088000000, invented=True)
    assert distance(village, near) == Distance(11.1, Basis.POINTS, invented=True)


def test_what_is_known_best_comes_first_and_of_that_the_nearest(town: Place, village: Place, near: Place) -> None:
    others = [place(code) for code in ("610902107205", "610902107313", "610902108201")]
    for one, latitude in ((village, 327), (others[0], 329), (near, 328)):
        set_position(one, by=SYSTEM, latitude_e7=latitude * 10**6, longitude_e7=1088000000)
    import_road_minutes([Road(others[1].code, village.code, 5, 2)], by=SYSTEM, root=town, source="x")
    found = nearby(village, [village, near, *others])
    assert [(n.place, n.distance.basis) for n in found] == [
        (near, Basis.POINTS), (others[0], Basis.POINTS), (others[1], Basis.MINUTES), (others[2], Basis.FURTHER)]  # fmt: skip


@pytest.mark.parametrize("many", [1, 5])
def test_any_number_of_places_takes_the_same_queries(village: Place, many: int, django_assert_num_queries: Any) -> None:
    others = list(Place.objects.villages().exclude(pk=village.pk)[:many])
    with django_assert_num_queries(3):
        assert len(nearby(village, others)) == many


def test_a_place_is_nowhere_else_than_at_itself(village: Place) -> None:
    assert distance(village, village).value == 0
