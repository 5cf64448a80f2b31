"""The settings of the district: what ranks are called, which modules are in use, where one is off."""

from __future__ import annotations

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import record_gap
from cunlian.organisations.models import Rank
from cunlian.places.actions.districts import arrange_district, switch_module
from cunlian.places.models import District, module_on
from cunlian.places.modules import MODULES
from cunlian.ui.navigation import NAVIGATION
from tests.desk.conftest import Desk, Enter, soup

SETTINGS, VILLAGE = "/desk/settings/", "/desk/places/610902107201/"
SENT = {"village": "村（社区）", "township": "街镇", "modules": ["cases"]}


def test_the_county_s_words_stand_in_the_chain(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    assert client.post(SETTINGS, SENT)["Location"] == SETTINGS
    assert District.current().titles == {"village": "村（社区）", "township": "街镇"}
    chain = soup(client.get("/desk/responsibility/?place=610902107201")).select_one("table tbody")
    assert chain is not None and "村（社区）" in chain.text and "街镇" in chain.text
    assert soup(client.get(SETTINGS)).select_one("input[name=township]")["value"] == "街镇"  # type: ignore[index]


def test_a_gap_is_called_by_the_county_s_word(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    client.post(SETTINGS, SENT)
    record_gap(by=SYSTEM, place=desk.cast.world.village, rank=Rank.TOWNSHIP)
    page = soup(client.get("/desk/responsibility/gaps/?rank=township"))
    assert "街镇" in page.select_one("table tbody").text  # type: ignore[union-attr]
    assert page.select_one("select[name=rank] option[selected]").text == "街镇"  # type: ignore[union-attr]


def test_the_list_of_villages_calls_the_town_as_the_county_does(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    assert "Township" in soup(client.get("/desk/places/")).select_one("thead").text  # type: ignore[union-attr]
    client.post(SETTINGS, SENT)
    assert "街镇" in soup(client.get("/desk/places/")).select_one("thead").text  # type: ignore[union-attr]


def test_only_ranks_from_the_root_down_are_asked_for(desk: Desk, enter: Enter) -> None:
    names = [
        field["name"] for field in soup(enter(desk.cast.administrator).get(SETTINGS)).select("main input[type=text]")
    ]
    assert names == ["household", "lane", "grid", "village", "area", "township", "county"]


@pytest.mark.parametrize(
    ("field", "then"),
    [("modules", {"modules": []}), ("village", {"village": "村" * 13}), ("modules", {"modules": ["x"]})],
)
def test_what_cannot_be_is_refused_beside_its_field(
    desk: Desk, enter: Enter, field: str, then: dict[str, object]
) -> None:
    refused = enter(desk.cast.administrator).post(SETTINGS, {**SENT, **then})
    assert refused.status_code == 422
    assert soup(refused).select_one(f".field.wrong [name={field}]") is not None
    assert District.current().titles == {}


def test_a_module_the_district_gives_up_is_off_and_offered_in_no_village(desk: Desk, enter: Enter) -> None:
    client, village = enter(desk.cast.county_staff), desk.cast.world.village
    client.post(SETTINGS, SENT)
    assert not module_on(village, "disputes")
    offered = soup(client.get(f"{VILLAGE}module/")).select("select[name=module] option")
    assert [option["value"] for option in offered] == ["cases"]


def test_where_a_module_is_off_is_listed_and_leads_to_switching_it_on(desk: Desk, enter: Enter) -> None:
    client, village = enter(desk.cast.county_staff), desk.cast.world.village
    switch_module(village, by=SYSTEM, module="disputes", on=False, day=clock.today())
    (row,) = soup(client.get(SETTINGS)).select("table tbody tr")
    link = row.select_one("td.act a")
    assert "柳湾" in row.text and "Disputes" in row.text and link is not None
    form = soup(client.get(str(link["href"])))
    assert form.select_one("select[name=module] option[selected]")["value"] == "disputes"  # type: ignore[index]
    client.post(f"{VILLAGE}module/", {"module": "disputes", "on": "on", "day": clock.today().isoformat()})
    assert not soup(client.get(SETTINGS)).select("table tbody tr")


@pytest.mark.parametrize("who", ["township_staff", "village_cadre", "county_leader", "auditor", "stranger"])
def test_nobody_below_the_county_s_office_comes_in(desk: Desk, enter: Enter, who: str) -> None:
    client = enter(getattr(desk.cast, who))
    assert (client.get(SETTINGS).status_code, client.post(SETTINGS, SENT).status_code) == (403, 403)
    assert soup(client.get("/desk/places/")).select_one(f'a[href="{SETTINGS}"]') is None


def test_the_way_there_stands_in_the_navigation(desk: Desk, enter: Enter) -> None:
    arrange_district(District.current(), by=SYSTEM, titles={}, modules=["cases"])
    menu = soup(enter(desk.cast.administrator).get("/desk/places/")).select("nav.nav a")
    assert {SETTINGS, "/desk/grids/"} <= {link["href"] for link in menu}


def test_the_navigation_leaves_out_what_the_district_gave_up(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_head)
    ways = {"/desk/disputes/", "/desk/talent/", "/desk/courses/", "/desk/partners/"}

    def shown() -> set[str]:
        return {str(link["href"]) for link in soup(client.get("/desk/")).select("nav.nav a")}

    assert {"/desk/disputes/", "/desk/talent/"} <= shown()
    arrange_district(District.current(), by=SYSTEM, titles={}, modules=["cases"])
    assert not ways & shown() and "/desk/cases/" in shown()
    assert set(MODULES) >= {entry.module for group in NAVIGATION for entry in group.entries if entry.module}
