"""A small county of nine villages from a CSV folder, and ways to write lists of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.importing import import_places
from cunlian.places.models import Place
from cunlian.places.report import Report
from cunlian.places.sources import Row, read_csv_folder

COUNTY = Path(__file__).parent / "data" / "county"
DAY = date(2026, 7, 1)

Rows = Callable[..., list[Row]]


def place(code: str) -> Place:
    """The place that has this code today."""
    return Place.objects.current().get(code=code)


def county_rows(**names: str) -> list[Row]:
    """The rows of the small county, with other names for the codes given (c610902107269="…"; "" leaves one out)."""
    wanted = {code.removeprefix("c"): name for code, name in names.items()}
    rows = [row._replace(name=wanted.get(row.code, row.name)) for row in read_csv_folder(COUNTY)]
    return [row for row in rows if row.name]


def village_row(code: str, name: str) -> Row:
    return Row(code, name, code[:9], 5, "villages.csv", 99)


def take_over(rows: Sequence[Row], within: str = "") -> Report:
    return import_places(rows, by=SYSTEM, source="test", within=within)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are compared with the words that stand in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def county(db: None, frozen_clock: Callable[[datetime], None]) -> Place:
    """The county imported in 2024; today is 1 July 2026."""
    frozen_clock(clock.at(date(2024, 1, 1), 9))
    take_over(county_rows())
    frozen_clock(clock.at(DAY, 9))
    return place("610902")


@pytest.fixture
def town(county: Place) -> Place:
    return place("610902107")


@pytest.fixture
def village(county: Place) -> Place:
    return place("610902107269")
