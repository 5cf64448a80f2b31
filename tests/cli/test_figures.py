"""``cunlian figures``: what there is to count, and what it counts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cunlian.cli import main
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.figures import INDICATORS
from cunlian.organisations.actions import found_organisation
from tests.cases.conftest import Desk, desk, district

__all__ = ["desk", "district"]
pytestmark = pytest.mark.django_db


def cunlian(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["figures", *arguments], catch_exceptions=False)


def value(*arguments: str) -> Any:
    return json.loads(cunlian(*arguments, "--json").stdout)["value"]


def test_the_catalogue_names_every_figure() -> None:
    rows = json.loads(cunlian("--json").stdout)["figures"]
    assert [row["code"] for row in rows] == sorted(INDICATORS)
    assert all(code in cunlian().stdout for code in INDICATORS)


def test_a_figure_is_computed_for_a_place_and_days(desk: Desk) -> None:
    for day in (1, 2, 9):
        with clock.set_to(clock.at(date(2026, 7, day), 9)):
            desk.report()
    with clock.set_to(clock.at(date(2026, 7, 2), 9)):
        desk.report(place=desk.cast.world.other_village)
    assert value("cases.received") == 4
    assert value("cases.received", "--place", "610902107201") == 3
    assert value("cases.received", "--place", "610902107201", "--from", "2026-07-02", "--to", "2026-07-08") == 1
    assert value("cases.received", "--to", "2026-07-01") == 1


def test_it_says_what_it_counted_and_where(desk: Desk) -> None:
    desk.report()
    said = cunlian("cases.received", "--place", "610902107201").stdout
    assert " 1 " in said and "柳湾村" in said and "610902107201" in said


def test_a_stock_is_counted_as_on_the_day_asked_for(desk: Desk) -> None:
    world = desk.cast.world
    said = {"organisation_kind": "institute", "place": world.township, "starts_on": date(2026, 3, 1)}
    found_organisation(by=SYSTEM, name="茶叶研究所", **said)
    code = "organisations.partner_institute_named_count"
    assert (value(code), value(code, "--on", "2026-03-01"), value(code, "--on", "2026-02-28")) == (1, 1, 0)
    assert json.loads(cunlian(code, "--on", "2026-03-01", "--json").stdout)["on"] == "2026-03-01"
    assert "2026-03-01" in cunlian(code, "--on", "2026-03-01").stdout


def test_what_has_no_value_is_null_and_not_nought(desk: Desk) -> None:
    assert value("cases.median_days") is None


@pytest.mark.parametrize(
    "wrong",
    [
        ["no.such"],
        ["cases.received", "--place", "999999999999"],
        ["cases.received", "--from", "2026-07-02", "--to", "2026-07-01"],
        ["cases.received", "--from", "0001-01-01"],
        ["cases.received", "--to", "9999-12-31"],
        ["cases.received", "--on", "2026-07-02"],
        ["organisations.area_count", "--on", "2999-01-01"],
        ["organisations.area_count", "--from", "2026-07-02"],
        ["talent.local_talent_count", "--on", "2026-01-01"],
    ],
)
def test_what_cannot_be_counted_is_refused_with_one(desk: Desk, wrong: list[str]) -> None:
    done = cunlian(*wrong)
    assert (done.exit_code, done.stdout) == (1, "") and done.stderr.strip()


@pytest.mark.parametrize("wrong", [["--place", "610902"], ["cases.received", "--from", "1 July"]])
def test_wrong_use_ends_with_two(wrong: list[str]) -> None:
    assert cunlian(*wrong).exit_code == 2
