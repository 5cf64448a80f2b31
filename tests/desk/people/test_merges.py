"""Merged files at the desk: listed, looked into, parted again with a reason; and households joined by mistake."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.people import actions
from cunlian.people.models import Household, PersonMerge
from tests.cases.conftest import Desk
from tests.desk.conftest import Enter, soup
from tests.people.test_merge import PHONE, twin

pytestmark = pytest.mark.django_db
LIST = "/desk/people/merges/"


def _merged(desk: Desk) -> PersonMerge:
    gone = twin(desk.cast, phone=PHONE)
    desk.report(by=SYSTEM, person=gone, told=None)
    actions.merge_persons(gone, by=SYSTEM, into=desk.cast.world.persons["resident"])
    return PersonMerge.objects.get(gone=gone)


def _undo(merge: PersonMerge) -> str:
    return reverse("desk:people_unmerge", args=[merge.pk])


def test_a_merge_is_listed_looked_into_and_undone_with_a_reason(desk: Desk, enter: Enter) -> None:
    merge, client = _merged(desk), enter(desk.cast.village_cadre)
    listed = soup(client.get(LIST)).select_one("tbody")
    assert listed and "张*兰" in listed.text and listed.select_one(f'a[href="{_undo(merge)}"]')
    desk.report(by=SYSTEM, person=merge.kept, told=None)
    page = soup(client.get(_undo(merge)))
    assert ["Reports by them", "1", "1"] in [[cell.text for cell in row.select("td")] for row in page.select("tr")]
    refused = client.post(_undo(merge), {"reason": ""})
    assert refused.status_code == 422 and PersonMerge.objects.get().undone_on is None
    assert client.post(_undo(merge), {"reason": "是两个人"}).status_code == 302
    assert PersonMerge.objects.get().undone_on == clock.today() and not soup(client.get(LIST)).select("td.act a")
    assert Activity.objects.get(verb="people.merge_undone").actor_id == desk.cast.village_cadre.user_id
    again = client.post(_undo(merge), {"reason": "是两个人"})
    assert again.status_code == 422 and "undone already" in soup(again).text


def test_who_keeps_one_grid_may_look_and_not_undo_and_others_find_nothing(desk: Desk, enter: Enter) -> None:
    merge = _merged(desk)
    for who, status in (("grid_worker", 404), ("neighbour_cadre", 404), ("stranger", 404), ("dispatcher", 403)):
        assert enter(getattr(desk.cast, who)).get(_undo(merge)).status_code == status, who
    for who in ("neighbour_cadre", "dispatcher"):
        assert not soup(enter(getattr(desk.cast, who)).get(LIST)).select("td.act a"), who


def test_after_its_term_it_is_said_and_no_form_is_shown(desk: Desk, enter: Enter) -> None:
    merge = _merged(desk)
    with clock.set_to(clock.at(merge.undo_until + timedelta(days=1), 9)):
        client = enter(desk.cast.village_cadre)
        assert not soup(client.get(LIST)).select("td.act a")
        assert not soup(client.get(_undo(merge))).select("[name=reason]")
        assert client.post(_undo(merge), {"reason": "是两个人"}).status_code == 422


def test_more_merges_take_no_more_queries(desk: Desk, enter: Enter) -> None:
    _merged(desk)
    client = enter(desk.cast.village_cadre)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _n in range(3):
        _merged(desk)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(few) == len(many)


def test_households_joined_by_mistake_are_parted_by_the_button_of_the_one_that_ended(desk: Desk, enter: Enter) -> None:
    client, into = enter(desk.cast.village_cadre), Household.objects.get()
    one = actions.register_household(by=SYSTEM, place=desk.cast.world.village, number="11", address="前巷")
    member = actions.register_person(by=SYSTEM, place=one.place, name="王五", household=one, is_head=True)
    actions.join_households(one, by=SYSTEM, into=into)
    page, url = reverse("desk:household", args=[one.pk]), reverse("desk:household_part", args=[one.pk])
    assert [str(link["href"]) for link in soup(client.get(page)).select(".moves-bar a")] == [url]
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "合错了户"}).status_code == 302
    member.refresh_from_db()
    assert member.household == one and member.is_head and "undone on" in soup(client.get(page)).text
    assert client.get(url).status_code == 404
    assert enter(desk.cast.stranger).get(url).status_code == 404
