"""Grids: one set a village, no overlaps, dated; lanes and villager groups beside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.actions.grids import (
    class_grid,
    create_grid,
    create_lane,
    create_villager_group,
    end_grid,
    open_grid_set,
    put_group_in_grid,
    set_grid_class,
)
from cunlian.places.extents import extent_of, with_groups
from cunlian.places.models import Grid, GridGroup, GridSet, GridTier, Level, Place, VillagerGroup, on
from tests.cast import Cast
from tests.places.conftest import DAY, place

START = date(2024, 1, 1)


@pytest.fixture
def groups(village: Place) -> list[VillagerGroup]:
    return [create_villager_group(village, by=SYSTEM, number=n, starts_on=START) for n in (1, 2, 3)]


def grid_of(village: Place, name: str = "一网格", *groups: VillagerGroup, **values: object) -> Grid:
    return create_grid(village, by=SYSTEM, name=name, starts_on=START, groups=groups, **values)  # type: ignore[arg-type]


def test_a_grid_continues_the_code_of_its_village(village: Place) -> None:
    codes = [grid_of(village, f"{n}网格").place.code for n in (1, 2)]
    assert codes == ["610902107269001", "610902107269002"]
    assert Place.objects.within(village).filter(level=Level.GRID).count() == 2
    assert GridSet.objects.count() == 1


def test_grids_do_not_overlap(village: Place, groups: list[VillagerGroup]) -> None:
    grid_of(village, "一网格", groups[0], groups[1])
    with pytest.raises(Invalid) as refused:
        grid_of(village, "二网格", groups[1], groups[2])
    assert refused.value.field == "groups"
    assert Grid.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        GridGroup.objects.create(grid=Grid.objects.get(), group=groups[1], starts_on=DAY)


def test_a_group_of_another_village_is_refused(village: Place) -> None:
    other = create_villager_group(place("610902107280"), by=SYSTEM, number=1, starts_on=START)
    with pytest.raises(Invalid):
        grid_of(village, "一网格", other)


def test_a_social_workers_grid_lies_in_a_village_grid(village: Place, groups: list[VillagerGroup]) -> None:
    upper = grid_of(village, "一网格", groups[0], groups[1])
    lower = grid_of(village, "一网格甲", groups[0], tier=GridTier.SOCIAL_WORKER, inside=upper)
    held = dict(GridGroup.objects.filter(ends_on=None).values_list("group__number", "grid"))
    assert held == {1: lower.pk, 2: upper.pk}
    with pytest.raises(Invalid):
        grid_of(village, "无处", tier=GridTier.SOCIAL_WORKER)
    with pytest.raises(Invalid):
        grid_of(village, "格中格", tier=GridTier.SOCIAL_WORKER, inside=lower)
    with pytest.raises(Invalid):
        grid_of(place("610902107280"), "别村", tier=GridTier.SOCIAL_WORKER, inside=upper)


def test_a_grid_over_villages_is_an_area(village: Place) -> None:
    with pytest.raises(Invalid) as refused:
        grid_of(village, "片区", tier=GridTier.AREA)
    assert refused.value.field == "tier"


def test_a_new_set_ends_the_one_before(village: Place, groups: list[VillagerGroup]) -> None:
    old = grid_of(village, "一网格", groups[0])
    open_grid_set(village, by=SYSTEM, starts_on=DAY, paper="恒管发〔2026〕2号")
    old.refresh_from_db()
    assert old.ends_on == DAY
    assert Place.objects.get(pk=old.place_id).ends_on == DAY
    assert not GridGroup.objects.filter(on(DAY)).exists()
    assert GridSet.objects.filter(village=village, ends_on=None).count() == 1
    new = create_grid(village, by=SYSTEM, name="新网格", starts_on=DAY, groups=groups)
    assert new.place.code == "610902107269002"
    with pytest.raises(IntegrityError), transaction.atomic():
        GridSet.objects.create(village=village, starts_on=DAY)


def test_a_set_cannot_begin_before_the_present_one(village: Place) -> None:
    grid_of(village)
    with pytest.raises(Invalid):
        open_grid_set(village, by=SYSTEM, starts_on=START - timedelta(days=1))
    with pytest.raises(Invalid):
        create_grid(village, by=SYSTEM, name="早网格", starts_on=START - timedelta(days=1))


def test_ending_a_grid_ends_what_lies_inside(village: Place, groups: list[VillagerGroup]) -> None:
    upper = grid_of(village, "一网格", groups[0], groups[1])
    lower = grid_of(village, "一网格甲", groups[0], tier=GridTier.SOCIAL_WORKER, inside=upper)
    end_grid(upper, by=SYSTEM, ends_on=DAY)
    lower.refresh_from_db()
    assert lower.ends_on == DAY
    assert not Place.objects.current().filter(level=Level.GRID).exists()
    with pytest.raises(Invalid):
        end_grid(upper, by=SYSTEM, ends_on=DAY)


def test_a_group_moves_from_grid_to_grid(village: Place, groups: list[VillagerGroup]) -> None:
    one, two = grid_of(village, "一网格", groups[0]), grid_of(village, "二网格", groups[1])
    put_group_in_grid(two, by=SYSTEM, group=groups[0], starts_on=DAY)
    now = GridGroup.objects.filter(on(DAY), group=groups[0])
    assert [row.grid for row in now] == [two]
    before = GridGroup.objects.filter(on(DAY - timedelta(days=1)), group=groups[0])
    assert [row.grid for row in before] == [one]


def test_a_group_goes_into_no_grid_that_is_not_there(village: Place, groups: list[VillagerGroup]) -> None:
    one, two = grid_of(village, "一网格", groups[0]), grid_of(village, "二网格")
    end_grid(two, by=SYSTEM, ends_on=DAY)
    other = grid_of(place("610902107280"))
    for grid, field in ((two, "starts_on"), (other, "groups")):
        with pytest.raises(Invalid) as refused:
            put_group_in_grid(grid, by=SYSTEM, group=groups[0], starts_on=DAY)
        assert refused.value.field == field
    assert put_group_in_grid(one, by=SYSTEM, group=groups[0], starts_on=DAY).starts_on == START
    assert not Activity.objects.filter(verb="places.group_gridded").exists()


def test_a_grid_without_a_drawn_extent_covers_its_groups_and_those_of_its_parts(
    village: Place, groups: list[VillagerGroup]
) -> None:
    upper = grid_of(village, "一网格", groups[0], groups[1])
    grid_of(village, "一网格甲", groups[0], tier=GridTier.SOCIAL_WORKER, inside=upper)
    drawn = grid_of(village, "二网格", groups[2], boundary="沿河三排房")
    empty = grid_of(village, "三网格")
    found = {grid.pk: extent_of(grid) for grid in with_groups(Grid.objects.all(), DAY)}
    assert (found[upper.pk], found[drawn.pk], found[empty.pk]) == ("group 1, group 2", "沿河三排房", "")


def test_a_class_is_given_once_and_only_one_of_the_county(county: Place, village: Place) -> None:
    here, elsewhere = county, place("610902108")
    red, strange = (
        set_grid_class(root, by=SYSTEM, code="red", label_zh="红", label_en="Red", colour="#d94f3d", meaning="x")
        for root in (here, elsewhere)
    )
    grid = grid_of(village)
    for _ in range(2):
        class_grid(grid, by=SYSTEM, grid_class=red)
    assert Activity.objects.filter(verb="places.grid_classed").count() == 1
    with pytest.raises(Invalid) as refused:
        class_grid(grid, by=SYSTEM, grid_class=strange)
    assert refused.value.field == "grid_class"
    end_grid(grid, by=SYSTEM, ends_on=DAY)
    with pytest.raises(Invalid):
        class_grid(grid, by=SYSTEM, grid_class=None)


def test_classes_are_the_countys_own(county: Place, village: Place) -> None:
    red = set_grid_class(
        county, by=SYSTEM, code="red", label_zh="红色网格", label_en="Red", colour="#d94f3d", meaning="重点关注"
    )
    grid = grid_of(village, grid_class=red)
    class_grid(grid, by=SYSTEM, grid_class=None)
    grid.refresh_from_db()
    assert grid.grid_class is None
    again = set_grid_class(
        county, by=SYSTEM, code="red", label_zh="红格", label_en="Red", colour="#D94F3D", meaning="x"
    )
    assert again.pk == red.pk
    with pytest.raises(Invalid):
        set_grid_class(county, by=SYSTEM, code="x", label_zh="红", label_en="", colour="red", meaning="")


def test_lanes_and_groups_are_free_of_doubles(village: Place, groups: list[VillagerGroup]) -> None:
    create_lane(village, by=SYSTEM, name="前巷", starts_on=START)
    create_lane(place("610902107280"), by=SYSTEM, name="前巷", starts_on=START)
    with pytest.raises(Invalid):
        create_lane(village, by=SYSTEM, name="前巷 ", starts_on=START)
    for number in (1, 0, -1):
        with pytest.raises(Invalid):
            create_villager_group(village, by=SYSTEM, number=number, starts_on=START)


def test_grids_divide_villages_only(town: Place) -> None:
    with pytest.raises(Invalid):
        grid_of(town)
    with pytest.raises(Invalid):
        open_grid_set(town, by=SYSTEM, starts_on=START)


def test_who_may(cast: Cast) -> None:
    village = cast.world.village
    for actor in (cast.village_cadre, cast.grid_worker, cast.auditor, cast.stranger):
        with pytest.raises(Forbidden):
            create_grid(village, by=actor, name="三网格", starts_on=DAY)
        with pytest.raises(Forbidden):
            create_lane(village, by=actor, name="后巷", starts_on=DAY)
        with pytest.raises(Forbidden):
            create_villager_group(village, by=actor, number=1, starts_on=DAY)
    colour = {"code": "red", "label_zh": "红", "label_en": "Red", "colour": "#d94f3d", "meaning": "x"}
    with pytest.raises(Forbidden):
        set_grid_class(cast.world.township, by=cast.township_staff, **colour)
    set_grid_class(cast.world.county, by=cast.county_staff, **colour)
    grid = create_grid(village, by=cast.township_staff, name="三网格", starts_on=DAY)
    assert grid.place.code == village.code + "003"
