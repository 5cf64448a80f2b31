"""A village's point from the county's map service: proposed to whoever asked, kept only when they set it."""

from __future__ import annotations

import json
import logging
import socket
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.secrets import encrypt
from cunlian.places.actions.positions import set_position
from cunlian.places.models import District, Position
from tests.desk.conftest import Desk, Enter, soup
from tests.tianditu import KEY, REVIEWED, Tianditu

HERE = "/desk/places/610902107201/position/"
NAME = "测试省测试市测试区青石镇柳湾"
WRITTEN = {"latitude": "32.1", "longitude": "108.1", "source_note": "老会计说的", "accuracy_m": "900", "look": "1"}


@pytest.fixture(autouse=True)
def known(service: Tianditu) -> None:
    """The service knows the village."""
    service.known[NAME] = ("108.7512345", 32.7312)


def _values(page: BeautifulSoup) -> dict[str, str]:
    """What the form says, by name."""
    found = {str(field["name"]): str(field.get("value", "")) for field in page.select("form#point input[name]")}
    chosen = page.select_one("form#point select[name=source] option[selected]")
    return {**found, "source": str(chosen["value"]) if chosen else ""}


def test_what_it_finds_is_proposed_and_not_kept(desk: Desk, service: Tianditu, enter: Enter) -> None:
    set_position(desk.cast.world.township, by=SYSTEM, latitude_e7=327312000, longitude_e7=1088512345)
    page = soup(enter(desk.cast.village_cadre).post(HERE, WRITTEN))
    said = _values(page)
    assert (said["latitude"], said["longitude"], said["accuracy_m"]) == ("32.7312000", "108.7512345", "")
    assert said["source"] == "map_service" and REVIEWED in said["source_note"]
    words = page.select_one(".note-ok")
    assert words is not None and "柳湾北约60米" in words.text and "社区村落" in words.text and "95" in words.text
    assert "9.4 km from the point of 青石镇" in words.text
    assert not Position.objects.filter(place=desk.cast.world.village).exists()


def test_set_it_keeps_its_source_and_the_number_of_its_review(desk: Desk, service: Tianditu, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    said = _values(soup(client.post(HERE, WRITTEN)))
    client.post(HERE, said)
    point = Position.objects.get(place=desk.cast.world.village)
    assert (point.latitude_e7, point.longitude_e7, point.source) == (327312000, 1087512345, "map_service")
    assert REVIEWED in point.source_note and point.accuracy_m is None
    assert soup(client.get("/desk/places/610902107201/")).text.count(REVIEWED) == 1


def test_it_is_asked_for_the_name_and_learns_nothing_else(desk: Desk, service: Tianditu, enter: Enter) -> None:
    enter(desk.cast.village_cadre).post(HERE, WRITTEN)
    asked = [(urlsplit(path).path, parse_qs(urlsplit(path).query)) for path, _agent in service.asked]
    assert [(path, set(said)) for path, said in asked] == [
        ("/geocoder", {"ds", "tk"}), ("/geocoder", {"postStr", "type", "tk"}),
    ]  # fmt: skip
    assert json.loads(asked[0][1]["ds"][0]) == {"keyWord": NAME}
    assert json.loads(asked[1][1]["postStr"][0]) == {"lon": "108.7512345", "lat": 32.7312, "ver": 1}
    assert {agent for _path, agent in service.asked} == {"Cunlian"}


def _unknown(service: Tianditu) -> None:
    service.known.clear()


def _elsewhere(service: Tianditu) -> None:
    service.county = "610903"


def _no_point(service: Tianditu) -> None:
    service.known[NAME] = ("", None)


def _failing(service: Tianditu) -> None:
    service.failing = True


def _asleep(service: Tianditu) -> None:
    service.woken.clear()


def _wrong_key(_service: Tianditu) -> None:
    District.objects.update(map_service_key=encrypt("not-the-key"))


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (_unknown, "knows no place called 测试省测试市测试区青石镇柳湾"), (_elsewhere, "does not lie in this county"),
        (_no_point, "does not answer"), (_failing, "does not answer"), (_asleep, "does not answer"),
        (_wrong_key, "does not accept the county's key"),
    ],
)  # fmt: skip
def test_a_look_up_that_fails_says_why_and_loses_nothing(
    desk: Desk, service: Tianditu, enter: Enter, trouble: Any, sentence: str
) -> None:
    trouble(service)
    answer: Any = enter(desk.cast.village_cadre).post(HERE, WRITTEN)
    page, said = soup(answer), _values(soup(answer))
    alert = page.select_one("[role=alert]")
    assert answer.status_code == 422 and alert is not None and sentence in alert.text
    assert {name: said[name] for name in WRITTEN if name != "look"} == {k: v for k, v in WRITTEN.items() if k != "look"}
    assert not Position.objects.exists() and KEY not in str(page) and "not-the-key" not in str(page)


def test_a_service_that_is_away_is_left_alone_for_a_minute(
    desk: Desk, service: Tianditu, enter: Enter, settings: Any
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.MAP_SERVICE_URL = f"http://127.0.0.1:{closed.getsockname()[1]}"
        client = enter(desk.cast.village_cadre)
        assert "does not answer" in soup(client.post(HERE, WRITTEN)).text
    settings.MAP_SERVICE_URL = service.url
    assert "does not answer" in soup(client.post(HERE, WRITTEN)).text and not service.asked


def test_without_a_key_nobody_is_asked(desk: Desk, service: Tianditu, enter: Enter) -> None:
    District.objects.update(map_service_key=b"")
    client = enter(desk.cast.village_cadre)
    assert soup(client.get(HERE)).select_one("[name=look]") is None
    client.post(HERE, {**WRITTEN, "latitude": ""})
    assert not service.asked


@pytest.mark.parametrize(("who", "status"), [("neighbour_cadre", 403), ("stranger", 404), ("auditor", 403)])
def test_others_ask_nothing_here(desk: Desk, service: Tianditu, enter: Enter, who: str, status: int) -> None:
    assert enter(getattr(desk.cast, who)).post(HERE, WRITTEN).status_code == status
    assert not service.asked


def test_the_key_stands_in_no_log_and_on_no_page(
    desk: Desk, service: Tianditu, enter: Enter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = enter(desk.cast.administrator)
    pages = [client.get(url).content.decode() for url in ("/desk/places/district/", "/desk/settings/")]
    enter(desk.cast.village_cadre).post(HERE, WRITTEN)
    service.failing = True
    enter(desk.cast.village_cadre).post(HERE, WRITTEN)
    rows = [str(row) for row in Activity.objects.values()]
    assert rows and service.asked and not any(KEY in text for text in [*rows, *pages, caplog.text])
