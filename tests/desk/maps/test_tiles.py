"""Tiles of the county's map, fetched by this server: for its own staff, of its own ground, with its key kept back."""

from __future__ import annotations

from math import asinh, floor, pi, radians, tan
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from cunlian.kernel.secrets import encrypt
from cunlian.places.models import District
from tests.desk.conftest import Desk, Enter
from tests.tianditu import KEY, PICTURE, Tianditu, lay


@pytest.fixture(autouse=True)
def laid(desk: Desk, service: Tianditu) -> None:
    lay(desk.cast.world.village, desk.cast.world.other_village)


def at(z: int, latitude: float = 32.705, longitude: float = 108.705, layer: str = "vec") -> str:
    """The address of the tile a point lies in."""
    x = floor((longitude + 180) / 360 * 2**z)
    y = floor((1 - asinh(tan(radians(latitude))) / pi) / 2 * 2**z)
    return f"/desk/map/{layer}/{z}/{x}/{y}/"


@pytest.mark.parametrize("layer", ["vec", "cva"])
def test_a_tile_of_the_district_is_fetched_with_the_key(
    desk: Desk, service: Tianditu, enter: Enter, layer: str
) -> None:
    answer: Any = enter(desk.cast.grid_worker).get(at(12, layer=layer))
    assert (answer.content, answer["Content-Type"]) == (PICTURE, "image/png")
    assert answer["Cache-Control"] == "private, max-age=604800"
    asked = urlsplit(service.asked[0][0])
    said = {name: value[0] for name, value in parse_qs(asked.query).items()}
    assert asked.path == f"/{layer}_w/wmts" and said.pop("tk") == KEY
    assert said == {
        "SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", "LAYER": layer, "STYLE": "default",
        "TILEMATRIXSET": "w", "FORMAT": "tiles", "TILEMATRIX": "12", "TILECOL": at(12).split("/")[5],
        "TILEROW": at(12).split("/")[6],
    }  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        at(4), at(19), at(12, 32.4), at(12, 33.1), at(12, 32.7, 108.3), at(12, 32.7, 109.2), at(12, layer="img"),
        "/desk/map/vec/5/32/13/", "/desk/map/vec/5/25/99999999999999999999/", "/desk/map/vec/99999/0/0/",
        "/desk/map/vec/5/-1/13/", "/desk/map/vec/5/25/13.5/", "/desk/map/https:/5/25/12/",
    ],
)  # fmt: skip
def test_nothing_else_is_asked_for(desk: Desk, service: Tianditu, enter: Enter, url: str) -> None:
    assert enter(desk.cast.county_staff).get(url).status_code == 404
    assert not service.asked


def test_the_map_reaches_from_afar_to_close_by(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    assert [client.get(at(z)).status_code for z in (5, 9, 18)] == [200, 200, 200]


def test_where_the_service_has_no_tile_there_is_none(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    assert client.get(at(17)).status_code == 404 and client.get(at(16)).status_code == 200


def test_staff_of_another_county_and_strangers_get_none(desk: Desk, service: Tianditu, enter: Enter) -> None:
    assert enter(desk.cast.stranger).get(at(12)).status_code == 404
    assert Client().get(at(12)).status_code == 302
    assert not service.asked


@pytest.mark.parametrize("trouble", ["failing", "asleep", "wrong key"])
def test_a_service_that_fails_is_not_asked_again_at_once(
    desk: Desk, service: Tianditu, enter: Enter, trouble: str
) -> None:
    service.failing = trouble == "failing"
    if trouble == "asleep":
        service.woken.clear()
    if trouble == "wrong key":
        District.objects.update(map_service_key=encrypt("not-the-key"))
    client = enter(desk.cast.county_staff)
    answers = [client.get(at(12, layer=layer)) for layer in ("vec", "cva")]
    assert [answer.status_code for answer in answers] == [502, 502] and len(service.asked) == 1
    assert not any(answer.content for answer in answers)


def test_without_a_key_or_two_points_there_is_no_map(desk: Desk, service: Tianditu, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    desk.cast.world.other_village.position.delete()
    assert client.get(at(12)).status_code == 404
    lay(desk.cast.world.village, desk.cast.world.other_village)
    District.objects.update(map_service_key=b"")
    assert client.get(at(12)).status_code == 404 and not service.asked
