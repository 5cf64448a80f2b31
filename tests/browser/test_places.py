"""Changing a place in a browser: its forms, the preview and the refused import, on a desk and on a phone, with axe."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.grids import create_grid, create_villager_group
from cunlian.places.models import District, Place
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
VILLAGE = "/desk/places/610902107201/"


@pytest.fixture
def divided(cast: Cast) -> Cast:
    world, day = cast.world, date(2025, 3, 1)
    District.objects.create(root=world.county, name="测试区", receipt_mark="测")
    group = create_villager_group(world.village, by=SYSTEM, number=1, starts_on=day)
    create_grid(world.village, by=SYSTEM, name="三网格", starts_on=day, groups=[group])
    return cast


def _fits(page: Page, axe: Any) -> None:
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways"


def test_pages_of_a_place_have_no_serious_finding(
    divided: Cast, desk_page: Page, phone_page: Page, log_in: Any, axe: Any
) -> None:
    for page in (desk_page, phone_page):
        log_in(page, divided.county_staff)
        for url in (VILLAGE, "/desk/places/610902107/", f"{VILLAGE}change/split/", "/desk/places/roads/new/"):
            page.goto(url)
            _fits(page, axe)


def test_villages_are_merged_without_scripts_after_a_look_at_what_follows(
    divided: Cast, no_script_page: Page, log_in: Any
) -> None:
    page = no_script_page
    log_in(page, divided.county_staff)
    page.goto(f"{VILLAGE}change/merge/")
    page.get_by_label("并进来的村").select_option("610902107202")
    page.get_by_label("依据文件").fill("区民发〔2026〕1号")
    page.get_by_role("button", name="看会带来什么").click()
    expect(page.get_by_text("到现在什么都没有改动。")).to_be_visible()
    page.get_by_role("button", name="回去修改").click()
    expect(page.get_by_label("依据文件")).to_have_value("区民发〔2026〕1号")
    page.get_by_role("button", name="看会带来什么").click()
    page.get_by_role("button", name="把别的村并进来").click()
    expect(page.locator("#history")).to_contain_text("桥头村")
    assert Place.objects.get(pk=divided.world.other_village.pk).ends_on is not None


def test_the_preview_and_a_refused_file_have_no_serious_finding(
    divided: Cast, desk_page: Page, phone_page: Page, log_in: Any, axe: Any
) -> None:
    rows = b"from,to,minutes\n610902107201,999,5\n"
    for page in (desk_page, phone_page):
        log_in(page, divided.county_staff)
        page.goto(f"{VILLAGE}change/grids/")
        page.get_by_role("button", name="看会带来什么").click()
        expect(page.locator("table")).to_contain_text("三网格")
        _fits(page, axe)
        page.goto("/desk/places/roads/import/")
        page.set_input_files("input[name=file]", {"name": "roads.csv", "mimeType": "text/csv", "buffer": rows})
        page.get_by_label("来源").fill("导航")
        page.get_by_role("button", name="导入").click()
        expect(page.locator("table")).to_contain_text("第2行")
        _fits(page, axe)
