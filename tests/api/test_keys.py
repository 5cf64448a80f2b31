"""Who may call: a key that is known and valid, with the scope, for its own place, not too often."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from cunlian.accounts.actions import revoke_service_key
from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.records import change
from tests.api.conftest import SCOPES, MakeKey, Program
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db
NOON = clock.at(date(2026, 7, 1), 12)


def test_without_a_key_nothing_is_told(stranger: Program, desk: Desk) -> None:
    case = desk.report()
    for address in ("/", "/places", "/cases", f"/cases/{case.pk}"):
        response = stranger.get(address)
        assert response.status_code == 401 and response.headers["WWW-Authenticate"] == "Bearer"


def test_a_made_up_key_is_none(desk: Desk) -> None:
    assert Program(Client(), "cl_guessed").get("/cases").status_code == 401


def test_a_revoked_key_is_refused(program: Program, desk: Desk) -> None:
    assert program.get("/cases").status_code == 200
    assert program.key
    revoke_service_key(program.key, by=desk.cast.administrator)
    assert program.get("/cases").status_code == 401


def test_a_key_ends_with_its_day(program: Program) -> None:
    assert program.key
    change(program.key, ends_on=clock.today() + timedelta(days=1))
    assert program.get("/cases").status_code == 200
    change(program.key, ends_on=clock.today())
    assert program.get("/cases").status_code == 401


@pytest.mark.parametrize("missing", ["cases.view", "cases.report", "cases.accept"])
def test_each_call_needs_its_scope(key: MakeKey, desk: Desk, missing: str) -> None:
    program, case = key(scopes=set(SCOPES) - {missing}), desk.report()
    reading = missing == "cases.view"  # what cannot be read cannot be moved either
    calls = {
        "cases.view": lambda: program.get(f"/cases/{case.pk}"),
        "cases.report": lambda: program.post("/cases", {"place_code": "610902107201", "text": "路灯坏了。"}),
        "cases.accept": lambda: program.move(case, "accept"),
    }
    assert {name: call().status_code == 403 for name, call in calls.items()} == {
        name: name == missing or (reading and name == "cases.accept") for name in calls
    }


def test_a_scope_gives_no_more_than_the_role(key: MakeKey, desk: Desk) -> None:
    assert key(role=Role.AUDITOR).move(desk.report(), "accept").status_code == 403


def test_a_key_reports_only_where_its_place_lies(key: MakeKey, desk: Desk) -> None:
    program = key(desk.cast.world.village)
    body = {"place_code": desk.cast.world.other_village.code, "text": "路灯坏了。"}
    assert program.post("/cases", body).status_code == 403
    assert program.post("/cases", body | {"place_code": desk.cast.world.village.code}).status_code == 201


def test_too_many_calls_a_minute_wait_for_the_next(program: Program, settings: Settings) -> None:
    settings.API_CALLS_PER_MINUTE = 3
    answers: list[int] = []

    def call(at: datetime) -> None:
        with clock.set_to(at):
            answers.append(program.get("/places").status_code)

    for _n in range(4):
        call(NOON)
    call(NOON + timedelta(minutes=1))
    assert answers == [200, 200, 200, 429, 200]


def test_one_program_does_not_use_up_anothers_calls(key: MakeKey, settings: Settings) -> None:
    settings.API_CALLS_PER_MINUTE = 1
    first, second = key(), key()
    with clock.set_to(NOON):
        answers = [program.get("/places") for program in (first, first, second)]
    assert [answer.status_code for answer in answers] == [200, 429, 200]
    assert answers[1].headers["Retry-After"] == "60"
