"""The county's map in a browser: MapLibre draws it over the sketch with tiles this server fetched, and gives way to it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cunlian.places.models import Place, Position
from tests.browser.conftest import PHONE
from tests.cases.conftest import Desk, desk, district
from tests.tianditu import REVIEWED, Tianditu, lay, service

__all__ = ["desk", "district", "service"]
pytestmark = pytest.mark.django_db(transaction=True)
SWAPPED = """() => {
  const there = document.querySelector('figure.ground'), fresh = there.cloneNode(true);
  fresh.removeAttribute('data-started');
  there.replaceWith(fresh);
  document.dispatchEvent(new Event('htmx:afterSettle'));
  if (!fresh.dataset.started) throw new Error('it was not begun anew');
}"""
"""A part of the page is drawn again after the map had failed."""
OVERVIEW, HERE = "/desk/district/", "/desk/places/610902107201/position/"


@pytest.fixture
def world(desk: Desk, service: Tianditu) -> Desk:
    names = [Place(code=f"61090210721{n}", level=5, name=f"{n}村", short_name=f"{n}村") for n in range(3)]
    for place in names:
        place.parent = desk.cast.world.township
        place.save()
    lay(desk.cast.world.village, desk.cast.world.other_village, *names)
    return desk


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_the_map_is_drawn_with_its_number_and_every_village_can_be_gone_to(
    world: Desk, service: Tianditu, open_page: Any, log_in: Any, axe: Any, viewport: Any
) -> None:
    page: Page = open_page(**({"viewport": viewport} if viewport else {}))
    log_in(page, world.cast.county_staff)
    page.goto(OVERVIEW)
    expect(page.locator("figure.ground canvas")).to_be_visible()
    expect(page.locator("figure.ground figcaption")).to_contain_text(f"天地图 · 审图号：{REVIEWED}")
    expect(page.locator("svg.sketch")).to_be_hidden()
    assert {path.split("?")[0] for path, _agent in service.asked} == {"/vec_w/wmts", "/cva_w/wmts"}
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.get_by_role("link", name="柳湾").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place=610902107201"))


def test_a_spot_pressed_on_the_map_is_set_as_the_point(world: Desk, desk_page: Page, log_in: Any, axe: Any) -> None:
    log_in(desk_page, world.cast.village_cadre)
    desk_page.goto(HERE)
    canvas = desk_page.locator("figure.ground canvas")
    expect(canvas).to_be_visible()
    canvas.click(position={"x": 200, "y": 90})
    expect(desk_page.get_by_text("这个位置已填到下面的表里")).to_be_visible()
    axe(desk_page)
    desk_page.get_by_role("button", name="设定").click()
    point = Position.objects.get(place=world.cast.world.village)
    assert point.source == "map_service" and REVIEWED in point.source_note and point.accuracy_m
    assert abs(point.latitude_e7 - 327200000) < 500000 and abs(point.longitude_e7 - 1087200000) < 500000


@pytest.mark.parametrize("trouble", ["failing", "no script"])
def test_without_the_service_or_scripts_the_sketch_stays(
    world: Desk, service: Tianditu, open_page: Any, log_in: Any, trouble: str
) -> None:
    service.failing = True
    page: Page = open_page(java_script_enabled=trouble != "no script", failing="/desk/map/")
    log_in(page, world.cast.county_staff)
    page.goto(OVERVIEW)
    if trouble == "failing":
        expect(page.get_by_text("现在画不出地图")).to_be_visible()
        page.evaluate(SWAPPED)
    expect(page.locator("svg.sketch")).to_be_visible()
    expect(page.locator("figure.ground")).to_be_hidden()
