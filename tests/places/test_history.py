"""Renaming, merging, splitting, transfer: dated, with the past where it belongs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.actions.areas import add_village_to_area, create_area
from cunlian.places.actions.districts import enter_roster
from cunlian.places.actions.grids import create_grid, create_lane, create_villager_group
from cunlian.places.actions.reorganising import (
    Part,
    merge_places,
    rename_place,
    split_place,
    succeed_place,
    transfer_place,
)
from cunlian.places.models import (
    AreaMembership,
    District,
    Grid,
    GridGroup,
    GridSet,
    Lane,
    Level,
    Place,
    Succession,
    VillagerGroup,
)
from tests.cast import Cast
from tests.places.conftest import DAY, county_rows, place, take_over, village_row

BEFORE = DAY - timedelta(days=1)
PAPER = "汉政函〔2026〕1号"


def test_a_renamed_place_keeps_its_identity_and_its_old_name(village: Place) -> None:
    rename_place(village, by=SYSTEM, name="棋盘山村委会", day=DAY, paper=PAPER)
    now = place(village.code)
    assert (now.pk, now.short_name, now.initials) == (village.pk, "棋盘山村", "qpsc")
    assert now.on_day(BEFORE).name == "棋盘村委会"
    assert now.on_day(DAY).name == "棋盘山村委会"


def test_the_same_name_again_writes_nothing(village: Place) -> None:
    rename_place(village, by=SYSTEM, name=village.name, day=DAY, paper=PAPER)
    assert not village.versions.exists()
    assert not Activity.objects.filter(verb="places.renamed").exists()


def test_the_past_of_a_merged_village_shows_under_its_successor(village: Place, town: Place) -> None:
    into = place("610902107313")
    merge_places([village], into=into, by=SYSTEM, day=DAY, paper=PAPER)
    village.refresh_from_db()
    assert village.ends_on == DAY
    assert village.resolve() == into
    assert set(Place.objects.within(into)) == {into, village}
    assert village in Place.objects.within(town)
    assert village not in Place.objects.within(town).current()


def test_the_tree_of_a_day_before_the_merger_keeps_them_apart(village: Place, town: Place) -> None:
    into = place("610902107313")
    merge_places([village], into=into, by=SYSTEM, day=DAY, paper=PAPER)
    village.refresh_from_db()
    assert set(Place.objects.within(into, on=BEFORE)) == {into}
    assert set(Place.objects.within(village, on=BEFORE)) == {village}
    assert village in Place.objects.within(town, on=BEFORE)
    assert village not in Place.objects.within(town, on=DAY)


def test_a_chain_of_mergers_leads_to_the_last(village: Place) -> None:
    second, third = place("610902107313"), place("610902107205")
    merge_places([village], into=second, by=SYSTEM, day=DAY - timedelta(days=9), paper=PAPER)
    merge_places([second], into=third, by=SYSTEM, day=DAY, paper=PAPER)
    village.refresh_from_db()
    assert village.resolve() == third
    assert {village, second, third} == set(Place.objects.within(third))
    assert set(Place.objects.within(second, on=BEFORE)) == {second}


def test_grids_of_a_merged_village_end_with_it(village: Place) -> None:
    grid = Place.objects.create(
        code=village.code + "001", level=Level.GRID, name="一网格", short_name="一网格", initials="ywg", parent=village
    )
    into = place("610902107313")
    merge_places([village], into=into, by=SYSTEM, day=DAY, paper=PAPER)
    grid.refresh_from_db()
    assert grid.ends_on == DAY
    assert grid in Place.objects.within(into)


def test_a_merged_village_leaves_its_grids_its_areas_and_the_roster(village: Place, town: Place) -> None:
    into, start = place("610902107313"), date(2026, 1, 1)
    district = District.objects.create(root=town, name="恒口", receipt_mark="恒")
    enter_roster([village, into], by=SYSTEM, starts_on=start, paper=PAPER)
    group = create_villager_group(village, by=SYSTEM, number=1, starts_on=start)
    create_grid(village, by=SYSTEM, name="一网格", starts_on=start, groups=[group])
    area = create_area(town, by=SYSTEM, name="东片", area_kind="management", starts_on=start)
    add_village_to_area(area, by=SYSTEM, village=village, starts_on=start)
    merge_places([village], into=into, by=SYSTEM, day=DAY, paper=PAPER)
    for rows in (Grid, GridSet, GridGroup):
        assert [row.ends_on for row in rows.objects.all()] == [DAY]
    assert {row.place: row.ends_on for row in AreaMembership.objects.all()} == {village: DAY, into: None}
    assert (district.counted(BEFORE).count(), list(district.counted())) == (2, [into])


def test_villager_groups_and_lanes_go_on_in_the_village_that_remains(village: Place) -> None:
    into, start = place("610902107313"), date(2026, 1, 1)
    for where, numbers in ((into, (1, 2)), (village, (1, 5))):
        for number in numbers:
            create_villager_group(where, by=SYSTEM, number=number, starts_on=start)
        create_lane(where, by=SYSTEM, name="前巷", starts_on=start)
    create_lane(village, by=SYSTEM, name="后巷", starts_on=start)
    merge_places([village], into=into, by=SYSTEM, day=DAY, paper=PAPER)
    groups = VillagerGroup.objects.filter(village=into).order_by("number").values_list("number", "name")
    assert list(groups) == [(1, ""), (2, ""), (3, "棋盘村1"), (4, "棋盘村5")]
    assert set(Lane.objects.filter(village=into).values_list("name", flat=True)) == {"前巷", "后巷", "棋盘村前巷"}
    assert not VillagerGroup.objects.filter(village=village).exists()


def test_nothing_ends_before_what_lies_in_it_last_changed(village: Place) -> None:
    create_grid(village, by=SYSTEM, name="一网格", starts_on=DAY)
    into, town = place("610902107313"), place("610902107")
    parts = [Part("610902107400", "甲村委会")]
    for call in (
        lambda: merge_places([village], into=into, by=SYSTEM, day=BEFORE, paper=PAPER),
        lambda: split_place(village, by=SYSTEM, parts=parts, day=BEFORE, paper=PAPER),
        lambda: transfer_place(village, by=SYSTEM, parent=town, code="610902107400", day=BEFORE, paper=PAPER),
    ):
        with pytest.raises(Invalid) as refused:
            call()
        assert refused.value.field == "day"
    rename_place(village, by=SYSTEM, name="新村委会", day=BEFORE, paper=PAPER)


def test_a_split_off_village_begins_without_a_past(village: Place) -> None:
    part = Part("610902107400", "棋盘新村委会")
    (made,) = split_place(village, by=SYSTEM, parts=[Part(village.code, village.name), part], day=DAY, paper=PAPER)
    village.refresh_from_db()
    assert village.ends_on is None
    assert (made.short_name, made.starts_on, made.parent) == ("棋盘新村", DAY, village.parent)
    assert set(Place.objects.within(made)) == {made}
    assert made not in Place.objects.within(place("610902107"), on=BEFORE)


def test_a_village_split_up_leaves_its_past_to_the_town(village: Place, town: Place) -> None:
    parts = [Part("610902107400", "甲村委会"), Part("610902107401", "乙村委会")]
    made = split_place(village, by=SYSTEM, parts=parts, day=DAY, paper=PAPER)
    village.refresh_from_db()
    assert village.ends_on == DAY
    assert village in Place.objects.within(town)
    assert not any(village in Place.objects.within(part) for part in made)
    assert set(Place.objects.within(village)) == {village}
    assert {row.to_place for row in Succession.objects.filter(from_place=village)} == set(made)


def test_a_transferred_village_takes_its_past_along(village: Place) -> None:
    old, new = place("610902107"), place("610902108")
    transfer_place(village, by=SYSTEM, parent=new, code="610902108203", day=DAY, paper=PAPER)
    village.refresh_from_db()
    assert village in Place.objects.within(new)
    assert village not in Place.objects.within(old)
    assert village in Place.objects.within(old, on=BEFORE)
    assert village not in Place.objects.within(new, on=BEFORE)
    assert village.on_day(BEFORE).code == "610902107269"


def test_a_town_moves_with_all_below_it(county: Place, village: Place) -> None:
    town = place("610902107")
    transfer_place(town, by=SYSTEM, parent=county, code="610902110", day=DAY, paper=PAPER)
    village.refresh_from_db()
    town.refresh_from_db()
    assert village.code == "610902110269"
    assert Place.objects.within(town).villages().count() == 7
    assert Place.objects.within(town, on=BEFORE).villages().count() == 7
    assert Succession.objects.get().succession_kind == "renumbered"


def test_an_import_that_renumbered_can_be_confirmed_afterwards(village: Place) -> None:
    take_over([*county_rows(c610902107269=""), village_row("610902108203", "棋盘村委会")])
    new = place("610902108203")
    succeed_place(village, by=SYSTEM, successor=new, day=DAY, paper=PAPER)
    village.refresh_from_db()
    assert village in Place.objects.within(new)
    assert village not in Place.objects.within(place("610902107"))
    assert village in Place.objects.within(place("610902107"), on=BEFORE)


def test_each_change_writes_one_row_of_the_log(village: Place) -> None:
    rename_place(village, by=SYSTEM, name="棋盘山村委会", day=DAY, paper=PAPER)
    row = Activity.objects.get(verb="places.renamed")
    assert row.changed["name"] == ["棋盘村委会", "棋盘山村委会"]
    assert row.object_id == village.pk == row.place_id


def test_what_cannot_be_is_refused(village: Place) -> None:
    other, town = place("610902107313"), place("610902107")

    def refused(field: str, action: object, *args: object, **values: object) -> None:
        values = {"by": SYSTEM, "day": DAY, "paper": PAPER, **values}
        with pytest.raises(Invalid) as refusal:
            action(*args, **values)  # type: ignore[operator]
        assert refusal.value.field == field

    refused("name", rename_place, village, name="  ")
    refused("paper", rename_place, village, name="新村", paper=" ")
    refused("day", rename_place, village, name="新村", day=DAY + timedelta(days=1))
    refused("places", merge_places, [], into=other)
    refused("places", merge_places, [village], into=village)
    refused("places", merge_places, [village], into=town)
    refused("parts", split_place, village, parts=[Part(village.code, "棋盘村")])
    refused("parts", split_place, village, parts=[Part("610902108400", "甲村")])
    refused("code", transfer_place, village, parent=town, code=other.code)
    refused("code", transfer_place, village, parent=town, code="61090210731x")
    refused("successor", succeed_place, village, successor=other)
    assert not Succession.objects.exists()


def test_nothing_is_dated_before_the_last_change(village: Place) -> None:
    rename_place(village, by=SYSTEM, name="甲村委会", day=DAY, paper=PAPER)
    with pytest.raises(Invalid, match="1 July"):
        rename_place(village, by=SYSTEM, name="乙村委会", day=date(2026, 6, 1), paper=PAPER)


def test_a_place_that_has_ended_is_left_alone(village: Place) -> None:
    merge_places([village], into=place("610902107313"), by=SYSTEM, day=DAY, paper=PAPER)
    with pytest.raises(Invalid, match="棋盘村"):
        rename_place(village, by=SYSTEM, name="甲村委会", day=DAY, paper=PAPER)


def test_only_the_county_reorganises_and_only_its_own(cast: Cast) -> None:
    village, strange = cast.world.village, cast.world.strange_place
    for actor in (cast.village_cadre, cast.township_staff, cast.county_leader, cast.auditor, cast.stranger):
        with pytest.raises(Forbidden):
            rename_place(village, by=actor, name="新村委会", day=DAY, paper=PAPER)
    with pytest.raises(Forbidden):
        rename_place(strange, by=cast.county_staff, name="新镇", day=DAY, paper=PAPER)
    rename_place(village, by=cast.county_staff, name="新村委会", day=date(2026, 1, 1), paper=PAPER)
    village.refresh_from_db()
    assert village.short_name == "新村"
