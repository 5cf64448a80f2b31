"""The list with its filters, and the pages of mediation bodies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cunlian.cases.disputes.models import BodyMember, MediationBody
from cunlian.cases.disputes.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.people.actions import register_person
from cunlian.people.models import Person
from cunlian.places.actions.districts import switch_module
from tests.desk.conftest import Enter, soup
from tests.desk.disputes.conftest import Peace

pytestmark = pytest.mark.django_db

URL = "/desk/disputes/"


def _numbers(client: Client, **query: Any) -> list[str]:
    return [link.text for link in soup(client.get(URL, query)).select("td.ttl a")]


def test_without_a_filter_the_open_ones_are_listed(peace: Peace, enter: Enter) -> None:
    opened, settled = peace.in_state(State.CONSENTED), peace.in_state(State.PERFORMED)
    client = enter(peace.cast.county_leader)
    assert _numbers(client) == [opened.number]
    assert set(_numbers(client, state="all")) == {opened.number, settled.number}
    assert _numbers(client, state="settled") == _numbers(client, state="performed") == [settled.number]


def test_the_filters_cut_by_kind_village_body_days_and_whose(peace: Peace, enter: Enter) -> None:
    one = peace.in_state(State.ACCEPTED, dispute_kind="family")
    client, today = enter(peace.cast.county_leader), clock.today().isoformat()
    for query in ({"kind": "family"}, {"village": one.place.code}, {"body": peace.body.pk}, {"since": today},
                  {"until": today}):  # fmt: skip
        assert _numbers(client, **query) == [one.number]
    for query in ({"kind": "land"}, {"village": "610903"}, {"until": "2020-01-01"}, {"mine": "mine"},
                  {"due": "overdue"}):  # fmt: skip
        assert _numbers(client, **query) == []
    assert _numbers(enter(peace.cast.mediator), mine="mine") == [one.number]


def test_an_overdue_one_is_found(peace: Peace, enter: Enter) -> None:
    dispute, client = peace.in_state(State.ACCEPTED), enter(peace.cast.mediator)
    assert _numbers(client, due="overdue") == []
    with clock.set_to(clock.now() + timedelta(days=60)):
        assert _numbers(client, due="overdue") == [dispute.number]


def test_the_empty_list_says_what_it_is_for(peace: Peace, enter: Enter) -> None:
    assert "Here stand the disputes" in soup(enter(peace.cast.mediator).get(URL)).text


@pytest.mark.parametrize("url", [URL, "page"])
def test_more_rows_take_no_more_queries(peace: Peace, enter: Enter, url: str) -> None:
    client, dispute = enter(peace.cast.mediator), peace.in_state(State.IN_MEDIATION)
    url = reverse("desk:dispute", args=[dispute.pk]) if url == "page" else url
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _n in range(3):
        peace.sit(peace.in_state(State.IN_MEDIATION))
        peace.sit(dispute)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_the_body_page_shows_seats_and_warns_with_the_article(peace: Peace, enter: Enter) -> None:
    url = reverse("desk:mediation_body", args=[peace.body.pk])
    client = enter(peace.cast.village_cadre)
    text = soup(client.get(url)).text
    assert "段和平" in text and "老娘舅" in text and "Art. 8" not in text
    Person.objects.filter(gender="female").update(gender="male")
    assert "Art. 8" in soup(client.get(url)).text
    assert "Enter a member" not in text


def test_the_township_enters_bodies_and_members(peace: Peace, enter: Enter) -> None:
    MediationBody.objects.all().delete()
    client, world = enter(peace.cast.township_staff), peace.cast.world
    today = clock.today()
    unit = world.units["mediation"]
    client.post(reverse("desk:mediation_body_new"), {"organisation": unit.pk, "brand": "", "starts_on": today})
    body = MediationBody.objects.get()
    client.post(reverse("desk:mediation_body_brand", args=[body.pk]), {"brand": "板凳说事"})
    elder = register_person(by=peace.cast.township_staff, place=world.village, name="米大娘", phone="13512345678")
    add = reverse("desk:mediation_member", args=[body.pk])
    client.post(add, {"post": world.posts["mediator"].pk, "phone": "", "starts_on": today, "is_head": "on"})
    client.post(add, {"post": "", "phone": "13512345678", "starts_on": today})
    unknown: Any = client.post(add, {"post": "", "phone": "13900000000", "starts_on": today})
    assert unknown.status_code == 422
    assert [seat.person for seat in body.members.order_by("-is_head")] == [None, elder]
    assert str(MediationBody.objects.get()).startswith("板凳说事")
    seat = BodyMember.objects.get(person=elder)
    client.post(reverse("desk:mediation_member_end", args=[body.pk, seat.pk]), {"ends_on": today})
    seat.refresh_from_db()
    assert seat.ends_on == today


@pytest.mark.parametrize("who", ["mediator", "village_cadre", "auditor"])
def test_others_do_not(peace: Peace, enter: Enter, who: str) -> None:
    client = enter(getattr(peace.cast, who))
    assert client.get(reverse("desk:mediation_body_new")).status_code == 403
    assert client.get(reverse("desk:mediation_member", args=[peace.body.pk])).status_code == 403
    assert client.get(reverse("desk:mediation_bodies")).status_code == 200


def test_where_mediation_is_switched_off_nothing_new_is_offered_and_why_is_said(peace: Peace, enter: Enter) -> None:
    client, village = enter(peace.cast.mediator), peace.cast.world.village
    new, listed = reverse("desk:dispute_new"), reverse("desk:disputes")
    assert soup(client.get(listed)).select_one(f'a[href="{new}"]')
    switch_module(village, by=SYSTEM, module="disputes", on=False, day=clock.today())
    page, form = soup(client.get(listed)), soup(client.get(new))
    assert not page.select_one(f'a[href="{new}"]') and "Mediation is switched off where you work" in page.text
    assert "Mediation is switched off where you work" in form.text and not form.select("main form.form")
