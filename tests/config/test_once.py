"""The same form sent again is a second press: it leads where the first led, and nothing is done twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cunlian.accounts.models import ServiceKey
from cunlian.kernel.models import Attachment
from cunlian.organisations.models import Organisation
from tests.desk.conftest import Desk, Enter, desk, district, enter

__all__ = ["desk", "district", "enter"]

NEW = "/desk/responsibility/units/new/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


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


def test_an_answer_that_is_a_page_may_be_asked_again(desk: Desk, enter: Enter) -> None:
    """Who pressed twice sees the answer to the second press alone."""
    case = desk.report()
    client = enter(desk.keeper(case))
    url = f"/desk/cases/{case.pk}/reveal/"
    form = {"purpose": "回电话", "csrfmiddlewaretoken": drawn(client, f"/desk/cases/{case.pk}/")}
    first, second = client.post(url, form), client.post(url, form)
    assert (first.status_code, second.status_code) == (200, 200) and second.context["contact"]


def test_a_secret_is_made_once_though_its_answer_is_a_page(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.administrator)
    url = "/desk/accounts/keys/new/"
    key = re.search(r'name="key" value="([0-9a-f-]+)"', client.get(url).content.decode())
    assert key
    village = desk.cast.world.village.code
    form = {"name": "平台对接", "place": village, "role": "village_cadre", "scopes": "cases.report", "key": key[1]}
    first, second = (client.post(url, {**form, "csrfmiddlewaretoken": drawn(client, url)}) for _press in range(2))
    assert (first.status_code, second.status_code) == (200, 422), first.content.decode()[:3000]
    assert "revoke the key" in second.content.decode() and ServiceKey.objects.count() == 1


def test_a_file_put_right_is_another_though_it_keeps_its_name_and_size(desk: Desk, enter: Enter) -> None:
    client, case = enter(desk.cast.county_staff), desk.report()
    url = f"/desk/cases/{case.pk}/attach/"
    token = drawn(client, url)
    for content in (b"%PDF-1.4 one\n%%EOF", b"%PDF-1.4 two\n%%EOF", b"%PDF-1.4 two\n%%EOF"):
        file = SimpleUploadedFile("a.pdf", content, "application/pdf")
        assert client.post(url, {"file": file, "csrfmiddlewaretoken": token}).status_code == 302
    assert Attachment.objects.about(case).count() == 2


def test_remembering_a_press_asks_the_database_twice(desk: Desk, enter: Enter, said: Any) -> None:
    """Taken and led, each in a transaction of its own."""
    client = enter(desk.cast.county_staff)
    form = said(csrfmiddlewaretoken=drawn(client))
    with CaptureQueriesContext(connection) as asked:
        client.post(NEW, form)
    assert sum("kernel_press" in one["sql"] for one in asked) == 2


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
