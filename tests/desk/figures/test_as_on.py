"""A stock is shown, listed and given as a file as on the day the address asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.models import Posting
from tests.desk.conftest import Desk, Enter, soup

URL = "/desk/figures/organisations.first_secretary_count/"
DAY = timedelta(days=1)


@pytest.fixture
def left(desk: Desk) -> Desk:
    """A first secretary held the post up to today."""
    world = desk.cast.world
    team = actions.found_organisation(
        by=SYSTEM,
        name="柳湾村党支部",
        organisation_kind="party_branch",
        place=world.village,
        starts_on=clock.today() - 9 * DAY,
    )
    post = actions.create_post(
        by=SYSTEM, organisation=team, title="第一书记", role="village_cadre", post_kind="first_secretary",
        starts_on=clock.today() - 9 * DAY,
    )  # fmt: skip
    actions.appoint(
        post, by=SYSTEM, person=world.persons["resident"], basis="dispatched", sent_by=world.units["department"],
        starts_on=clock.today() - 9 * DAY,
    )  # fmt: skip
    actions.end_posting(Posting.objects.get(post=post), by=SYSTEM)
    return desk


def on(day: Any, address: str = URL) -> str:
    return f"{address}?on={day}"


def test_the_page_counts_and_lists_as_on_the_day_asked_for(left: Desk, enter: Enter) -> None:
    client, before = enter(left.cast.county_leader), clock.today() - DAY
    page, then = soup(client.get(URL)), soup(client.get(on(before)))
    assert len(page.select(".tb-rows tbody tr a")) == 0 and len(then.select(".tb-rows tbody tr a")) == 1
    asked = then.select_one("input[name=on]")
    assert asked is not None and (asked["value"], asked["max"]) == (str(before), str(clock.today()))


def test_the_file_tells_the_day_in_every_row(left: Desk, enter: Enter) -> None:
    before = clock.today() - DAY
    answer: Any = enter(left.cast.county_leader).get(f"{on(before)}&export=csv")
    head, row = b"".join(answer).decode("utf-8-sig").splitlines()
    assert head.endswith("As on") and row.endswith(str(before))


def test_the_catalogue_counts_as_on_the_day_and_leads_on_to_it(left: Desk, enter: Enter) -> None:
    before = clock.today() - DAY
    page = soup(enter(left.cast.county_leader).get(f"{on(before, reverse('desk:figures'))}&per_page=200"))
    links = {link["href"]: link.text for link in page.select(".tb-rows a.fig")}
    assert links[on(before)] == "1"
    (row,) = [row for row in page.select(".tb-rows tr") if "talent.local_talent_count" in row.text]
    assert "today only" in row.text


def test_what_cannot_be_told_of_the_day_says_so(left: Desk, enter: Enter) -> None:
    url = "/desk/figures/talent.local_talent_count/"
    client = enter(left.cast.county_leader)
    assert "cannot be told for a past day" in soup(client.get(on(clock.today() - DAY, url))).text
    assert "cannot be told" not in soup(client.get(url)).text
    assert not soup(client.get("/desk/figures/cases.received/")).select("input[name=on]")


@pytest.mark.parametrize("day", ["2999-01-01", "gestern"])
def test_a_day_that_lies_ahead_or_is_none_is_refused_with_a_sentence(left: Desk, enter: Enter, day: str) -> None:
    assert enter(left.cast.county_leader).get(on(day)).status_code in (400, 422)
