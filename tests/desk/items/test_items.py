"""The item list at the desk: seen by all staff of the county, kept by the county."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cunlian.cases.models import Category, DeadlineRule, ReplyTemplate
from tests.desk.conftest import Desk, Enter, soup

BASE = "/desk/categories/"
ITEM = {
    "code": "0203", "name": "标线", "name_en": "Road markings", "responsible_kind": "township_office",
    "starts_on": "2025-03-01", "is_public_matter": "on",
}  # fmt: skip


def refused(response: Any, field: str) -> bool:
    return response.status_code == 422 and soup(response).select_one(f".field.wrong [name={field}]") is not None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("page", ["", "templates/"])
def test_both_pages_open_in_both_languages(desk: Desk, enter: Enter, page: str, language: str) -> None:
    assert enter(desk.cast.dispatcher).get(f"{BASE}{page}", HTTP_ACCEPT_LANGUAGE=language).status_code == 200


def test_another_county_sees_no_item_and_may_change_none(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.stranger)

    assert "Street lamps" not in soup(client.get(BASE)).text
    assert client.post(f"{BASE}{desk.lamp.pk}/end/", {}).status_code == 404
    assert client.get(f"{BASE}new/").status_code == 403


@pytest.mark.parametrize("page", ["new/", "{lamp}/end/", "{lamp}/deadline/"])
def test_only_the_county_keeps_the_list(desk: Desk, enter: Enter, page: str) -> None:
    assert enter(desk.cast.township_staff).get(f"{BASE}{page.format(lamp=desk.lamp.pk)}").status_code == 403


def test_an_item_is_added_dated_and_taken_off(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.county_staff)

    assert client.post(f"{BASE}new/", ITEM).status_code == 302
    assert refused(client.post(f"{BASE}new/", ITEM), "code")
    item = Category.objects.get(code="0203")
    assert client.post(f"{BASE}{item.pk}/end/", {"on_day": "2025-04-01"}).status_code == 302
    assert client.post(f"{BASE}{item.pk}/end/", {"on_day": "2025-04-01"}).status_code == 422
    assert "Road markings" not in soup(client.get(BASE)).text
    assert "Road markings" in soup(client.get(f"{BASE}?all=1")).text
    assert "Road markings" in soup(client.get(f"{BASE}?on=2025-03-15")).text


def test_a_deadline_is_days_or_hours_never_both(desk: Desk, enter: Enter) -> None:
    client, address = enter(desk.cast.county_staff), f"{BASE}{desk.lamp.pk}/deadline/"

    assert refused(client.post(address, {"level": "urgent", "working_days": "2", "hours": "4"}), "working_days")
    assert client.post(address, {"level": "urgent", "hours": "4"}).status_code == 302
    assert DeadlineRule.objects.get(category=desk.lamp, level="urgent").hours == 4
    assert "4 hours" in soup(client.get(BASE)).text


def test_a_template_is_added_and_removed_by_offices(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.dispatcher)

    assert refused(client.post(f"{BASE}templates/new/", {"name": "修好", "text": " "}), "text")
    assert client.post(f"{BASE}templates/new/", {"name": "修好", "text": "已经修好。"}).status_code == 302
    row = ReplyTemplate.objects.get()
    assert enter(desk.cast.auditor).post(f"{BASE}templates/{row.pk}/remove/").status_code == 403
    assert client.post(f"{BASE}templates/{row.pk}/remove/").status_code == 302
    assert not ReplyTemplate.objects.exists()


def test_the_list_takes_as_many_queries_for_few_items_as_for_many(desk: Desk, enter: Enter) -> None:
    client, counts = enter(desk.cast.county_staff), []
    for code in ("0102", "0103"):
        client.post(f"{BASE}new/", {**ITEM, "code": code})
        with CaptureQueriesContext(connection) as caught:
            client.get(BASE)
        counts.append(len(caught))
    assert counts[0] == counts[1]
