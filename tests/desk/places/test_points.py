"""Where villages lie: pointed at on the sketch, written in degrees, or brought in a file."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.secrets import encrypt
from cunlian.places.actions.positions import set_position
from cunlian.places.models import District, Level, Place, Position
from tests.desk.conftest import Desk, Enter, soup

HERE = "/desk/places/610902107201/position/"
BRING = "/desk/places/points/import/"
ONE, TWO = "610902107201", "610902107202"
SPOTS = {"甲村": ("610902107203", 32.70, 108.70), "乙村": ("610902107204", 32.80, 108.80)}


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Two villages of the district whose point is known: one in the south-west, one in the north-east."""
    for name, (code, latitude, longitude) in SPOTS.items():
        village = Place.objects.create(
            code=code, level=Level.VILLAGE, name=name, short_name=name, parent=desk.cast.world.township
        )
        set_position(village, by=SYSTEM, latitude_e7=round(latitude * 1e7), longitude_e7=round(longitude * 1e7))
    return desk


def _size(client: Client, name: str = "wide") -> tuple[int, int]:
    picture = soup(client.get(HERE)).select_one(f"input[type=image][name={name}]")
    assert picture is not None
    return int(str(picture["width"])), int(str(picture["height"]))


@pytest.mark.parametrize("name", ["wide", "narrow"])
def test_a_spot_on_the_sketch_becomes_the_point_of_the_village(known: Desk, enter: Enter, name: str) -> None:
    client = enter(known.cast.village_cadre)
    width, height = _size(client, name)
    page = soup(client.get(HERE, {f"{name}.x": width // 2, f"{name}.y": height // 2}))
    said = {field["name"]: field["value"] for field in page.select("main form[method=post] input[value]")}
    answer: Any = client.post(HERE, said)

    point = Position.objects.get(place=known.cast.world.village)
    assert answer["Location"] == "/desk/places/610902107201/"
    assert abs(point.latitude_e7 - 327500000) < 1_000_000 and abs(point.longitude_e7 - 1087500000) < 1_000_000
    assert point.source == "hand" and point.source_note == "Pointed at on the sketch"
    assert point.accuracy_m is not None and 100 <= point.accuracy_m <= 1000


def test_up_is_north_and_right_is_east(known: Desk, enter: Enter) -> None:
    client = enter(known.cast.village_cadre)
    page = soup(client.get(HERE, {"wide.x": 700, "wide.y": 10}))
    values = {name: float(page.select_one(f"input[name={name}]")["value"]) for name in ("latitude", "longitude")}  # type: ignore[index,arg-type]
    assert values["latitude"] > 32.8 and values["longitude"] > 108.8


def test_the_sketch_shows_dots_and_names_of_the_others_and_calls_itself_no_map(known: Desk, enter: Enter) -> None:
    page = soup(enter(known.cast.village_cadre).get(HERE))
    picture = page.select_one("input[type=image][name=wide]")
    assert picture is not None
    drawn = base64.b64decode(str(picture["src"]).partition("base64,")[2]).decode()
    assert drawn.count("<circle") == 2 and all(name in drawn for name in SPOTS)
    assert not re.search(r"<path|<polygon|<image|href", drawn) and "Not a map" in page.text


@pytest.mark.parametrize(
    "query", [{}, {"wide.x": "0", "wide.y": "0"}, {"wide.x": "-5", "wide.y": "x"}, {"wide.x": "²", "wide.y": "9"}]
)
def test_a_press_that_tells_no_spot_leaves_the_form_empty(known: Desk, enter: Enter, query: dict[str, str]) -> None:
    page = soup(enter(known.cast.village_cadre).get(HERE, query))
    field = page.select_one("input[name=latitude]")
    assert field is not None and not field.get("value")


def test_without_two_known_points_degrees_are_written(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    page = soup(client.get(HERE))
    assert page.select_one("input[type=image]") is None and "two villages" in page.text
    client.post(HERE, {"latitude": "32.7", "longitude": "108.7", "source_note": "手持机"})
    assert Position.objects.get().latitude_e7 == 327000000


@pytest.mark.parametrize(("who", "status"), [("neighbour_cadre", 403), ("stranger", 404), ("auditor", 403)])
def test_others_point_at_nothing_here(known: Desk, enter: Enter, who: str, status: int) -> None:
    client = enter(getattr(known.cast, who))
    assert client.get(HERE, {"wide.x": 9, "wide.y": 9}).status_code == status
    assert client.post(HERE, {"latitude": "32.7", "longitude": "108.7", "source_note": "x"}).status_code == status
    assert not Position.objects.filter(place=known.cast.world.village).exists()


def test_a_point_read_from_the_map_service_says_so_with_the_review_number(desk: Desk, enter: Enter) -> None:
    client, county = enter(desk.cast.village_cadre), desk.cast.world.county
    assert soup(client.get(HERE)).select_one("[name=source]") is None
    District.objects.filter(root=county).update(map_service_key=encrypt("k"), map_review_number="GS(2026)0001号")
    assert "GS(2026)0001号" in soup(client.get(HERE)).text
    client.post(HERE, {"latitude": "32.7", "longitude": "108.7", "source_note": "x", "source": "map_service"})
    page = soup(client.get("/desk/places/610902107201/")).text
    assert "From the map service" in page and "GS(2026)0001号" in page


FEATURES = [
    {"geometry": {"type": "Point", "coordinates": [108.7, 32.7]}, "properties": {"code": ONE, "accuracy": 30}},
    {"geometry": {"type": "Point", "coordinates": [108.8, 32.8]}, "properties": {"code": TWO}},
]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("points.csv", f"code,latitude,longitude,accuracy\n{ONE},32.7,108.7,30\n{TWO},32.8,108.8,\n"),
        ("points.geojson", json.dumps({"type": "FeatureCollection", "features": FEATURES})),
    ],
)
def test_a_file_of_either_kind_is_taken_in(desk: Desk, enter: Enter, name: str, data: str) -> None:
    client = enter(desk.cast.county_staff)
    assert f'href="{BRING}"' in client.get("/desk/places/").content.decode()
    answer: Any = client.post(BRING, {"file": SimpleUploadedFile(name, data.encode()), "source": "测绘队"})
    assert answer["Location"] == "/desk/places/"
    found = Position.objects.order_by("place__code").values_list(
        "place__code", "latitude_e7", "accuracy_m", "source_note"
    )
    assert list(found) == [(ONE, 327000000, 30, "测绘队"), (TWO, 328000000, None, "测绘队")]


def test_rows_that_cannot_be_true_are_named_and_nothing_is_kept(desk: Desk, enter: Enter) -> None:
    data = f"code,latitude,longitude\n{ONE},32.7,108.7\n{TWO},108.8,32.8\n999,1,2\n"
    refused = enter(desk.cast.county_staff).post(
        BRING, {"file": SimpleUploadedFile("p.csv", data.encode()), "source": "x"}
    )
    rows = [[cell.text for cell in row.select("td")][:2] for row in soup(refused).select("table.tb tbody tr")]
    assert refused.status_code == 422 and rows == [["Row 3", TWO], ["Row 4", "999"]]
    assert not Position.objects.exists()


@pytest.mark.parametrize("who", ["village_cadre", "stranger", "auditor", "county_leader"])
def test_only_the_county_brings_a_file(desk: Desk, enter: Enter, who: str) -> None:
    assert enter(getattr(desk.cast, who)).get(BRING).status_code == 403
