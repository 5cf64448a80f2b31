"""The same form sent again is a second press: it leads where the first led, and nothing is done twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from cunlian.organisations.models import Organisation
from tests.desk.conftest import Desk, Enter, desk, district, enter

__all__ = ["desk", "district", "enter"]

NEW = "/desk/responsibility/units/new/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def empty_cache(db: None) -> None:
    cache.clear()


def drawn(client: Client, url: str = NEW) -> str:
    found = TOKEN.search(client.get(url).content.decode())
    assert found
    return found[1]


@pytest.fixture
def said(desk: Desk) -> Callable[..., dict[str, str]]:
    def filled(**more: str) -> dict[str, str]:
        usual = {"name": "柳湾合作社", "organisation_kind": "cooperative", "place": str(desk.cast.world.village.code)}
        return {**usual, "starts_on": "2026-01-01", **more}

    return filled


def made() -> int:
    return Organisation.objects.filter(name="柳湾合作社").count()


def test_pressed_twice_it_is_made_once_and_both_lead_to_it(desk: Desk, enter: Enter, said: Any) -> None:
    client = enter(desk.cast.county_staff)
    form = said(csrfmiddlewaretoken=drawn(client))
    first, second = (client.post(NEW, form) for _press in range(2))
    assert made() == 1, first.content.decode()[:3000]
    assert (first.status_code, second.status_code) == (302, 302) and first["Location"] == second["Location"]


def test_the_form_opened_again_or_filled_in_otherwise_is_another(desk: Desk, enter: Enter, said: Any) -> None:
    client = enter(desk.cast.county_staff)
    token = drawn(client)
    client.post(NEW, said(csrfmiddlewaretoken=token))
    client.post(NEW, said(csrfmiddlewaretoken=token, name="柳湾茶场"))
    client.post(NEW, said(csrfmiddlewaretoken=drawn(client)))
    assert made() == 2 and Organisation.objects.filter(name="柳湾茶场").count() == 1


def test_what_was_refused_is_put_right_and_sent_again(desk: Desk, enter: Enter, said: Any) -> None:
    client = enter(desk.cast.county_staff)
    form = said(csrfmiddlewaretoken=drawn(client), name="")
    assert [client.post(NEW, form).status_code for _press in range(2)] == [422, 422]
    assert client.post(NEW, {**form, "name": "柳湾合作社"}).status_code == 302
    assert made() == 1


def test_an_answer_that_is_a_page_is_not_given_twice(desk: Desk, enter: Enter) -> None:
    """A secret shown once, a look that is written down."""
    client, case = enter(desk.keeper(desk.report())), desk.report()
    client = enter(desk.keeper(case))
    url = f"/desk/cases/{case.pk}/reveal/"
    form = {"purpose": "回电话", "csrfmiddlewaretoken": drawn(client, f"/desk/cases/{case.pk}/")}
    first, second = client.post(url, form), client.post(url, form)
    assert first.status_code == 200 and second.status_code == 409
    assert "sent already" in second.content.decode()


@pytest.mark.django_db(transaction=True)
def test_pressed_in_the_same_moment_it_is_made_once(desk: Desk, enter: Enter, said: Any) -> None:
    client = enter(desk.cast.county_staff)
    form, start, answers = said(csrfmiddlewaretoken=drawn(client)), Barrier(2), list[int]()

    def press() -> None:
        own = Client()
        own.cookies = client.cookies
        start.wait()
        answers.append(own.post(NEW, form).status_code)
        connection.close()

    presses = [Thread(target=press) for _n in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert answers == [302, 302] and made() == 1
