"""Cards of the doors: for the village's own people, with the right address, naming nobody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import segno
from django.test import Client
from pytest_django import Settings

from cunlian.desk.cards.sheet import TEMPLATE, address_of, pdf_of, qr_of
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.people.actions import print_cards
from cunlian.people.models import Household
from tests.cases.conftest import district  # noqa: F401
from tests.cast import START, Cast

pytestmark = pytest.mark.django_db
Login = Callable[[Client, Actor], Client]
SHEET = "/desk/places/610902107201/cards.pdf"


def _houses(cast: Cast, count: int) -> list[Household]:
    world = cast.world
    rows = [
        Household(place=world.village, grid=world.second_grid, number=f"{n:04d}", address="后巷", card_code=f"H{n:09d}",
                  starts_on=START)
        for n in range(100, 100 + count)
    ]  # fmt: skip
    return Household.objects.bulk_create(rows)


def _pages(pdf: bytes) -> int:
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


def test_the_code_opens_the_houses_own_form(cast: Cast, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://cunlian.example.gov.cn"
    expected = "https://cunlian.example.gov.cn/h/CARD000007/"
    assert address_of(cast.world.household) == expected
    assert qr_of(cast.world.household) == segno.make(expected, error="m", micro=False, boost_error=False)
    assert qr_of(cast.world.household) != segno.make(expected.replace("7/", "8/"), error="m", boost_error=False)


def test_that_address_is_one_of_the_residents_site(cast: Cast, district: object, client: Client) -> None:  # noqa: F811
    path = address_of(cast.world.household).split("/", 3)[3]
    assert client.get(f"/{path}").status_code == 302


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2)])
def test_eight_stand_on_a_page(cast: Cast, count: int, pages: int) -> None:
    pdf = pdf_of(cast.world.village, _houses(cast, count))
    assert pdf.startswith(b"%PDF-") and _pages(pdf) == pages


@pytest.mark.parametrize("number", ["#panic()", '"); #import', "7<b>", "𠮷"])
def test_a_number_is_never_read_as_markup(cast: Cast, number: str) -> None:
    house = cast.world.household
    house.number = number
    assert pdf_of(cast.world.village, [house]).startswith(b"%PDF-")


def test_the_sheet_is_made_without_any_font_of_the_machine(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cunlian.desk.cards.sheet.TEMPLATE", re.sub(r'"[\w ]+ SC"', '"No Such Font"', TEMPLATE))
    assert pdf_of(cast.world.village, [cast.world.household]).startswith(b"%PDF-")


@pytest.mark.parametrize("who", ["village_cadre", "village_head"])
def test_a_village_cadre_prints_the_whole_village(cast: Cast, client: Client, login: Login, who: str) -> None:
    _houses(cast, 9)
    response = login(client, getattr(cast, who)).get(SHEET)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert _pages(response.content) == 2


def test_a_grid_worker_prints_their_own_grid_only(cast: Cast, client: Client, login: Login) -> None:
    _houses(cast, 9)
    login(client, cast.grid_worker)
    own, next_door = f"{SHEET}?grid={cast.world.grid.code}", f"{SHEET}?grid={cast.world.second_grid.code}"
    assert _pages(client.get(own).content) == 1
    assert [client.get(address).status_code for address in (SHEET, next_door)] == [404, 404]


@pytest.mark.parametrize("who", ["neighbour_cadre", "stranger", "township_staff", "administrator"])
def test_nobody_else_learns_that_it_is_there(cast: Cast, client: Client, login: Login, who: str) -> None:
    login(client, getattr(cast, who))
    assert client.get(SHEET).status_code == client.get("/desk/places/000000000000/cards.pdf").status_code == 404
    assert not Activity.objects.filter(verb="people.cards_printed").exists()


def test_a_grid_of_another_village_is_not_here(cast: Cast, client: Client, login: Login) -> None:
    address = f"{SHEET}?grid={cast.world.other_grid.code}"
    assert login(client, cast.village_cadre).get(address).status_code == 404


def test_printing_is_recorded_with_how_many_and_no_name(cast: Cast) -> None:
    houses = _houses(cast, 3)
    assert print_cards(cast.world.village, by=cast.village_cadre, grid=cast.world.second_grid) == houses
    row = Activity.objects.get(verb="people.cards_printed")
    assert row.object_id == row.place_id == cast.world.village.pk
    assert row.changed["households"] == [None, 3] and "张" not in str(row.changed)


def test_a_household_that_has_ended_gets_no_card(cast: Cast) -> None:
    Household.objects.update(ends_on=START)
    with pytest.raises(Invalid):
        print_cards(cast.world.village, by=cast.village_cadre)


def test_the_action_asks_by_itself(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        print_cards(cast.world.village, by=cast.neighbour_cadre)
