"""The schematic: one cell a place, none over another, the same every time."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.areas import add_village_to_area, create_area
from cunlian.places.actions.positions import set_position
from cunlian.places.models import Place, Position
from cunlian.places.sketch import _by_points, _snake, sketch
from tests.places.conftest import place

START = date(2024, 1, 1)


def _villages() -> list[Place]:
    return list(Place.objects.current().villages())


def test_each_place_has_a_cell_of_its_own_inside_the_frame(county: Place) -> None:
    drawn = sketch(_villages())
    assert len({cell.centre for cell in drawn.cells}) == 9
    assert all(0 <= x <= 1 and 0 <= y <= 1 for cell in drawn.cells for x, y in cell.points)
    assert all(len(cell.points) == 6 for cell in drawn.cells)
    assert not drawn.by_points


def test_the_same_places_give_the_same_picture_in_any_order(county: Place) -> None:
    assert sketch(_villages()) == sketch(_villages()[::-1])


def test_places_are_grouped_by_area_else_by_town(county: Place, village: Place) -> None:
    area = create_area(county, by=SYSTEM, name="一片区", area_kind="management", starts_on=START)
    add_village_to_area(area, by=SYSTEM, village=village, starts_on=START)
    drawn = sketch(_villages())
    groups = {cell.code: cell.area_id for cell in drawn.cells}
    assert groups[village.code] == area.pk
    assert groups["610902108201"] == place("610902108").pk
    assert [name for _key, name in drawn.groups] == ["一片区", "恒口镇", "五里镇"]


def test_points_decide_where_all_have_them_and_invented_ones_say_so(county: Place) -> None:
    villages = _villages()
    for index, village in enumerate(villages[:-1]):
        set_position(village, by=SYSTEM, latitude_e7=327000000 + index, longitude_e7=1088000000, invented=index == 3)
    assert not sketch(villages).by_points
    set_position(villages[-1], by=SYSTEM, latitude_e7=328000000, longitude_e7=1089000000)
    drawn = sketch(villages)
    assert drawn.by_points
    assert drawn.invented
    last = next(cell for cell in drawn.cells if cell.code == villages[-1].code)
    assert last.centre[0] == max(cell.centre[0] for cell in drawn.cells)
    assert last.centre[1] == min(cell.centre[1] for cell in drawn.cells)


def test_no_places_give_an_empty_sketch(db: None) -> None:
    assert sketch([]).cells == ()


points = st.tuples(st.integers(200000000, 500000000), st.integers(800000000, 1300000000))


@settings(max_examples=30, deadline=None)
@given(st.lists(points, min_size=1, max_size=40))
def test_no_two_places_share_a_cell_wherever_they_lie(spots: list[tuple[int, int]]) -> None:
    places = [Place(code=f"6109021072{n:02d}") for n in range(len(spots))]
    positions = {
        one.pk: Position(place=one, latitude_e7=lat, longitude_e7=lon)
        for one, (lat, lon) in zip(places, spots, strict=True)
    }
    assert len(set(_by_points(places, positions).values())) == len(places)


@given(st.integers(1, 200))
def test_neighbours_in_the_order_touch(count: int) -> None:
    places = [Place(code=f"610902107{n:03d}") for n in range(count)]
    slots = list(_snake(places, {}, {}).values())
    assert len(set(slots)) == count
    steps = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in zip(slots, slots[1:], strict=False)]
    assert max(steps, default=0) <= 3
