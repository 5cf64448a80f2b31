"""Villages and areas at the desk: the roster's two numbers, one village, master data."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import end_posting
from cunlian.organisations.models import Posting
from cunlian.places.actions.districts import enter_roster, switch_module
from cunlian.places.actions.profiles import enter_profile
from cunlian.places.models import Area, AreaMembership, District, Grid, GridSet, Lane, Place, Position, VillageProfile
from tests.desk.conftest import Desk, Enter, soup

DAY = date(2025, 3, 1)
VILLAGE = "/desk/places/610902107201/"


def grid_of(place: Place) -> Grid:

    grids = GridSet.objects.create(village=place.parent, starts_on=DAY)
    return Grid.objects.create(place=place, grid_set=grids, tier="village", starts_on=DAY)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "page",
    [
        "", "areas/", "classes/", "610902107201/", "610902107/", "district/", "roster/", "roads/", "roads/new/",
        "roads/import/", "610902107201/near/", "../grids/", "../settings/", "610902107201/change/rename/",
        "610902107201/change/merge/", "610902107201/change/split/", "610902107201/change/transfer/",
        "610902107201/change/grids/",
    ],
)  # fmt: skip
def test_every_page_opens_in_both_languages(desk: Desk, enter: Enter, page: str, language: str) -> None:
    url = urljoin("/desk/places/", page)
    response = enter(desk.cast.administrator).get(url, HTTP_ACCEPT_LANGUAGE=language)

    assert response.status_code == 200


def test_listed_and_counted_are_two_numbers_with_their_lists(desk: Desk, enter: Enter) -> None:
    enter_roster([desk.cast.world.village], by=SYSTEM, starts_on=DAY, paper="公布名单")
    client = enter(desk.cast.village_cadre)

    numbers = soup(client.get("/desk/places/")).select(".facts .fig")
    assert [number.text for number in numbers] == ["2", "1"]
    rows = soup(client.get(str(numbers[1]["href"]))).select("table tbody tr")
    assert [row.select_one("a").text for row in rows] == ["柳湾"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("query", "found"), [("q=lw", ["柳湾"]), ("q=桥", ["桥头"]), ("q=610902107202", ["桥头"])])
def test_villages_are_found_by_name_initials_and_code(desk: Desk, enter: Enter, query: str, found: list[str]) -> None:
    rows = soup(enter(desk.cast.village_cadre).get(f"/desk/places/?{query}")).select("table tbody tr")

    assert [row.select_one("a").text for row in rows] == found  # type: ignore[union-attr]


def test_a_village_says_what_is_missing_and_never_shows_zero_for_it(desk: Desk, enter: Enter) -> None:
    enter_profile(
        desk.cast.world.village, by=SYSTEM, as_of=DAY, source="村台账", registered_population=200,
        resident_population=50, households=60,
    )  # fmt: skip
    page = soup(enter(desk.cast.village_cadre).get(VILLAGE))

    assert "from 1 of 4 parts" in page.text
    assert len(page.select("i.bar.k0")) == 3
    assert "No data: nobody has said yet where the village lies." in page.text


def test_the_chain_is_that_of_the_day_asked_for(desk: Desk, enter: Enter) -> None:
    posting = Posting.objects.get(post=desk.post("village_head"))
    end_posting(posting, by=SYSTEM, ends_on=date(2025, 6, 1))
    client = enter(desk.cast.township_staff)

    assert "汪德厚" in soup(client.get(f"{VILLAGE}?on=2025-05-01")).select_one(".chain").text  # type: ignore[union-attr]
    assert "汪德厚" not in soup(client.get(VILLAGE)).select_one(".chain").text  # type: ignore[union-attr]
    assert client.get(f"{VILLAGE}?on=soon").status_code == 422


def test_the_chain_says_in_what_capacity_each_post_answers(desk: Desk, enter: Enter) -> None:
    rows = soup(enter(desk.cast.village_cadre).get(VILLAGE)).select(".chain li")
    said = [row.select_one(".meta") for row in rows if "Nobody answers" not in row.text]
    assert said and all(said) and any(one.text.startswith("Village head") for one in said)  # type: ignore[union-attr]


def test_its_numbers_open_just_the_requests_they_count(desk: Desk, enter: Enter) -> None:
    desk.report("甲事。")
    desk.report("乙事。", place=desk.cast.world.other_village)
    client = enter(desk.cast.dispatcher)

    opened = soup(client.get(VILLAGE)).select_one(".cards .fig")
    assert opened is not None and opened.text == "1"
    assert len(soup(client.get(str(opened["href"]))).select("table tbody tr")) == 1


@pytest.mark.parametrize("address", [VILLAGE, "/desk/places/610902/", "/desk/places/999/", f"{VILLAGE}nothing/"])
def test_strangers_and_wrong_codes_find_nothing(desk: Desk, enter: Enter, address: str) -> None:
    assert enter(desk.cast.stranger).get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("grid_worker", f"{VILLAGE}profile/"), ("village_cadre", f"{VILLAGE}grid/"), ("auditor", f"{VILLAGE}lane/"),
        ("village_cadre", f"{VILLAGE}module/"), ("township_staff", "/desk/places/areas/new/"),
        ("county_staff", "/desk/places/district/"), ("county_staff", "/desk/places/roster/"),
        ("stranger", "/desk/places/classes/set/"),
    ],
)  # fmt: skip
def test_who_may_not_enter_it_is_told_so_before_filling_it_in(desk: Desk, enter: Enter, who: str, page: str) -> None:
    client = enter(getattr(desk.cast, who))

    assert client.get(page).status_code == 403
    assert client.post(page, {}).status_code == 403


SENT: list[tuple[str, str, dict[str, Any], str, dict[str, Any], str]] = [
    # who, page, what is sent, the field a refusal stands at, what is sent then, its sentence
    ("village_cadre", f"{VILLAGE}profile/", {"as_of": "2025-03-01", "source": "台账", "idle_land": "12.5"},
     "as_of", {"as_of": "2999-01-01"}, "still to come"),
    ("village_cadre", f"{VILLAGE}position/", {"latitude": "32.7", "longitude": "108.7", "source_note": "手持机"},
     "latitude", {"latitude": "108.7", "longitude": "32.7"}, ""),
    ("county_staff", f"{VILLAGE}grid/", {"name": "三网格", "tier": "village", "starts_on": "2025-03-01"},
     "inside", {"tier": "social_worker"}, "inside a village grid"),
    ("county_staff", f"{VILLAGE}group/", {"number": "3", "starts_on": "2025-03-01"}, "number", {}, "no other group"),
    ("county_staff", f"{VILLAGE}lane/", {"name": "后巷", "starts_on": "2025-03-01"}, "name", {}, "no other lane"),
    ("county_staff", f"{VILLAGE}module/", {"module": "cases", "on": "off", "day": "2025-03-01"},
     "day", {"on": "on", "day": "2025-02-01"}, "switched off after that day"),
    ("county_staff", "/desk/places/areas/new/", {"name": "新片区", "area_kind": "industry", "starts_on": "2025-03-01"},
     "name", {}, "already"),
    ("county_staff", "/desk/places/classes/set/",
     {"code": "red", "label_zh": "红", "label_en": "Red", "colour": "#d94f3d", "meaning": "重点"},
     "colour", {"label_zh": "黄", "label_en": "Yellow", "colour": "red"}, "six digits"),
    ("administrator", "/desk/places/district/", {"name": "测试新区", "receipt_mark": "新"},
     "map_review_number", {"map_service_key": "k"}, "review number"),
    ("administrator", "/desk/places/roster/",
     {"places": ["610902107201"], "counted": "yes", "starts_on": "2025-03-01", "paper": "名单"},
     "starts_on", {"counted": "no", "starts_on": "2025-01-01"}, "later entry"),
]  # fmt: skip


def test_the_key_of_the_map_service_stays_until_it_is_forgotten_and_is_never_shown(
    desk: Desk, enter: Enter, district: District
) -> None:
    page, client = "/desk/places/district/", enter(desk.cast.administrator)
    sent = {"name": "测试新区", "receipt_mark": "新", "map_review_number": "GS(2026)0001号"}
    assert "forget_key" not in client.get(page).content.decode()
    assert client.post(page, sent | {"map_service_key": "secret-key"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "forget_key" in shown and "secret-key" not in shown
    client.post(page, sent)
    assert District.current().map_key == "secret-key"
    both = client.post(page, sent | {"map_service_key": "another", "forget_key": "on"})
    assert soup(both).select_one(".field.wrong [name=forget_key]") is not None
    client.post(page, sent | {"map_review_number": "", "forget_key": "on"})
    assert (District.current().map_key, District.current().map_review_number) == ("", "")


@pytest.mark.parametrize(("who", "page", "sent", "field", "then", "sentence"), SENT, ids=[row[1] for row in SENT])
def test_each_form_enters_and_says_beside_its_field_why_it_does_not(
    desk: Desk, enter: Enter, district: District, who: str, page: str, sent: dict[str, Any], field: str,
    then: dict[str, Any], sentence: str,
) -> None:  # fmt: skip
    District.objects.update(modules=["cases"])
    client = enter(getattr(desk.cast, who))

    assert client.post(page, sent).status_code == 302
    refused = client.post(page, {**sent, **then})
    assert refused.status_code == 422
    wrong = soup(refused).select_one(f".field.wrong [name={field}]")
    assert wrong is not None
    assert sentence in soup(refused).text


def test_what_was_entered_is_kept(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    client.post(f"{VILLAGE}profile/", {"as_of": "2025-03-01", "source": "台账", "idle_land": "12.5"})
    client.post(f"{VILLAGE}profile/", {"as_of": "2025-03-01", "source": "台账", "households": "60"})
    client.post(f"{VILLAGE}position/", {"latitude": "32.7", "longitude": "108.7", "source_note": "手持机"})
    client.post(f"{VILLAGE}lane/", {"name": "后巷", "starts_on": "2025-03-01"})

    profile = VillageProfile.objects.get()
    assert (profile.idle_land, profile.households) == (1250, 60)
    assert Position.objects.get().latitude_e7 == 327_000_000
    assert Lane.objects.get().name == "后巷"
    assert "32.7000000, 108.7000000" in soup(client.get(VILLAGE)).text


def test_a_village_joins_and_leaves_an_area_and_the_area_ends(desk: Desk, enter: Enter) -> None:
    client, world = enter(desk.cast.county_staff), desk.cast.world
    area = Area.objects.create(root=world.county, name="文旅片区", area_kind="industry", starts_on=DAY)
    joined = {"village": str(world.village.pk), "starts_on": "2025-03-02"}

    assert client.post(f"/desk/places/areas/{area.pk}/add/", joined).status_code == 302
    assert client.post(f"/desk/places/areas/{area.pk}/add/", joined).status_code == 422
    row = AreaMembership.objects.get(area=area)
    assert client.get(f"/desk/places/areas/{area.pk}/").status_code == 200
    assert client.post(f"/desk/places/areas/memberships/{row.pk}/end/", {"ends_on": "2025-04-01"}).status_code == 302
    assert client.post(f"/desk/places/areas/{area.pk}/end/", {"ends_on": "2025-05-01"}).status_code == 302
    assert "2025" in soup(client.get(f"/desk/places/areas/{area.pk}/")).text
    assert enter(desk.cast.stranger).get(f"/desk/places/areas/{area.pk}/").status_code == 404


def test_a_grid_ends_and_a_module_is_shown_as_off(desk: Desk, enter: Enter) -> None:
    grid = grid_of(desk.cast.world.grid)
    District.objects.update(modules=["cases"])
    switch_module(desk.cast.world.village, by=SYSTEM, module="cases", on=False, day=DAY)
    client = enter(desk.cast.county_staff)

    page = soup(client.get(VILLAGE))
    assert "许建华" in page.select_one("table").text  # type: ignore[union-attr]
    assert "switched off here" in page.text
    assert client.post(f"/desk/places/grids/{grid.pk}/end/", {"ends_on": "2020-01-01"}).status_code == 422
    assert client.post(f"/desk/places/grids/{grid.pk}/end/", {"ends_on": "2025-04-01"}).status_code == 302


def test_the_list_takes_as_many_queries_for_one_village_as_for_many(desk: Desk, enter: Enter) -> None:
    client, world = enter(desk.cast.administrator), desk.cast.world
    client.get("/desk/places/")
    counts = []
    for query in ("q=lw", ""):
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/desk/places/?{query}")
        counts.append(len(caught))
    assert world.village and counts[0] == counts[1]
