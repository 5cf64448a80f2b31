"""The register at the desk: lists of any day, one household, one person, every form, and who sees none of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Look
from cunlian.people import actions
from cunlian.people.consent import give
from cunlian.people.models import Household, Membership, Person
from cunlian.people.querysets import READERS
from cunlian.places.actions.grids import create_lane, create_villager_group
from cunlian.places.actions.reorganising import merge_places, rename_place
from cunlian.ui.navigation import NAVIGATION
from tests.cast import RESIDENT_PHONE
from tests.desk.conftest import Desk, Enter, soup

pytestmark = pytest.mark.django_db
LISTS = ("people", "households", "houses", "people_outside", "people_pairs")


def url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args)


def resident(desk: Desk) -> Person:
    return Person.objects.get(pk=desk.cast.world.persons["resident"].pk)


def add(desk: Desk, name: str = "周福来", **values: Any) -> Person:
    values.setdefault("household", desk.cast.world.household)
    return actions.register_person(by=SYSTEM, place=desk.cast.world.village, name=name, **values)


def text(response: Any) -> str:
    main = soup(response).select_one("main")
    return main.get_text(" ", strip=True) if main else ""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_in_both_languages(desk: Desk, enter: Enter, name: str, language: str) -> None:
    response = enter(desk.cast.village_cadre).get(url(name), HTTP_ACCEPT_LANGUAGE=language)
    assert response.status_code == 200


def test_names_are_masked_in_list_and_file(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    file = b"".join(client.get(f"{url('people')}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    for said in (text(client.get(url("people"))), file, text(client.get(url("person", resident(desk).pk)))):
        assert "张*兰" in said and "张桂兰" not in said and RESIDENT_PHONE not in said


@pytest.mark.parametrize("name", LISTS[:4])
def test_as_many_queries_for_one_row_as_for_twelve(desk: Desk, enter: Enter, name: str) -> None:
    client = enter(desk.cast.township_staff)

    def queries(day: date) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(f"{url(name)}?village=all&on={day.isoformat()}").status_code == 200
        return len(caught)

    def fill(n: int) -> None:
        world = desk.cast.world
        house = actions.register_house(by=SYSTEM, place=world.village, address=f"后巷{n}号")
        household = actions.register_household(
            by=SYSTEM, place=world.village, grid=world.grid, number=f"9{n}", address="后巷", house=house,
            lane=create_lane(world.village, by=SYSTEM, name=f"巷{n}", starts_on=clock.today()),
            group=create_villager_group(world.village, by=SYSTEM, number=n + 1, starts_on=clock.today()),
        )  # fmt: skip
        add(desk, f"赵{n}", household=household, is_head=True, is_away=True)
        add(desk, f"钱{n}", household=None)

    fill(0)
    client.get(url(name))
    few = queries(clock.today())
    for n in range(1, 12):
        fill(n)
    assert queries(clock.today()) == few


@pytest.mark.parametrize("who", ["stranger", "neighbour_worker", "administrator", "village_supervisor"])
def test_others_find_no_row_and_no_page(desk: Desk, enter: Enter, who: str) -> None:
    client = enter(getattr(desk.cast, who))
    for name in LISTS:
        assert "张*兰" not in text(client.get(url(name)))
    for page in (url("household", desk.cast.world.household.pk), url("person", resident(desk).pk)):
        assert client.get(page).status_code == 404


def test_navigation_shows_the_register_to_those_who_may_read_it() -> None:
    entry = next(one for group in NAVIGATION for one in group.entries if one.url_name == "desk:people")
    assert entry.roles == frozenset(str(Role(role)) for role in READERS)


def test_the_list_of_a_day_shows_who_belonged_there_on_that_day(desk: Desk, enter: Enter) -> None:
    before, moved = clock.today() - timedelta(days=20), clock.today() - timedelta(days=10)
    person = add(desk, "周福来", day=before, relation="other")
    actions.move_out(person, by=SYSTEM, day=moved)
    client = enter(desk.cast.village_cadre)
    assert "周*来" in text(client.get(f"{url('people')}?on={before.isoformat()}"))
    assert "周*来" not in text(client.get(f"{url('people')}?on={moved.isoformat()}"))
    then = text(client.get(f"{url('household', desk.cast.world.household.pk)}?on={before.isoformat()}"))
    assert "周*来" in then and "张*兰" in then
    assert "in none on this day" in text(client.get(url("person", person.pk)))


def test_a_corrected_name_stands_as_it_was_in_the_register_of_the_day_before(
    desk: Desk, enter: Enter, frozen_clock: Any
) -> None:
    client, today = enter(desk.cast.village_cadre), clock.today()
    actions.correct_person(resident(desk), by=SYSTEM, name="章秀兰")
    yesterday = (today - timedelta(days=1)).isoformat()
    for page in (url("people"), url("person", resident(desk).pk), url("household", desk.cast.world.household.pk)):
        assert "张*兰" in text(client.get(f"{page}?on={yesterday}")), page
        assert "章*兰" in text(client.get(page)), page


def test_a_renamed_and_a_merged_village_are_called_what_they_were(desk: Desk, enter: Enter) -> None:
    world, day = desk.cast.world, clock.today() - timedelta(days=5)
    client = enter(desk.cast.township_staff)
    rename_place(world.village, by=SYSTEM, name="新柳村", day=day, paper="青政〔2026〕3 号")
    page = f"{url('people')}?village={world.village.code}"
    assert "柳湾" in _village(client.get(f"{page}&on={(day - timedelta(days=1)).isoformat()}"))
    assert "新柳" in _village(client.get(page))
    merge_places([world.village], into=world.other_village, by=SYSTEM, day=clock.today(), paper="青政〔2026〕4 号")
    page = f"{url('people')}?village={world.other_village.code}"
    assert "新柳" in _village(client.get(f"{page}&on={day.isoformat()}"))
    assert "桥头" in _village(client.get(page))
    assert Household.objects.get().place_id == world.village.pk


def _village(response: Any) -> str:
    cell = soup(response).select("tbody tr td")[5]
    return cell.get_text(strip=True)


def test_a_household_is_registered_changed_split_joined_and_ended(desk: Desk, enter: Enter) -> None:
    client, world = enter(desk.cast.village_cadre), desk.cast.world
    sent = {"number": "0012", "address": "后巷12号", "day": clock.today().isoformat(), "grid": str(world.grid.pk)}
    assert client.post(url("household_new"), sent).status_code == 302
    made = Household.objects.get(number="0012")
    today = {"day": clock.today().isoformat()}
    member = {**today, "name": "周福来", "birth_year": "1960", "relation": "head"}
    assert client.post(url("household_member", made.pk), member).status_code == 302
    assert (
        client.post(url("household_member", made.pk), {**member, "name": "周小来", "relation": "child"}).status_code
        == 302
    )
    assert client.post(url("household_change", made.pk), {**sent, "number": "0013"}).status_code == 302
    child = Person.objects.get(name="周小来")
    split = {**today, "members": [str(child.pk)], "head": str(child.pk), "number": "0014"}
    assert client.post(url("household_split", made.pk), split).status_code == 302
    assert Household.objects.get(number="0014").members.get() == child
    assert (
        client.post(
            url("household_join", Household.objects.get(number="0014").pk), {**today, "number": "0013"}
        ).status_code
        == 302
    )
    assert client.post(url("household_head", made.pk), {**today, "person": str(child.pk)}).status_code == 302
    child.refresh_from_db()
    assert (child.household, child.is_head) == (made, True)
    assert client.post(url("household_end", made.pk), today).status_code == 422
    for person in Person.objects.filter(household=made):
        assert client.post(url("person_out", person.pk), today).status_code == 302
    assert client.post(url("household_end", made.pk), today).status_code == 302
    assert (
        "ended on" in text(client.get(url("household", made.pk)))
        or "ended on" in soup(client.get(url("household", made.pk))).text
    )


def test_a_house_is_registered_and_falls_vacant(desk: Desk, enter: Enter) -> None:
    client, day = enter(desk.cast.village_cadre), clock.today().isoformat()
    sent = {"address": "柳湾村后巷9号", "use": "occupied", "day": day}
    assert client.post(url("house_new"), sent).status_code == 302
    from_list = soup(client.get(url("houses"))).select_one("tbody a")
    assert from_list is not None
    page = str(from_list["href"])
    assert client.post(f"{page}use/", {"use": "vacant", "day": day}).status_code == 302
    assert "Vacant" in text(client.get(url("houses")))
    assert client.get(page).status_code == 200


def test_a_person_goes_away_comes_home_moves_and_dies(desk: Desk, enter: Enter) -> None:
    client, person, today = enter(desk.cast.village_cadre), resident(desk), {"day": clock.today().isoformat()}
    assert "ask_about" not in client.get(url("person_away", person.pk)).content.decode()
    give(person, by=SYSTEM, purpose="contact_away", way="online")
    sent = {**today, "whereabouts": "浙江宁波", "work": "factory", "back_in": "new_year", "ask_about": "土地流转"}
    assert client.post(url("person_away", person.pk), sent).status_code == 422, "how the person told it"
    sent["channel"] = "phone"
    assert client.post(url("person_away", person.pk), sent).status_code == 302
    told = Activity.objects.get(verb="people.went_away")
    assert (told.behalf_id, told.behalf_channel) == (person.pk, "phone"), "their own word, passed on"
    known = client.get(url("person_away", person.pk)).content.decode()
    assert "土地流转" in known, "what is known is not asked again"
    page = text(client.get(url("person", person.pk)))
    assert "浙江宁波" in page and "土地流转" in page and "Spring Festival" in page
    assert client.post(url("person_home", person.pk), today).status_code == 302
    other = actions.register_household(by=SYSTEM, place=desk.cast.world.village, number="0021", address="x")
    move = {**today, "place": desk.cast.world.village.code, "number": "0021", "relation": "head"}
    assert client.post(url("person_move", person.pk), move).status_code == 302
    assert Membership.objects.get(person=person, ends_on=None).household == other
    assert client.post(url("person_died", person.pk), today).status_code == 302
    assert client.post(url("person_away", person.pk), sent).status_code == 422
    assert client.post(url("person_move", person.pk), {**move, "number": "none"}).status_code == 422


def test_correcting_with_the_masked_form_changes_only_what_was_typed(desk: Desk, enter: Enter) -> None:
    client, person = enter(desk.cast.village_cadre), resident(desk)
    actions.correct_person(person, by=SYSTEM, id_number="610902560615002")
    page = soup(client.get(url("person_correct", person.pk)))
    sent = {field["name"]: field.get("value", "") for field in page.select("form input[name]")}
    assert "张桂兰" not in str(page) and "560615" not in str(page)
    assert (
        client.post(url("person_correct", person.pk), {**sent, "gender": "female", "phone": "0915-3612345"}).status_code
        == 302
    )
    person.refresh_from_db()
    assert (person.name, person.masked_phone[:4], person.has_old_id_number, person.birth_year) == (
        "张桂兰",
        "0915",
        True,
        1956,
    )


def test_seen_in_full_only_for_a_purpose_once_and_written_down(desk: Desk, enter: Enter) -> None:
    client, person = enter(desk.cast.grid_worker), resident(desk)
    assert client.post(url("person_reveal", person.pk), {"purpose": " "}).status_code == 422
    assert not Look.objects.exists()
    shown = client.post(url("person_reveal", person.pk), {"purpose": "送医保缴费单"})
    assert "张桂兰" in text(shown) and RESIDENT_PHONE in text(shown) and shown["Cache-Control"] == "no-store"
    assert Look.objects.get().purpose == "送医保缴费单"


def test_found_by_whole_phone_or_identity_number_for_a_purpose(desk: Desk, enter: Enter) -> None:
    client, person = enter(desk.cast.grid_worker), resident(desk)
    actions.correct_person(person, by=SYSTEM, id_number="610902560615002")
    for asked in ("139 1234 2716", "610902560615002"):
        page = client.post(url("people_find"), {"text": asked, "purpose": "核对登记"})
        assert "张*兰" in text(page) and person.name not in text(page)
    assert Look.objects.filter(person_id=person.pk).count() == 2
    assert client.post(url("people_find"), {"text": "1391234", "purpose": "核对登记"}).status_code == 422
    assert client.post(url("people_find"), {"text": RESIDENT_PHONE, "purpose": ""}).status_code == 422
    assert "Nobody" in text(
        enter(desk.cast.stranger).post(url("people_find"), {"text": RESIDENT_PHONE, "purpose": "核对"})
    )
    assert Look.objects.count() == 2


def test_two_files_are_compared_and_merged_or_kept_apart(desk: Desk, enter: Enter) -> None:
    client, kept = enter(desk.cast.village_cadre), resident(desk)
    gone, third = (add(desk, "张桂兰", birth_year=1956) for _ in range(2))
    assert len(soup(client.get(url("people_pairs"))).select("tbody tr")) == 3
    compared = soup(client.get(url("people_pair", kept.pk, gone.pk)))
    marked = [row.select_one("td").text for row in compared.select("tbody tr") if "differs" in row.text]  # type: ignore[union-attr]
    assert "Phone" not in marked, "what one of the two lacks does not differ"
    refused = enter(desk.cast.grid_worker).post(url("people_merge", gone.pk, kept.pk), follow=True)
    assert "does not carry" in refused.content.decode() and not Person.objects.filter(merged_into=kept).exists()
    assert client.post(url("people_apart", kept.pk, third.pk)).status_code == 302
    assert "can be undone for 90 days" in text(client.post(url("people_merge", gone.pk, kept.pk), follow=True))
    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert "张*兰" in text(client.get(url("person", gone.pk)))
    assert soup(client.get(url("people_pairs"))).select("tbody a") == []


def test_a_grid_worker_sees_buttons_and_an_auditor_none(desk: Desk, enter: Enter) -> None:
    page = url("household", desk.cast.world.household.pk)
    assert "Split it" in text(enter(desk.cast.grid_worker).get(page))
    assert "Split it" not in text(enter(desk.cast.auditor).get(page))
    assert enter(desk.cast.auditor).get(url("household_split", desk.cast.world.household.pk)).status_code == 403


def test_a_reader_of_many_villages_begins_where_there_are_households(desk: Desk, enter: Enter) -> None:
    world = desk.cast.world
    home = world.household
    later = max((world.village, world.other_village), key=lambda place: place.code)
    Household.objects.exclude(pk=home.pk).update(ends_on=clock.today())
    Household.objects.filter(pk=home.pk).update(place=later)
    page = soup(enter(desk.cast.county_staff).get(url("households")))
    chosen = page.select_one("select[name=village] option[selected]")
    assert chosen and chosen["value"] == later.code
