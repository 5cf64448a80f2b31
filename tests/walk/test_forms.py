"""Every form of the desk: what is written into its fields comes out as text, and its button pressed twice does it once,
or shows again what was asked for."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import Tag
from django.db import connection, transaction
from django.test import Client

from cunlian.kernel import clock
from cunlian.kernel.models import Activity
from tests.cases.disputes.conftest import peace
from tests.consistency.code import report
from tests.desk.conftest import Desk, Enter, desk, district, enter
from tests.desk.every_list import full
from tests.walk.crawl import Form, follow

__all__ = ["desk", "district", "enter", "full", "peace"]
pytestmark = pytest.mark.django_db

READERS = ("township_staff", "administrator", "county_staff", "mediator")
EVIL = "𠮷😀<script>alert(1)</script><img src=x onerror=alert(1)>'; DROP TABLE cases_case; --"
SHORT = "<b>𠮷'--"
GIVEN = {"tel": "13512342788", "time": "09:00", "datetime-local": "2026-07-08T09:00", "email": "a@example.org"}
NUMBERS = {"numeric", "decimal"}
SHOWN_AGAIN = {
    "case_reveal", "certificate_print", "choice_roll", "consent_print", "dispute_reveal", "homecoming_reveal",
    "partner_application_reveal", "person_data_show", "person_reveal", "talent_open",
}  # fmt: skip
"""Answered with what was asked for: pressed again it is shown again, and each time is written down."""


def words_for(field: Tag, words: str) -> str:
    if field.get("inputmode") in NUMBERS:
        return "1"
    if field.get("inputmode") == "tel":
        return GIVEN["tel"]
    most = int(str(field.get("maxlength") or len(words)))
    return words if most >= len(words) else SHORT[:most] if words == EVIL else words[:most]


def value_of(field: Tag, words: str) -> str | None:
    """What a hurried person gives a field: the first choice, today, one, or ``words``. None: nothing is sent."""
    kind = str(field.get("type", "text")) if field.name == "input" else field.name
    if kind == "select":
        options = [str(one.get("value", "")) for one in field.select("option")]
        chosen = field.select_one("option[selected]")
        return str(chosen.get("value", "")) if chosen and chosen.get("value") else next(filter(None, options), "")
    if kind in ("textarea", "text", "search"):
        return words_for(field, words)
    if kind == "date":
        return str(field.get("value") or clock.today().isoformat())
    if kind == "number":
        return str(field.get("value") or field.get("min") or 1)
    if kind in ("hidden", "checkbox", "radio"):
        return str(field.get("value", ""))
    return GIVEN.get(kind or "")


def filled(form: Form, words: str) -> dict[str, list[str]]:
    """As it stands, with every empty field filled; of boxes and circles of one name the first."""
    said: dict[str, list[str]] = {}
    for field in form.tag.select("input[name], select[name], textarea[name]"):
        name, value = str(field["name"]), value_of(field, words)
        if name not in said and value is not None:
            said[name] = [value]
    return said


def has_words(form: Form) -> bool:
    fields = form.tag.select("textarea[name], input[name][type=text], input[name]:not([type])")
    return any(field.get("inputmode") not in NUMBERS | {"tel"} for field in fields)


def forms_of(client: Client) -> dict[str, Form]:
    return follow(client).forms


def test_a_button_pressed_twice_does_it_once(full: Desk, enter: Enter) -> None:
    done, twice = set[str](), set[str]()
    for who in READERS:
        client = enter(getattr(full.cast, who))
        for kind, form in forms_of(client).items():
            if kind in done:
                continue
            with transaction.atomic():
                counts = [Activity.objects.count()]
                for _press in range(2):
                    client.post(form.action, filled(form, "写在这里"))
                    counts.append(Activity.objects.count())
                transaction.set_rollback(True)
            if counts[1] > counts[0]:
                done.add(kind)
                if counts[2] > counts[1]:
                    twice.add(kind.removeprefix("desk:"))
    report(sorted(twice - SHOWN_AGAIN), "Pressed twice, these did it twice:")
    assert twice >= SHOWN_AGAIN
    assert len(done) > 120


def test_whatever_is_written_comes_out_as_text(full: Desk, enter: Enter) -> None:
    """SQL, HTML and signs outside the BMP in every field of words; then every page is read again."""
    taken = set[str]()
    for who in READERS:
        client = enter(getattr(full.cast, who))
        for kind, form in forms_of(client).items():
            if kind in taken or not has_words(form):
                continue
            before = Activity.objects.count()
            answer: Any = client.post(form.action, filled(form, EVIL))
            assert answer.status_code < 500, kind
            said = b"" if answer.streaming else answer.content
            assert b"<script>alert" not in said and b"<img src=x" not in said and b"<b>\xf0" not in said, kind
            taken |= {kind} if Activity.objects.count() > before else set()
    shown = 0
    for who in READERS[:3]:
        walk = follow(enter(getattr(full.cast, who)))
        assert not {url: status for url, status in walk.broken.items() if status >= 500}
        for url, text in walk.pages.items():
            assert not any(raw in text for raw in ("<script>alert", "<img src=x", "<b>𠮷")), url
            shown += "𠮷" in text
    assert "cases_case" in connection.introspection.table_names()
    assert len(taken) > 60 and shown > 30
