"""Who answers where, and ordering it: units, posts, postings, duties, stand-ins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import record_gap
from cunlian.organisations.models import Duty, Organisation, Posting, Rank, StandIn
from tests.desk.conftest import Desk, Enter, soup

BASE = "/desk/responsibility/"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("page", ["", "gaps/", "units/", "posts/", "duties/"])
def test_every_list_opens_in_both_languages(desk: Desk, enter: Enter, page: str, language: str) -> None:
    assert enter(desk.cast.village_cadre).get(f"{BASE}{page}", HTTP_ACCEPT_LANGUAGE=language).status_code == 200


def test_the_chain_shows_holders_and_how_long_a_gap_is_open(desk: Desk, enter: Enter) -> None:
    with clock.set_to(clock.now() - timedelta(days=9)):
        record_gap(by=SYSTEM, place=desk.cast.world.second_grid, rank=Rank.GRID)
    page = soup(enter(desk.cast.village_cadre).get(f"{BASE}?place=610902107201"))

    assert "汪德厚" in page.text
    assert "open for 9 days" in page.text


def test_an_area_shows_its_post_and_its_villages(desk: Desk, enter: Enter) -> None:
    page = soup(enter(desk.cast.area_staff).get(f"{BASE}?area={desk.cast.world.area.pk}")).text

    assert "葛远山" in page and "柳湾" in page and "桥头" in page


def test_strangers_find_nothing_of_it(desk: Desk, enter: Enter) -> None:
    client, post = enter(desk.cast.stranger), desk.post("village_head")

    for page in (f"posts/{post.pk}/", f"units/{post.organisation_id}/", f"posts/{post.pk}/appoint/"):
        assert client.get(f"{BASE}{page}").status_code == 404
    assert client.get(f"{BASE}?place=610902107201").status_code == 404
    assert "柳湾" not in soup(client.get(f"{BASE}posts/")).text


@pytest.mark.parametrize("page", ["appoint", "duty", "stand-in"])
def test_roles_without_the_permission_are_told_so(desk: Desk, enter: Enter, page: str) -> None:
    address = f"{BASE}posts/{desk.post('village_cadre').pk}/{page}/"

    assert enter(desk.cast.auditor).get(address).status_code == 403
    assert enter(desk.cast.grid_worker).post(address, {}).status_code == 403


def refused(response: Any, field: str) -> bool:
    return response.status_code == 422 and soup(response).select_one(f".field.wrong [name={field}]") is not None


def test_a_unit_is_founded_and_a_village_gets_no_power(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)
    sent = {"name": "柳湾合作社", "organisation_kind": "team", "place": "610902107201", "starts_on": "2025-03-01"}

    assert refused(client.post(f"{BASE}units/new/", {**sent, "holds_power": "on"}), "holds_power")
    assert client.post(f"{BASE}units/new/", sent).status_code == 302
    unit = Organisation.objects.get(name="柳湾合作社")
    new = {"title": "社长", "role": "village_cadre", "place": "610902107201", "rank": "1", "starts_on": "2025-03-01"}
    assert client.post(f"{BASE}units/{unit.pk}/posts/new/", new).status_code == 302
    assert refused(client.post(f"{BASE}units/{unit.pk}/posts/new/", {**new, "title": " "}), "title")
    assert "社长" in soup(client.get(f"{BASE}units/{unit.pk}/")).text


def test_somebody_is_found_masked_and_appointed_to_a_vacant_post(desk: Desk, enter: Enter) -> None:
    client, post = enter(desk.cast.township_staff), desk.post("village_head")
    running = Posting.objects.get(post=post)
    address, person = f"{BASE}posts/{post.pk}/appoint/", desk.cast.world.persons["resident"]

    found = soup(client.get(f"{address}?q=张桂"))
    assert "张*兰" in found.text and "张桂兰" not in found.text and "13912342716" not in found.text
    sent = {"q": "张桂", "person": str(person.pk), "basis": "appointed", "starts_on": clock.today().isoformat()}
    assert refused(client.post(address, sent), "starts_on")
    assert client.post(f"{BASE}postings/{running.pk}/end/", {"ends_on": clock.today().isoformat()}).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert Posting.objects.get(post=post, ends_on=None).person == person


def test_nobody_outside_the_search_can_be_appointed(desk: Desk, enter: Enter) -> None:
    post, stranger = desk.post("village_head"), desk.cast.world.persons["stranger"]
    sent = {"q": "苗外", "person": str(stranger.pk), "basis": "appointed", "starts_on": "2025-03-01"}

    assert enter(desk.cast.township_staff).post(f"{BASE}posts/{post.pk}/appoint/", sent).status_code == 422


def test_a_duty_is_assigned_once_and_ended(desk: Desk, enter: Enter) -> None:
    client, post = enter(desk.cast.township_staff), desk.post("grid_worker")
    sent = {"capacity": "grid_worker", "place": "610902107201002", "starts_on": "2025-03-01"}

    assert client.post(f"{BASE}posts/{post.pk}/duty/", sent).status_code == 302
    assert client.post(f"{BASE}posts/{post.pk}/duty/", sent).status_code == 422
    duty = Duty.objects.get(post=post, place=desk.cast.world.second_grid)
    assert client.post(f"{BASE}duties/{duty.pk}/end/", {"ends_on": "2025-04-01"}).status_code == 302
    assert refused(client.post(f"{BASE}duties/{duty.pk}/end/", {"ends_on": "2025-05-01"}), "ends_on")


def test_a_stand_in_is_arranged_shown_and_ended(desk: Desk, enter: Enter) -> None:
    client, post = enter(desk.cast.township_staff), desk.post("village_head")
    today = clock.today()
    sent = {
        "by_post": str(desk.post("village_cadre").pk), "reason": "培训", "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=5)).isoformat(),
    }  # fmt: skip

    assert refused(client.post(f"{BASE}posts/{post.pk}/stand-in/", {**sent, "ends_on": "2020-01-01"}), "ends_on")
    assert client.post(f"{BASE}posts/{post.pk}/stand-in/", sent).status_code == 302
    assert "何世平" in soup(client.get(f"{BASE}posts/{post.pk}/")).select_one(".panel p").text  # type: ignore[union-attr]
    row = StandIn.objects.get()
    assert enter(desk.cast.stranger).post(f"{BASE}stand-ins/{row.pk}/end/").status_code == 404
    assert client.post(f"{BASE}stand-ins/{row.pk}/end/").status_code == 302
    assert not StandIn.objects.on(today).exists()


@pytest.mark.parametrize("who", ["neighbour_cadre", "village_cadre", "township_staff"])
def test_the_radars_number_opens_the_gaps_it_counts(desk: Desk, enter: Enter, who: str) -> None:
    for place in (desk.cast.world.second_grid, desk.cast.world.places["610902107202002"]):
        record_gap(by=SYSTEM, place=place, rank=Rank.GRID)
    record_gap(by=SYSTEM, place=desk.cast.world.village, rank=Rank.VILLAGE)
    client = enter(getattr(desk.cast, who))
    numbers = soup(client.get("/desk/")).select(".radar a.fig")

    assert numbers
    for number in numbers:
        rows = soup(client.get(str(number["href"]))).select("table tbody tr")
        assert str(len(rows)) == number.text


def test_who_has_no_territory_still_finds_the_gaps_of_the_county(desk: Desk, enter: Enter) -> None:
    record_gap(by=SYSTEM, place=desk.cast.world.second_grid, rank=Rank.GRID)
    client = enter(desk.cast.administrator)
    rail = soup(client.get("/desk/")).select_one(".rail")

    assert rail is not None and "no territory" in rail.text and rail.select_one("a[href^='/desk/radar/']")
    assert "二网格" in soup(client.get(f"{BASE}gaps/")).text


@pytest.mark.parametrize("page", ["posts/", "duties/", "units/"])
def test_lists_take_as_many_queries_for_one_row_as_for_many(desk: Desk, enter: Enter, page: str) -> None:
    client = enter(desk.cast.stranger)  # sees one unit and one post of their own county
    other = enter(desk.cast.county_staff)
    counts = []
    for reader in (client, other):
        reader.get(f"{BASE}{page}")
        with CaptureQueriesContext(connection) as caught:
            reader.get(f"{BASE}{page}")
        counts.append(len(caught))
    assert counts[1] - counts[0] in (0, 1)  # holders are read only where there is a post


@pytest.mark.parametrize("page", ["posts/", "duties/", "units/"])
def test_the_lists_of_a_whole_district_are_cut_to_one_village_on_one_day(desk: Desk, enter: Enter, page: str) -> None:
    world, client = desk.cast.world, enter(desk.cast.township_staff)
    chosen = {"village": world.village.code, "on": clock.today().isoformat()}
    whole, cut = soup(client.get(f"{BASE}{page}")), soup(client.get(f"{BASE}{page}", chosen))
    rows = cut.select("main table tbody tr")
    assert 0 < len(rows) < len(whole.select("main table tbody tr"))
    assert all(world.village.short_name in row.text for row in rows)
    assert cut.select_one("select[name=village] option[selected]")["value"] == world.village.code  # type: ignore[index]
    assert not soup(client.get(f"{BASE}{page}", {**chosen, "on": "1990-01-01"})).select("main table tbody tr a")


def test_of_those_found_the_posts_they_hold_tell_who_is_who(desk: Desk, enter: Enter) -> None:
    holder = Posting.objects.select_related("person", "post").get(post=desk.post("village_cadre"))
    address = f"{BASE}posts/{desk.post('village_head').pk}/appoint/?q={holder.person.name}"
    page = soup(enter(desk.cast.township_staff).get(address))
    labels = [label.text for label in page.select("#id_person label")]
    assert any(str(holder.post) in text and holder.person.masked_name in text for text in labels), labels
