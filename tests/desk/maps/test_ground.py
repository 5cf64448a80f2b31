"""Where a drawing of places lies on the county's map: the same places and links, and the number of the map's review."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from cunlian.cases.states import State
from cunlian.places.models import District, Level, Place
from tests.desk.conftest import Desk, Enter, case_url, soup
from tests.tianditu import KEY, REVIEWED, Tianditu, lay

OVERVIEW, CHOOSE = "/desk/district/", "/desk/cases/new/sketch/"
HERE = "/desk/places/610902107201/position/"


@pytest.fixture
def villages(desk: Desk) -> list[Place]:
    """Seven of one town, all but the last with a point."""
    town = desk.cast.world.township
    more = [
        Place.objects.create(code=f"6109021072{n}", level=Level.VILLAGE, name=name, short_name=name, parent=town)
        for n, name in enumerate("甲乙丙丁戊", start=10)
    ]
    places = [desk.cast.world.village, desk.cast.world.other_village, *more]
    lay(*places[:-1])
    return places


def _marks(page: BeautifulSoup) -> list[dict[str, Any]]:
    script = page.select_one("figure.ground script")
    assert script is not None and script.string is not None
    return json.loads(script.string)["marks"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("url", [OVERVIEW, CHOOSE])
def test_the_map_has_the_places_of_the_sketch_with_their_links(
    desk: Desk, service: Tianditu, villages: list[Place], enter: Enter, url: str
) -> None:
    page = soup(enter(desk.cast.dispatcher).get(url))
    drawn = {str(cell["href"]) for cell in page.select("svg.sketch a")}
    missing = {str(link["href"]) for link in page.select("figure.ground figcaption a")}
    assert {mark["url"] for mark in _marks(page)} | missing == drawn and len(drawn) == 7 and len(missing) == 1


def test_it_tells_whose_map_it_is_and_keeps_the_key(
    desk: Desk, service: Tianditu, villages: list[Place], enter: Enter
) -> None:
    answer = enter(desk.cast.county_staff).get(OVERVIEW)
    caption = soup(answer).select_one("figure.ground figcaption")
    assert caption is not None and "Tianditu" in caption.text and REVIEWED in caption.text
    assert KEY not in answer.content.decode() and service.url not in answer.content.decode()
    assert not service.asked


def test_the_village_of_a_request_is_marked(desk: Desk, service: Tianditu, villages: list[Place], enter: Enter) -> None:
    case = desk.in_state(State.REPORTED)
    marks = _marks(soup(enter(desk.cast.township_staff).get(case_url(case))))
    assert [mark["label"] for mark in marks if mark["here"]] == ["柳湾"] and len(marks) == 6


def test_a_point_that_is_proposed_is_marked_before_it_is_set(
    desk: Desk, service: Tianditu, villages: list[Place], enter: Enter
) -> None:
    service.known["测试省测试市测试区青石镇柳湾"] = (108.71, 32.72)
    page = soup(enter(desk.cast.village_cadre).post(HERE, {"look": "1"}))
    assert [mark["at"] for mark in _marks(page) if mark["here"]] == [[108.71, 32.72]]


@pytest.mark.parametrize("without", ["key", "points"])
def test_without_a_key_or_with_few_points_the_sketch_is_alone(
    desk: Desk, service: Tianditu, villages: list[Place], enter: Enter, without: str
) -> None:
    if without == "key":
        District.objects.update(map_service_key=b"")
    for village in villages[3:-1] if without == "points" else ():
        village.position.delete()
    client, case = enter(desk.cast.township_staff), desk.in_state(State.REPORTED)
    for url in (OVERVIEW, CHOOSE, case_url(case)):
        page = soup(client.get(url))
        assert page.select_one("svg[data-sketch]") is not None, url
        assert page.select_one("figure.ground, script[src*=maplibre], link[href*=maplibre]") is None, url
