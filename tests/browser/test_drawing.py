"""The county draws its areas anew: worked out, looked at beside today's, proposed, adopted from a day, and seen as the
areas of that day; those of the day before stay readable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from cunlian.kernel import clock, jobs
from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.districts import enter_roster
from cunlian.places.actions.positions import set_position
from cunlian.places.models import AreaMembership, on
from cunlian.ui import formats
from tests.cases.conftest import district
from tests.cast import START, Cast

__all__ = ["district"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("district")]


@pytest.fixture
def villages(cast: Cast) -> None:
    """Two villages with points, in one area today."""
    both = [cast.world.village, cast.world.other_village]
    enter_roster(both, by=SYSTEM, starts_on=START, paper="名册")
    for n, village in enumerate(both):
        set_position(village, by=SYSTEM, latitude_e7=327_000_000 + n * 90_000, longitude_e7=1_087_500_000)


def _propose(page: Page, cast: Cast, axe: Any) -> None:
    page.goto("/desk/drawing/")
    page.get_by_role("link", name="重划片区").click()
    page.locator("[name=title]").fill("就近两片")
    page.locator("[name=root]").select_option(value=cast.world.county.code)
    page.locator("[name=areas]").fill("2")
    page.get_by_role("button", name="开始").click()
    page.get_by_role("button", name="测算片区").click()
    jobs.run_waiting()
    page.reload()
    moves = page.locator("#moves tbody tr")
    expect(moves).to_have_count(1)
    expect(moves).to_contain_text("柳桥片区")
    expect(moves).to_contain_text("新片区")
    axe(page)
    page.get_by_role("link", name="提出").click()
    page.get_by_role("button", name="提出").click()
    expect(page.locator(".facts")).to_contain_text("已提出")


def _adopt(page: Page, axe: Any) -> None:
    page.get_by_role("link", name="采用", exact=True).click()
    page.locator("[name=starts_on]").fill(str(clock.today()))
    page.locator("[name=paper]").fill("恒区办〔2026〕9号")
    page.locator("[name=reason]").fill("就近，户数相当。")
    axe(page)
    page.get_by_role("button", name="采用", exact=True).click()
    with translation.override("zh-hans"):
        expect(page.locator(".facts")).to_contain_text(formats.day(clock.today(), year=True))
    expect(page.locator("body")).to_contain_text("户数相当")


def _look(page: Page, cast: Cast, axe: Any) -> None:
    """The area of each village, today and the day before."""
    joined = AreaMembership.objects.filter(on(clock.today()), starts_on=clock.today()).get()
    page.goto(f"/desk/places/areas/{joined.area_id}/")
    expect(page.locator("table.tb-rows").first).to_contain_text(joined.place.short_name)
    axe(page)
    page.goto(f"/desk/places/{joined.place.code}/")
    expect(page.locator("main")).to_contain_text(joined.area.name)
    page.goto(f"/desk/places/{joined.place.code}/?on={clock.today() - timedelta(days=1)}")
    expect(page.locator("main")).to_contain_text("柳桥片区")
    expect(page.locator("main")).not_to_contain_text(joined.area.name)


@pytest.mark.usefixtures("villages")
def test_areas_are_drawn_looked_at_adopted_from_a_day_and_seen(
    cast: Cast, desk_page: Page, log_in: Any, axe: Any
) -> None:
    log_in(desk_page, cast.county_staff)
    _propose(desk_page, cast, axe)
    _adopt(desk_page, axe)
    _look(desk_page, cast, axe)


@pytest.mark.usefixtures("villages")
def test_the_same_on_a_phone_without_scripts(cast: Cast, no_script_page: Page, log_in: Any) -> None:
    log_in(no_script_page, cast.county_staff)
    _propose(no_script_page, cast, lambda page: None)
    _adopt(no_script_page, lambda page: None)
    _look(no_script_page, cast, lambda page: None)
