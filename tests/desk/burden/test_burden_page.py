"""The page behind “this burdens me”."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cunlian.cases.models import Case
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.ids import uuid7
from cunlian.organisations.actions import assign_duty
from tests.desk.conftest import Desk, Enter, soup

pytestmark = pytest.mark.django_db
URL = "/desk/burden/"


@pytest.fixture
def office(desk: Desk) -> Desk:
    assign_duty(
        desk.post("county_staff"), by=SYSTEM, capacity="department", matter="burden", place=desk.cast.world.county
    )
    return desk


def test_every_page_leads_to_it_with_its_own_address(office: Desk, enter: Enter) -> None:
    page = soup(enter(office.cast.grid_worker).get(reverse("desk:cases")))
    link = next(a for a in page.select("footer a") if str(a["href"]).startswith(URL))
    assert "page=/desk/cases/" in str(link["href"])


def test_it_is_sent_once_and_followed_like_any_request(office: Desk, enter: Enter) -> None:
    client = enter(office.cast.grid_worker)
    said = {"text": "同样的表填三遍。", "page": "/desk/", "key": str(uuid7())}
    first, second = client.post(URL, said), client.post(URL, said)
    assert first["Location"] == second["Location"]
    assert client.get(first["Location"]).status_code == 200
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "name"), [("/desk/", "Workbench"), ("/desk/people/0190/", "Households and people"), ("/nowhere/", "")]
)
def test_the_page_is_named_as_the_side_bar_names_it_not_by_its_address(
    office: Desk, enter: Enter, path: str, name: str
) -> None:
    client = enter(office.cast.grid_worker)
    assert (f"“{name}”" in soup(client.get(URL, {"page": path})).text) == bool(name)
    client.post(URL, {"text": "同样的表填三遍。", "page": path, "key": str(uuid7())})
    assert Case.objects.get().place_text == (f"{name} (page)" if name else "")


def test_without_words_it_says_so_beside_the_field(office: Desk, enter: Enter) -> None:
    page = enter(office.cast.grid_worker).post(URL, {"text": " ", "key": str(uuid7())})
    assert page.status_code == 422
    assert soup(page).select_one("[aria-invalid=true]")


def test_an_account_that_is_nobodys_own_is_told_that_it_went_out(office: Desk, enter: Enter) -> None:
    client = enter(office.cast.administrator)
    sent = client.post(
        "/desk/burden/", {"text": "同一张表填两遍。", "page": "/desk/", "key": str(uuid7())}, follow=True
    )
    assert sent.status_code == 200 and "It is with the county's office" in soup(sent).text
