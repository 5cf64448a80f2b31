"""Pictures at the desk in a browser: a region drawn with mouse or finger, typed by keyboard, and without scripts."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import Page, expect

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.kernel.models import Attachment
from tests.browser.test_desk import _keeper, case
from tests.cast import Cast

__all__ = ["case"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def picture(cast: Cast, case: Case, settings: Any, tmp_path: Path) -> Attachment:
    settings.MEDIA_ROOT = tmp_path
    data = BytesIO()
    Image.effect_noise((400, 200), 90).convert("RGB").save(data, "PNG")
    return actions.attach_file(case, by=_keeper(cast, case), file=ContentFile(data.getvalue(), "lamp.png"))


def _open(page: Page, case: Case, picture: Attachment) -> None:
    page.goto(f"/desk/cases/{case.pk}/files/{picture.pk}/blur/")


def _fields(page: Page) -> list[str]:
    return [page.locator(f"#id_{name}").input_value() for name in ("left", "top", "width", "height")]


def _press(page: Page) -> Attachment:
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/files/" not in url)
    return Attachment.objects.exclude(blurred_from=None).get()


def test_what_is_drawn_goes_into_the_fields_and_is_blurred(
    cast: Cast, case: Case, picture: Attachment, desk_page: Page, log_in: Any, axe: Any
) -> None:
    log_in(desk_page, _keeper(cast, case))
    _open(desk_page, case, picture)
    edge = desk_page.locator("[data-region]").bounding_box()
    assert edge
    # Backwards, from the lower right to the upper left: three quarters to one quarter.
    desk_page.mouse.move(edge["x"] + edge["width"] * 0.75, edge["y"] + edge["height"] * 0.75)
    desk_page.mouse.down()
    desk_page.mouse.move(edge["x"] + edge["width"] * 0.25, edge["y"] + edge["height"] * 0.25, steps=4)
    desk_page.mouse.up()
    left, top, width, height = map(int, _fields(desk_page))
    assert (24 <= left <= 25, 24 <= top <= 25, 75 <= left + width <= 76, 75 <= top + height <= 76) == (True,) * 4
    expect(desk_page.locator(".region")).to_be_visible()
    axe(desk_page)
    assert _press(desk_page).blurred_from == picture


def test_a_finger_draws_too(cast: Cast, case: Case, picture: Attachment, phone_page: Page, log_in: Any) -> None:
    log_in(phone_page, _keeper(cast, case))
    _open(phone_page, case, picture)
    shot = phone_page.locator("[data-region]")
    shot.scroll_into_view_if_needed()
    edge = shot.bounding_box()
    assert edge
    touch = phone_page.context.new_cdp_session(phone_page)
    for kind, part in (("touchStart", 0.1), ("touchMove", 0.3), ("touchMove", 0.5), ("touchEnd", None)):
        at = [] if part is None else [{"x": edge["x"] + edge["width"] * part, "y": edge["y"] + edge["height"] * part}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    left, _top, width, _height = map(int, _fields(phone_page))
    assert (9 <= left <= 10, 50 <= left + width <= 51) == (True, True)


def test_by_keyboard_the_numbers_draw_the_region(
    cast: Cast, case: Case, picture: Attachment, desk_page: Page, log_in: Any
) -> None:
    log_in(desk_page, _keeper(cast, case))
    _open(desk_page, case, picture)
    desk_page.locator("#id_left").focus()
    for number in ("10", "20", "30", "40"):
        desk_page.keyboard.type(number)
        desk_page.keyboard.press("Tab")
    style = desk_page.locator(".region").get_attribute("style") or ""
    assert ("left: 10%" in style, "height: 40%" in style) == (True, True)


def test_without_scripts_the_numbers_are_enough(
    cast: Cast, case: Case, picture: Attachment, no_script_page: Page, log_in: Any
) -> None:
    log_in(no_script_page, _keeper(cast, case))
    _open(no_script_page, case, picture)
    expect(no_script_page.locator("[data-region-hint]")).to_be_hidden()
    for name, number in (("left", "10"), ("top", "20"), ("width", "30"), ("height", "40")):
        no_script_page.locator(f"#id_{name}").fill(number)
    assert _press(no_script_page).blurred_from == picture


# Chromium lets a page build the event of a paste; the picture is one of the canvas.
PASTE = """async ([colour, text]) => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 60, height: 40});
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour; pen.fillRect(0, 0, 40, 40);
  const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([blob], 'image.png', {type: 'image/png'}));
  if (text) clipboardData.setData('text/plain', text);
  document.querySelector('#id_message').dispatchEvent(
    new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""


def test_pictures_of_the_clipboard_are_pasted_into_the_page(
    cast: Cast, case: Case, desk_page: Page, log_in: Any, axe: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    log_in(desk_page, cast.village_cadre)
    desk_page.goto("/desk/cases/paste/")
    desk_page.locator("#id_message").fill("三组的路灯不亮，见照片")
    for colour in ("red", "green", "blue"):
        desk_page.evaluate(PASTE, [colour, ""])
    desk_page.evaluate(PASTE, ["black", "words from an office program"])
    chosen = desk_page.locator(".chosen li")
    expect(chosen).to_have_count(3)
    axe(desk_page)
    chosen.nth(1).get_by_role("button").click()
    expect(chosen).to_have_count(2)

    desk_page.locator("main form button[type=submit]").click()
    expect(desk_page.locator("#entry")).to_contain_text("1.png")
    axe(desk_page)
    desk_page.locator("#id_place").select_option(str(cast.world.village.pk))
    desk_page.locator("#entry .btn-primary").click()
    expect(desk_page.locator(".receipt-big")).to_be_visible()
    entered = Case.objects.exclude(pk=case.pk).get()
    assert Attachment.objects.about(entered).count() == 2
