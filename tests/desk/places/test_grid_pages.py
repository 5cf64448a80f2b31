"""Grids at the desk: the three tiers side by side, a grid's class, a group put into another grid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import arrange_stand_in, assign_duty
from cunlian.places.actions.grids import create_grid, create_villager_group, set_grid_class
from cunlian.places.models import Grid, GridClass, GridGroup, GridTier, Place, VillagerGroup, on
from tests.desk.conftest import Desk, Enter, soup

START = date(2025, 3, 1)
VILLAGE, GRIDS = "/desk/places/610902107201/", "/desk/grids/"
Draw = Callable[..., Grid]


@pytest.fixture
def groups(desk: Desk) -> list[VillagerGroup]:
    village = desk.cast.world.village
    return [create_villager_group(village, by=SYSTEM, number=n, starts_on=START) for n in (1, 2)]


@pytest.fixture
def draw(desk: Desk) -> Draw:
    def drawn(name: str, *groups: VillagerGroup, village: Place | None = None, **values: object) -> Grid:
        where = village or desk.cast.world.village
        return create_grid(where, by=SYSTEM, name=name, starts_on=START, groups=groups, **values)  # type: ignore[arg-type]

    return drawn


@pytest.fixture
def red(desk: Desk) -> GridClass:
    return set_grid_class(
        desk.cast.world.county, by=SYSTEM, code="red", label_zh="红色", label_en="Red", colour="#d94f3d", meaning="重点"
    )


def rows_at(client: object, url: str) -> list[list[str]]:
    page = soup(client.get(url))  # type: ignore[attr-defined]
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in page.select("main .panel table tbody tr")
    ]


def test_the_tiers_stand_side_by_side_under_their_area(
    desk: Desk, enter: Enter, draw: Draw, groups: list[VillagerGroup]
) -> None:
    upper = draw("东网格", *groups)
    draw("东网格社工格", groups[0], tier=GridTier.SOCIAL_WORKER, inside=upper)
    area = desk.cast.world.area
    client = enter(desk.cast.county_leader)
    assert [row[:5] for row in rows_at(client, f"{GRIDS}?area={area.pk}")] == [
        ["东网格", "—", "柳湾", "—", "group 1, group 2"],
        ["东网格", "东网格社工格", "柳湾", "—", "group 1"],
    ]
    page = soup(client.get(f"{GRIDS}?area={area.pk}"))
    told = {line.text: line.find_next("dd").get_text(" ", strip=True) for line in page.select("dl.props dt")}
    assert told["Villages"] == "2 without a grid 1"
    assert (told["Village grids"], told["Social workers' grids"]) == ("1", "1")
    assert "葛远山" in told["Who answers"]


def test_each_number_of_an_area_opens_just_what_it_counts(
    desk: Desk, enter: Enter, draw: Draw, groups: list[VillagerGroup]
) -> None:
    upper = draw("东网格", groups[0])
    draw("社工格", groups[1], tier=GridTier.SOCIAL_WORKER, inside=upper)
    client = enter(desk.cast.county_leader)
    page = soup(client.get(f"{GRIDS}?area={desk.cast.world.area.pk}"))
    for number in page.select("dl.props .fig"):
        opened = soup(client.get(str(number["href"]))).select("main .panel table tbody tr")
        assert str(len(opened)) == number.text


def test_nobody_somebody_and_a_stand_in_work_a_grid(desk: Desk, enter: Enter, draw: Draw) -> None:
    one, two = draw("一格"), draw("二格")
    posts = desk.cast.world.posts
    assign_duty(posts["grid_worker"], by=SYSTEM, capacity="grid_worker", place=one.place, starts_on=START)
    client = enter(desk.cast.county_leader)
    assert [row[0] for row in rows_at(client, f"{GRIDS}?worked=nobody")] == [two.place.name]
    assert [row[-1] for row in rows_at(client, f"{GRIDS}?worked=somebody")] == ["一网格网格员 许建华"]
    arrange_stand_in(
        posts["grid_worker"], by=SYSTEM, by_post=posts["lane_leader"], starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    assert [row[-1] for row in rows_at(client, f"{GRIDS}?worked=somebody")] == ["一网格网格员 罗巧云"]


def test_the_list_takes_the_same_queries_for_one_grid_and_for_many(
    desk: Desk, enter: Enter, draw: Draw, groups: list[VillagerGroup]
) -> None:
    client, counts = enter(desk.cast.county_staff), []
    upper = draw("一格", groups[0])
    draw("社工格", groups[1], tier=GridTier.SOCIAL_WORKER, inside=upper)
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(GRIDS)
        counts.append(len(caught))
        for number in range(5):
            draw(f"新格{number}", village=desk.cast.world.other_village)
    assert counts[0] == counts[1]


def test_staff_of_another_county_see_no_grid(desk: Desk, enter: Enter, draw: Draw) -> None:
    grid = draw("一格")
    client = enter(desk.cast.stranger)
    assert rows_at(client, GRIDS) == []
    assert client.get(f"/desk/places/grids/{grid.pk}/class/").status_code == 404


def test_a_grid_is_given_another_class_and_none(desk: Desk, enter: Enter, draw: Draw, red: GridClass) -> None:
    grid, client = draw("一格"), enter(desk.cast.township_staff)
    page = f"/desk/places/grids/{grid.pk}/class/"
    assert client.post(page, {"grid_class": str(red.pk)})["Location"] == VILLAGE
    assert rows_at(client, f"{GRIDS}?grid_class={red.pk}")[0][3] == "Red"
    chosen = soup(client.get(page)).select_one("option[selected]")
    assert chosen is not None and chosen["value"] == str(red.pk)
    client.post(page, {"grid_class": "", "sent": "1"})
    assert Grid.objects.get(pk=grid.pk).grid_class is None


def test_classes_are_defined_by_the_county_and_lead_to_their_grids(
    desk: Desk, enter: Enter, draw: Draw, red: GridClass
) -> None:
    draw("一格", grid_class=red)
    client = enter(desk.cast.township_staff)
    assert client.get("/desk/places/classes/set/").status_code == 403
    number = soup(client.get("/desk/places/classes/")).select_one("td .fig")
    assert number is not None and number.text == "1"
    assert len(rows_at(client, str(number["href"]))) == 1


def test_a_class_is_made_and_changed_without_a_code(desk: Desk, enter: Enter, red: GridClass) -> None:
    client, values = enter(desk.cast.county_staff), {"label_en": "Blue", "colour": "#2255aa", "meaning": "治安"}
    assert client.post("/desk/places/classes/set/", values | {"label_zh": "蓝色"}).status_code == 302
    blue = GridClass.objects.get(label_zh="蓝色")
    change = soup(client.get("/desk/places/classes/")).find("a", href=f"/desk/places/classes/{blue.pk}/")
    shown = soup(client.get(change["href"])) if change else None
    assert shown and shown.select_one("[name=meaning]")["value"] == "治安" and not shown.select_one("[name=code]")
    assert client.post(change["href"], values | {"label_zh": "天蓝"}).status_code == 302
    assert sorted(GridClass.objects.values_list("code", "label_zh")) == [("1", "天蓝"), ("red", "红色")]
    assert client.post(change["href"], values | {"label_zh": "红色"}).status_code == 422
    assert enter(desk.cast.township_staff).get(change["href"]).status_code == 403


def test_a_group_goes_into_another_grid_from_a_day(
    desk: Desk, enter: Enter, draw: Draw, groups: list[VillagerGroup]
) -> None:
    draw("一格", *groups)
    two, client = draw("二格"), enter(desk.cast.township_staff)
    page = f"/desk/places/groups/{groups[0].pk}/move/"
    assert client.post(page, {"grid": str(two.pk), "starts_on": "2025-04-01"})["Location"] == VILLAGE
    assert [row.grid for row in GridGroup.objects.filter(on(date(2025, 4, 1)), group=groups[0])] == [two]
    refused = client.post(page, {"grid": str(two.pk), "starts_on": "2024-01-01"})
    assert refused.status_code == 422
    assert soup(refused).select_one(".field.wrong [name=starts_on]") is not None


def test_a_group_of_another_village_is_offered_no_grid_of_this_one(
    desk: Desk, enter: Enter, draw: Draw, groups: list[VillagerGroup]
) -> None:
    other = draw("桥头格", village=desk.cast.world.other_village)
    client, page = enter(desk.cast.township_staff), f"/desk/places/groups/{groups[0].pk}/move/"
    assert client.post(page, {"grid": str(other.pk), "starts_on": "2025-04-01"}).status_code == 422


@pytest.mark.parametrize("who", ["village_cadre", "auditor"])
def test_who_may_not_draw_sees_no_links_and_no_forms(
    desk: Desk, enter: Enter, draw: Draw, groups: list[VillagerGroup], who: str
) -> None:
    grid, client = draw("一格", *groups), enter(getattr(desk.cast, who))
    for page in (f"/desk/places/grids/{grid.pk}/class/", f"/desk/places/groups/{groups[0].pk}/move/"):
        assert client.get(page).status_code == 403
    assert not soup(client.get(VILLAGE)).select("td.act a")
    assert not soup(client.get(GRIDS)).select("td.act a")


def test_the_village_shows_its_grids_of_the_day_asked_for(desk: Desk, enter: Enter, draw: Draw) -> None:
    draw("一格")
    client = enter(desk.cast.village_cadre)
    assert soup(client.get(VILLAGE)).select("#grids tbody tr")
    assert not soup(client.get(f"{VILLAGE}?on=2025-02-01")).select("#grids tbody tr")


@pytest.mark.parametrize(("who", "offered"), [("county_staff", True), ("township_staff", False)])
def test_renaming_is_offered_to_who_may(
    desk: Desk, enter: Enter, draw: Draw, groups: list[VillagerGroup], who: str, offered: bool
) -> None:
    draw("东网格", *groups)
    page = soup(enter(getattr(desk.cast, who)).get(GRIDS))
    links = [str(link["href"]) for link in page.select("main table a[href]")]
    assert any("/end" in link for link in links)
    assert any(link.endswith("/rename/") for link in links) == offered
