"""Whatever goes wrong comes as a problem with a sentence in the caller's language, and never with a trace."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from cunlian.api import cases
from tests.api.conftest import Program
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [True, False])
def test_an_unknown_address_is_a_problem_too(stranger: Program, settings: Settings, debug: bool) -> None:
    settings.DEBUG = debug
    response = stranger.get("/nothing/here")
    assert response.status_code == 404 and "openapi" in response.json()["detail"]
    assert stranger.client.get("/api/v9/").headers["Content-Type"].startswith("application/problem+json")


def test_pages_for_people_stay_pages(stranger: Program) -> None:
    assert "problem" not in stranger.client.get("/nothing/here").headers["Content-Type"]


def test_a_method_not_taken_is_named_with_those_that_are(program: Program) -> None:
    response = program.call("delete", "/cases")
    assert response.status_code == 405 and {"GET", "POST"} == set(response.headers["Allow"].split(", "))


@pytest.mark.parametrize("debug", [True, False])
def test_a_fault_of_ours_is_a_sentence_without_a_trace(
    program: Program, settings: Settings, monkeypatch: pytest.MonkeyPatch, debug: bool
) -> None:
    settings.DEBUG = debug

    def burst(*_given: object, **_named: object) -> None:
        raise RuntimeError("the boiler of room 12")

    monkeypatch.setattr(cases, "page_by_time", burst)
    response = program.get("/cases")
    assert response.status_code == 500 and response.json()["title"] == "fault"
    assert "boiler" not in response.content.decode() and "Traceback" not in response.content.decode()


def test_a_body_that_is_no_json_is_refused(program: Program) -> None:
    response = program.client.post(
        "/api/v1/cases", "{", content_type="application/json", headers={"Authorization": f"Bearer {program.secret}"}
    )
    assert response.status_code == 400 and response.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=gone", "state"),
        ("since=2026-07-01T12:00:00", "since"),
        ("since=1782878400", "since"),
        ("since=9999-12-31T23:59:59-12:00", "since"),
        ("limit=many", "limit"),
        ("place_code=%00", "place_code"),
        ("cursor=bm9uc2Vuc2U=", "cursor"),
        ("place_code=1", "place_code"),
    ],
)
def test_an_unreadable_parameter_is_named(program: Program, query: str, field: str) -> None:
    said = program.get(f"/cases?{query}")
    named = [one["field"] for one in said.json().get("fields", [])] or [said.json()["field"]]
    assert (said.status_code, named) == (422, [field])


def test_every_unreadable_field_of_a_body_is_named_as_it_was_sent(program: Program) -> None:
    said = program.post("/cases", {"text": "x" * 6000, "level": "odd", "id": "7"})
    assert {one["field"]: one["reason"] for one in said.json()["fields"]}.keys() == {
        "place_code", "text", "level", "id",
    }  # fmt: skip


def test_the_sentence_is_in_the_callers_language(program: Program, desk: Desk) -> None:
    address = "/cases?state=gone"
    english = program.get(address, **{"Accept-Language": "en"}).json()
    chinese = program.get(address, **{"Accept-Language": "zh-CN"}).json()
    assert english["detail"] == "Some values cannot be read. See “fields”."
    assert english["fields"][0]["reason"] == "is none of the listed values"
    assert chinese["detail"] != english["detail"] and chinese["fields"][0]["reason"] != english["fields"][0]["reason"]
    unknown = [program.get("/nothing", **{"Accept-Language": one}).json()["detail"] for one in ("en", "zh-CN")]
    assert unknown[0].startswith("There is nothing") and unknown[0] != unknown[1]


def test_nothing_is_kept_on_the_way(program: Program) -> None:
    assert program.get("/cases").headers["Cache-Control"] == "no-store"


def test_the_description_is_public_and_there_is_no_page_of_it(stranger: Program) -> None:
    described = stranger.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/", "/api/v1/places", "/api/v1/places/{place_id}", "/api/v1/cases", "/api/v1/cases/{case_id}",
        "/api/v1/cases/{case_id}/moves/{move}",
    }  # fmt: skip
    assert stranger.get("/docs").status_code == 404


def test_the_root_says_where_to_go(program: Program) -> None:
    for address in program.get("/").json().values():
        if address.startswith("/"):
            assert program.get(address.removeprefix("/api/v1")).status_code == 200
