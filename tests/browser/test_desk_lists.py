"""Every list of the desk in a browser: no barrier in light and dark, nothing wider than a phone."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.cases.disputes.conftest import desk, district, peace
from tests.desk.conftest import Desk
from tests.desk.every_list import EVERY, full, url_of

__all__ = ["desk", "district", "full", "peace"]
pytestmark = pytest.mark.django_db(transaction=True)

WIDER = """() => [document.documentElement, ...document.querySelectorAll('.chart-scroll')]
  .filter(box => box.scrollWidth > box.clientWidth).map(box => box.className || 'the page')"""


def test_every_list_has_no_serious_finding_and_fits_a_phone(full: Desk, desk_page: Page, log_in: Any, axe: Any) -> None:
    pages: dict[str, set[str]] = defaultdict(set)
    for name, where in EVERY.items():
        pages[where.who].add(url_of(full, name))
    for who, addresses in sorted(pages.items()):
        log_in(desk_page, getattr(full.cast, who))
        for address in sorted(addresses):
            desk_page.set_viewport_size(DESK)
            desk_page.goto(address)
            expect(desk_page.locator(".tb-rows").first).to_be_visible()
            axe(desk_page)
            desk_page.set_viewport_size(PHONE)
            assert desk_page.evaluate(WIDER) == [], address


def test_on_a_phone_a_value_stands_behind_the_head_of_its_column(full: Desk, phone_page: Page, log_in: Any) -> None:
    log_in(phone_page, full.cast.county_staff)
    phone_page.goto("/desk/categories/")
    shown = "cell => getComputedStyle(cell, '::before').content"

    days = phone_page.locator("td[data-label=开始日期]").first
    assert "开始日期" in days.evaluate(shown)
    expect(phone_page.locator("td.none").first).to_be_hidden()


def test_the_bars_of_a_chart_are_as_high_as_the_chart_is_drawn(full: Desk, desk_page: Page, log_in: Any) -> None:
    """A rule for another picture once took the height of this one, and no bar was to be seen."""
    log_in(desk_page, full.cast.township_staff)
    desk_page.goto("/desk/district/")
    plot = desk_page.locator(".chart .plot").bounding_box()
    bars = desk_page.locator(".chart .plot .col i").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert plot and plot["height"] > 200 and max(bars) > plot["height"] / 3


def test_under_a_chart_on_a_phone_the_table_has_a_line_a_month(full: Desk, phone_page: Page, log_in: Any) -> None:
    log_in(phone_page, full.cast.township_staff)
    phone_page.goto("/desk/district/")
    heads = phone_page.locator(".twin thead th").all()
    tops = [head.bounding_box() for head in heads]

    assert all(above and below and above["y"] < below["y"] for above, below in zip(tops, tops[1:], strict=False))
    first = phone_page.locator(".twin tbody tr").first.locator("td").first.bounding_box()
    assert first and tops[1] and abs(first["y"] - tops[1]["y"]) < 2
