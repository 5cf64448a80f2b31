"""Visits at the desk: written on a phone, read by the post alone, followed up."""

from __future__ import annotations

from datetime import timedelta

from cunlian.cases.models import Case
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import VisitNote
from cunlian.people import consent
from cunlian.people.consent.circumstances import name_viewer, note_circumstance
from tests.desk.conftest import Desk, Enter, soup

VISITS = "/desk/visits/"


def said(desk: Desk, name: str = "grid_worker", **more: object) -> dict[str, object]:
    post = desk.cast.world.posts[name]
    return {
        "household": desk.cast.world.household.pk,
        "post": post.pk,
        "visited_on": clock.today(),
        "heard": "水沟堵了。",
        **more,
    }


def test_from_the_door_to_what_came_of_it(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.grid_worker)
    form = soup(client.get(f"{VISITS}new/?household={desk.cast.world.household.pk}"))
    assert not form.select("input[type=file]") and "张桂兰" not in form.text
    assert client.post(f"{VISITS}new/", said(desk, heard="")).status_code == 422
    more = {"follows": "清沟", "promise_days": 3, "again_on": clock.today() + timedelta(days=2)}
    assert client.post(f"{VISITS}new/", said(desk, **more)).status_code == 302
    page, url = soup(client.get(VISITS)), f"{VISITS}{VisitNote.objects.get().pk}/"
    assert "Agreed to look in again" in page.text and "水沟堵了" not in page.text
    assert "水沟堵了" in soup(client.get(url)).text

    assert client.post(f"{url}follow/", {"done": "沟清了。"}).status_code == 302
    assert client.post(f"{url}report/", {"text": "水沟要修。"}).status_code == 302
    text = soup(client.get(url)).text
    assert "沟清了。" in text and "Request" in text
    assert Case.objects.get().household == desk.cast.world.household


def test_a_home_with_a_need_is_chosen_already_when_the_note_begins_from_the_list(desk: Desk, enter: Enter) -> None:
    """The cadre answers for no household by name and is named for the need all the same."""
    world, person = desk.cast.world, desk.cast.world.persons["resident"]
    consent.give(person, by=SYSTEM, purpose="home_help", way="online")
    post = world.posts["village_cadre"]
    name_viewer(by=SYSTEM, purpose="home_help", place=world.village, post_id=post.pk)
    until = clock.today() + timedelta(days=90)
    note_circumstance(person, by=SYSTEM, purpose="home_help", kind="living_alone", words="独居", ends_on=until)
    client = enter(desk.cast.village_cadre)
    link = soup(client.get(VISITS)).select_one("td.act a")
    assert link
    chosen = soup(client.get(str(link["href"]))).select_one("select[name=household] option[selected]")
    assert chosen and chosen["value"] == str(world.household.pk)
    assert client.post(str(link["href"]), said(desk, "village_cadre")).status_code == 302


def test_others_do_not_find_it(desk: Desk, enter: Enter) -> None:
    enter(desk.cast.grid_worker).post(f"{VISITS}new/", said(desk))
    url = f"{VISITS}{VisitNote.objects.get().pk}/"
    for actor in (desk.cast.village_head, desk.cast.township_staff, desk.cast.county_leader, desk.cast.stranger):
        for page in ("", "follow/", "report/"):
            assert enter(actor).get(f"{url}{page}").status_code == 404
        assert "0007" not in soup(enter(actor).get(VISITS)).select_one("main").text  # type: ignore[union-attr]
    assert enter(desk.cast.auditor).post(f"{VISITS}new/", said(desk)).status_code == 403


def test_the_household_reads_it_in_my_data(desk: Desk, enter: Enter) -> None:
    enter(desk.cast.grid_worker).post(f"{VISITS}new/", said(desk))
    text = soup(enter(desk.cast.resident).get("/mine/data/")).text
    assert "水沟堵了。" in text


def test_more_notes_take_no_more_queries(desk: Desk, enter: Enter, django_assert_max_num_queries: object) -> None:
    client = enter(desk.cast.grid_worker)
    for _number in range(6):
        client.post(f"{VISITS}new/", said(desk, again_on=clock.today() + timedelta(days=2)))
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        client.get(VISITS)
