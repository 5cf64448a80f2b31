"""A cadre leaves, the radar shows the gap with its days, a stand-in closes it: at a desk, and on a phone without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cunlian.kernel import clock
from cunlian.organisations.models import Leaving, StandIn
from tests.cases.conftest import district
from tests.cast import Cast

__all__ = ["district"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("district")]


def _leave(page: Page, cast: Cast) -> None:
    """The posting of the grid worker is ended, five days ago."""
    page.goto(f"/desk/responsibility/posts/{cast.world.posts['grid_worker'].pk}/")
    page.locator("tbody tr", has_text="许建华").locator("td.act a").click()
    page.locator("[name=ends_on]").fill(str(clock.today() - timedelta(days=5)))
    page.locator("form.form button, form button.btn-primary").last.click()
    assert Leaving.objects.get().posting.person.name == "许建华"


def _close(page: Page, cast: Cast, axe: Any) -> None:
    page.goto("/desk/radar/?what=grid_worker&why=vacant")
    row = page.locator("tbody tr")
    expect(row).to_contain_text("柳湾村一网格")
    expect(row.locator("td[data-label='空缺天数']")).to_have_text("5")
    axe(page)
    row.get_by_role("link", name="指定代岗").click()
    expect(page.locator(".facts")).to_contain_text("空了 5 天")
    axe(page)
    page.locator("[name=by_post]").select_option(value=str(cast.world.posts["social_worker"].pk))
    page.locator("[name=reason]").fill("网格员离任")
    page.locator("[name=ends_on]").fill(str(clock.today() + timedelta(days=30)))
    page.get_by_role("button", name="确定代岗").click()
    expect(page.locator("body")).to_contain_text("由代岗人负责")
    assert StandIn.objects.get().post == cast.world.posts["grid_worker"]
    page.goto("/desk/radar/?what=grid_worker&why=vacant")
    expect(page.locator("tbody tr")).to_have_count(0)


def test_a_cadre_leaves_the_radar_shows_the_gap_a_stand_in_closes_it(
    cast: Cast, desk_page: Page, log_in: Any, axe: Any
) -> None:
    log_in(desk_page, cast.township_staff)
    _leave(desk_page, cast)
    _close(desk_page, cast, axe)
    for url in ("coverage/", "coverage/grid_worker/", "levels/", "five/", "loads/"):
        desk_page.goto(f"/desk/radar/{url}")
        axe(desk_page)


def test_the_same_on_a_phone_without_scripts(cast: Cast, no_script_page: Page, log_in: Any) -> None:
    log_in(no_script_page, cast.township_staff)
    _leave(no_script_page, cast)
    _close(no_script_page, cast, lambda page: None)
