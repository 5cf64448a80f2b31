"""Changing a place at the desk: what follows is shown before anything is done, and its past stays readable."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cunlian.accounts.models import RoleGrant
from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.districts import enter_roster
from cunlian.places.actions.grids import create_grid, create_villager_group
from cunlian.places.models import GridSet, Place
from tests.desk.conftest import Desk, Enter, soup

START, DAY = date(2025, 3, 1), "2026-02-01"
PAPER = "区民发〔2026〕1号"
VILLAGE, TOWN = "/desk/places/610902107201/", "/desk/places/610902107/"

# The page, what is sent, a refusal's field, what is sent then, its sentence.
CHANGES: list[tuple[str, dict[str, Any], str, dict[str, Any], str]] = [
    (f"{VILLAGE}change/rename/", {"name": "柳湾新村村委会"}, "name", {"name": " "}, ""),
    (f"{VILLAGE}change/rename/", {"name": "柳湾新村村委会"}, "day", {"day": "2999-01-01"}, "still to come"),
    (f"{TOWN}change/rename/", {"name": "青石街道"}, "paper", {"paper": ""}, ""),
    (f"{VILLAGE}change/merge/", {"places": ["610902107202"]}, "places", {"places": []}, ""),
    (f"{VILLAGE}change/split/", {"goes_on": "yes", "parts": "610902107301 东湾村委会"}, "parts",
     {"parts": "610902107301 东湾村委会\n西湾村"}, "Line 2"),
    (f"{VILLAGE}change/split/", {"goes_on": "no", "parts": "610902107301 东湾村委会"}, "parts",
     {"parts": "610903107301 东湾村委会"}, "begin with 610902107"),
    (f"{VILLAGE}change/transfer/", {"parent": "610902107", "code": "610902107299"}, "code",
     {"code": "610902107202"}, "belongs to another place"),
    (f"{VILLAGE}change/grids/", {"starts_on": DAY}, "starts_on", {"starts_on": "2020-01-01"}, "began after that day"),
]  # fmt: skip


@pytest.fixture
def client(desk: Desk, enter: Enter) -> Client:
    village = desk.cast.world.village
    group = create_villager_group(village, by=SYSTEM, number=1, starts_on=START)
    create_grid(village, by=SYSTEM, name="三网格", starts_on=START, groups=[group])
    enter_roster([village, desk.cast.world.other_village], by=SYSTEM, starts_on=START, paper="名单")
    return enter(desk.cast.county_staff)


def look(client: Client, page: str, **said: Any) -> Any:
    """The preview, with what it hides, as the next press sends it."""
    shown = client.post(page, {"day": DAY, "paper": PAPER, **said})
    assert shown.status_code == 200
    return soup(shown)


def confirm(client: Client, page: str, seen: Any, step: str = "do") -> Any:
    """Send what the preview hides."""
    sent: dict[str, list[str]] = {}
    for field in seen.select("form input[type=hidden][name]"):
        if field["name"] != "csrfmiddlewaretoken":
            sent.setdefault(field["name"], []).append(field["value"])
    return client.post(page, {**sent, "step": step})


@pytest.mark.parametrize("row", CHANGES, ids=lambda row: row[0].split("/")[-2])
def test_a_refusal_stands_beside_its_field_already_at_the_first_press(
    client: Client, row: tuple[str, dict[str, Any], str, dict[str, Any], str]
) -> None:
    page, sent, field, then, sentence = row
    assert look(client, page, **sent).select_one("button[value=do]") is not None
    refused = client.post(page, {"day": DAY, "paper": PAPER, **sent, **then})
    assert refused.status_code == 422
    wrong = soup(refused).select_one(f".field.wrong [name={field}]")
    assert wrong is not None
    assert sentence in soup(refused).text


def test_looking_changes_nothing_and_the_second_press_does_it(client: Client, desk: Desk) -> None:
    page = f"{VILLAGE}change/rename/"
    seen = look(client, page, name="柳湾新村村委会")
    village = Place.objects.get(pk=desk.cast.world.village.pk)
    assert (village.name, village.versions.count()) == ("柳湾村", 0)
    assert confirm(client, page, seen)["Location"] == VILLAGE
    assert Place.objects.get(pk=village.pk).name == "柳湾新村村委会"


def test_one_may_go_back_from_the_preview_and_nothing_is_lost(client: Client) -> None:
    page = f"{VILLAGE}change/split/"
    seen = look(client, page, goes_on="no", parts="610902107301 东湾村委会\n610902107302 西湾村委会")
    back = soup(confirm(client, page, seen, step="edit"))
    assert back.select_one("textarea").text.split() == ["610902107301", "东湾村委会", "610902107302", "西湾村委会"]  # type: ignore[union-attr]
    assert back.select_one("input[name=goes_on][checked]")["value"] == "no"  # type: ignore[index]
    assert back.select_one("input[name=paper]")["value"] == PAPER  # type: ignore[index]
    assert not back.select(".wrong")


def test_the_preview_of_a_merger_says_what_ends_and_what_becomes_of_what_is_there(client: Client, desk: Desk) -> None:
    desk.report("乙事。", place=desk.cast.world.other_village)
    seen = look(client, f"{VILLAGE}change/merge/", places=["610902107202"])
    rows = [row.get_text(" ", strip=True) for row in seen.select("table tbody tr")]
    assert len(rows) == 3 and all("ends" in row and "610902107201" in row for row in rows)
    said = {line.text: line.find_next("dd").get_text(" ", strip=True) for line in seen.select("dl")[-1].select("dt")}
    assert said["Posts"].endswith("end on that day, with their holders' roles")
    assert said["Counted by the district"] == "counts no longer from that day"
    numbers = {link.text: link["href"] for link in seen.select("dl .fig")}
    assert "/desk/responsibility/?place=610902107202" in numbers.values()
    assert "柳湾" in said["Areas"] or said["Areas"].endswith("are left on that day")


def test_a_merged_village_ends_with_its_offices_and_stands_in_the_history(client: Client, desk: Desk) -> None:
    page = f"{VILLAGE}change/merge/"
    done = confirm(client, page, look(client, page, places=["610902107202"]))
    assert done["Location"] == VILLAGE
    assert desk.cast.again("neighbour_cadre").grants == ()
    assert client.get("/desk/places/610902107202/").status_code == 404
    told = soup(client.get(VILLAGE)).select_one("#history")
    assert told is not None
    assert all(word in told.text for word in ("Merged", "桥头村", "610902107202", PAPER))


def test_a_village_that_is_split_up_leads_to_the_list_and_its_parts_know_it(client: Client) -> None:
    page = f"{VILLAGE}change/split/"
    seen = look(client, page, goes_on="no", parts="610902107301 东湾村委会")
    assert "is not there yet" in seen.text
    assert confirm(client, page, seen)["Location"] == "/desk/places/"
    told = soup(client.get("/desk/places/610902107301/")).select_one("#history")
    assert told is not None and "柳湾村" in told.text and "610902107201" in told.text


def test_a_transfer_tells_the_new_code_of_all_that_goes_along(client: Client) -> None:
    page = f"{VILLAGE}change/transfer/"
    seen = look(client, page, parent="610902107", code="610902107299")
    assert "610902107299001" in seen.text
    assert confirm(client, page, seen)["Location"] == "/desk/places/610902107299/"
    told = soup(client.get("/desk/places/610902107299/")).select_one("#history")
    assert told is not None and "610902107201" in told.text


def test_a_new_set_of_grids_ends_the_present_ones_after_they_were_shown(client: Client, desk: Desk) -> None:
    page = f"{VILLAGE}change/grids/"
    seen = look(client, page, starts_on=DAY)
    assert "柳湾村三网格" in seen.text or "三网格" in seen.text
    assert GridSet.objects.count() == 1
    assert confirm(client, page, seen)["Location"] == VILLAGE
    assert list(GridSet.objects.filter(ends_on=None).values_list("starts_on", flat=True)) == [date(2026, 2, 1)]
    assert "in no grid" in soup(client.get(VILLAGE)).select_one("#groups").text  # type: ignore[union-attr]


def test_a_town_and_a_grid_can_be_renamed_and_nothing_else(client: Client) -> None:
    grid = Place.objects.get(name="三网格")
    assert soup(client.get(TOWN)).select_one(f'a[href="{TOWN}change/rename/"]') is not None
    assert client.get(f"{TOWN}change/merge/").status_code == 404
    page = f"/desk/places/{grid.code}/change/rename/"
    assert confirm(client, page, look(client, page, name="沿河网格"))["Location"] == VILLAGE
    assert client.get(f"/desk/places/{grid.code}/change/split/").status_code == 404
    assert client.get(f"/desk/places/{grid.code}/")["Location"] == f"{VILLAGE}#grids"


def test_a_town_is_moved_only_by_whoever_answers_for_the_place_above(desk: Desk, enter: Enter, client: Client) -> None:
    assert soup(client.get(TOWN)).select_one(f'a[href="{TOWN}change/transfer/"]') is not None
    RoleGrant.objects.filter(user=desk.cast.world.users["county_staff"]).update(place=desk.cast.world.township)
    client = enter(desk.cast.again("county_staff"))
    assert soup(client.get(TOWN)).select_one(f'a[href="{TOWN}change/transfer/"]') is None
    assert client.get(f"{TOWN}change/transfer/").status_code == 403
    assert client.get(f"{VILLAGE}change/transfer/").status_code == 200


@pytest.mark.parametrize("name", ["rename", "merge", "split", "transfer", "grids"])
@pytest.mark.parametrize(("who", "code"), [("village_cadre", 403), ("auditor", 403), ("stranger", 404)])
def test_who_may_not_sees_neither_form_nor_button(desk: Desk, enter: Enter, name: str, who: str, code: int) -> None:
    client, page = enter(getattr(desk.cast, who)), f"{VILLAGE}change/{name}/"
    assert (client.get(page).status_code, client.post(page, {"step": "do"}).status_code) == (code, code)
    if code == 403:
        assert soup(client.get(VILLAGE)).select_one(f'a[href="{page}"]') is None


def test_the_township_redraws_grids_and_changes_no_village(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.township_staff)
    assert client.get(f"{VILLAGE}change/grids/").status_code == 200
    assert client.get(f"{VILLAGE}change/rename/").status_code == 403
