"""Road times at the desk: listed, entered, taken in from a file; and what is near a village, by which means."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.positions import set_position, set_road_minutes
from cunlian.places.models import District, Place, RoadMinutes
from tests.cast import Cast
from tests.desk.conftest import Desk, Enter, soup
from tests.desk.test_lists import file_at

ONE, TWO = "610902107201", "610902107202"
VILLAGE, ROADS = f"/desk/places/{ONE}/", "/desk/places/roads/"


def sheet(*lines: str, name: str = "roads.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(["from,to,minutes", *lines]).encode(), content_type="text/csv")


@pytest.fixture
def road(desk: Desk) -> RoadMinutes:
    world = desk.cast.world
    return set_road_minutes(world.village, by=SYSTEM, to_place=world.other_village, minutes=12, source="开车走过")


def test_a_pair_is_entered_corrected_and_taken_out(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    sent = {"from_place": ONE, "to_place": TWO, "minutes": "12", "source": "开车走过"}
    assert client.post(f"{ROADS}new/", sent)["Location"] == ROADS
    form = soup(client.get(f"{ROADS}new/?from={ONE}&to={TWO}"))
    assert form.select_one("input[name=minutes]")["value"] == "12"  # type: ignore[index]
    client.post(f"{ROADS}new/", {**sent, "minutes": "15"})
    assert list(RoadMinutes.objects.values_list("minutes", flat=True)) == [15]
    (link,) = [a["href"] for a in soup(client.get(ROADS)).select("td.act a") if "remove" in str(a["href"])]
    assert "15 minutes" in soup(client.get(str(link))).text
    assert client.post(str(link), {"pressed": "1"})["Location"] == ROADS
    assert not RoadMinutes.objects.exists()


@pytest.mark.parametrize(
    ("field", "then"), [("to_place", {"to_place": ONE}), ("minutes", {"minutes": "2000"}), ("source", {"source": " "})]
)
def test_what_cannot_be_is_refused_beside_its_field(desk: Desk, enter: Enter, field: str, then: dict[str, str]) -> None:
    sent = {"from_place": ONE, "to_place": TWO, "minutes": "12", "source": "x", **then}
    refused = enter(desk.cast.county_staff).post(f"{ROADS}new/", sent)
    assert refused.status_code == 422
    assert soup(refused).select_one(f".field.wrong [name={field}]") is not None


def test_a_cadre_enters_from_their_own_village_and_imports_nothing(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    starts = soup(client.get(f"{ROADS}new/")).select("select[name=from_place] option[value]")
    assert [option["value"] for option in starts if option["value"]] == [ONE]
    assert client.get(f"{ROADS}import/").status_code == 403
    assert soup(client.get(ROADS)).select_one(f'a[href="{ROADS}import/"]') is None
    assert enter(desk.cast.auditor).get(f"{ROADS}new/").status_code == 403


def test_a_file_is_taken_in_whole(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    answer = client.post(f"{ROADS}import/", {"file": sheet(f"{ONE},{TWO},12", f"{TWO},{ONE},14"), "source": "导航"})
    assert answer["Location"] == ROADS
    rows = soup(client.get(ROADS)).select("table tbody tr")
    assert ["12" in rows[0].text and "14" in rows[0].text, len(rows)] == [True, 2]


def test_every_row_that_cannot_be_true_is_named_by_its_number_and_none_is_taken_in(desk: Desk, enter: Enter) -> None:
    file = sheet(f"{ONE},{TWO},12", f"{ONE},{ONE},5", f"{ONE},999,5", f"{TWO},{ONE},soon")
    refused = enter(desk.cast.county_staff).post(f"{ROADS}import/", {"file": file, "source": "导航"})
    assert refused.status_code == 422
    cells = [[td.text for td in row.select("td")][:2] for row in soup(refused).select("table tbody tr")]
    assert cells == [["Row 3", ONE], ["Row 4", "999"], ["Row 5", TWO]]
    assert soup(refused).select_one(".field.wrong [name=file]") is not None
    assert soup(refused).select_one("input[name=source]")["value"] == "导航"  # type: ignore[index]
    assert not RoadMinutes.objects.exists()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("x.csv", b"a,b\n1,2\n"), "must name these columns"),
        (SimpleUploadedFile("x.xlsx", b"PK\x03\x04\x00\x00\xff\xfe\x00"), ""),
        (SimpleUploadedFile("big.csv", b"x" * 2_000_001), "larger than 2 MB"),
        (SimpleUploadedFile("empty.csv", b"from,to,minutes\n"), "no rows"),
        (SimpleUploadedFile("twice.csv", f"from,to,minutes\n{ONE},{TWO},1\n{ONE},{TWO},2\n".encode()), "twice"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_file_of_another_kind_says_what_is_wrong_beside_it(
    desk: Desk, enter: Enter, file: SimpleUploadedFile, said: str
) -> None:
    file.seek(0)
    refused = enter(desk.cast.county_staff).post(f"{ROADS}import/", {"file": file, "source": "x"})
    assert refused.status_code == 422
    assert soup(refused).select_one(".field.wrong [name=file]") is not None
    assert said in soup(refused).text


def test_the_list_taken_out_can_be_put_right_and_taken_in_again(desk: Desk, enter: Enter, road: RoadMinutes) -> None:
    client = enter(desk.cast.county_staff)
    rows = file_at(client, ROADS)
    assert rows[1][0::2] == [ONE, TWO, "12"]
    text = "\n".join(",".join(cells) for cells in rows).replace(",12,", ",13,")
    client.post(f"{ROADS}import/", {"file": SimpleUploadedFile("roads.csv", text.encode()), "source": "改正"})
    assert RoadMinutes.objects.get().minutes == 13


def test_the_list_is_cut_to_a_village_and_takes_the_same_queries_for_more_rows(
    desk: Desk, enter: Enter, road: RoadMinutes
) -> None:
    client, world = enter(desk.cast.county_staff), desk.cast.world
    assert soup(client.get(f"{ROADS}?village={TWO}")).select("table tbody tr")
    assert not soup(client.get(f"{ROADS}?village=610902107299")).select("table tbody tr")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(ROADS)
        counts.append(len(caught))
        set_road_minutes(world.other_village, by=SYSTEM, to_place=world.village, minutes=9, source="x")
    assert counts[0] == counts[1]


def said(page: Any) -> list[str]:
    return [row.get_text(" ", strip=True) for row in page.select("#near tbody tr")]


def test_near_it_says_by_which_means_it_is_known(desk: Desk, enter: Enter) -> None:
    client, world = enter(desk.cast.village_cadre), desk.cast.world
    assert said(soup(client.get(VILLAGE))) == ["桥头 — same town"]
    set_road_minutes(world.village, by=SYSTEM, to_place=world.other_village, minutes=12, source="x")
    assert said(soup(client.get(VILLAGE))) == ["桥头 12 minutes by road"]
    for place, latitude in ((world.village, 327), (world.other_village, 328)):
        set_position(place, by=SYSTEM, latitude_e7=latitude * 10**6, longitude_e7=1088 * 10**6, invented=True)
    assert said(soup(client.get(VILLAGE))) == ["桥头 11.1 km as the crow flies invented"]
    assert "invented points" in soup(client.get(f"{VILLAGE}near/")).text


def test_what_is_near_is_a_list_with_its_file(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    assert file_at(client, f"{VILLAGE}near/")[1:] == [["桥头", "", "same town"]]
    assert client.get("/desk/places/610902107299/near/").status_code == 404


def test_roads_of_a_place_that_has_ended_are_not_listed(cast: Cast, enter: Enter) -> None:
    District.objects.create(root=cast.world.county, name="区", receipt_mark="测")
    world = cast.world
    set_road_minutes(world.village, by=SYSTEM, to_place=world.other_village, minutes=12, source="x")
    client: Client = enter(cast.county_staff)
    assert soup(client.get(ROADS)).select("table tbody tr")
    Place.objects.filter(pk=world.other_village.pk).update(ends_on="2026-01-01")
    assert not soup(client.get(ROADS)).select("table tbody tr")
