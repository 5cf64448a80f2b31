"""Writing for somebody else and looking for a neighbour, on a phone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel.access import Actor
from tests.browser.test_resident import site
from tests.cast import Cast
from tests.resident.site import PHONE, Site

__all__ = ["site"]
Axe = Callable[..., None]


def _writes_for_mother(page: Page, site: Site) -> Case:
    page.goto(f"/report/?village={site.village.code}")
    page.get_by_label("什么事").fill("桥头的栏杆松了，老人过桥害怕。")
    page.get_by_label("替别人写").check()
    page.locator("#id_name").fill("王大娘")
    page.locator("#id_phone").fill(PHONE)
    page.locator("#id_agreed").check()
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".receipt")).to_be_visible()
    return Case.objects.get()


def test_labels_follow_whose_request_it_is(site: Site, phone_page: Page, axe: Axe) -> None:
    page = phone_page
    page.goto("/report/")
    expect(page.locator("label[for=id_name]")).to_have_text("您的姓名 （可不填）", use_inner_text=True)
    expect(page.locator("#id_agreed")).to_be_hidden()
    page.get_by_label("替别人写").check()
    expect(page.locator("label[for=id_name]")).to_have_text("对方姓名 （可不填）", use_inner_text=True)
    expect(page.locator("#id_agreed")).to_be_visible()
    axe(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_it_is_sent_for_them(site: Site, phone_page: Page) -> None:
    assert _writes_for_mother(phone_page, site).reporter is not None


def test_the_same_without_scripts(site: Site, no_script_page: Page) -> None:
    assert _writes_for_mother(no_script_page, site).reporter is not None


def test_a_neighbour_looks_and_says_so(
    cast: Cast, site: Site, phone_page: Page, log_in: Callable[[Page, Actor], None], axe: Axe
) -> None:
    case = site.report("前巷的路灯不亮", category=site.lamp)
    site.answer(case)
    log_in(phone_page, cast.resident)
    phone_page.goto("/")
    phone_page.get_by_role("link", name="村里的事办好没有").click()
    axe(phone_page)
    assert not phone_page.evaluate("document.documentElement.scrollWidth > innerWidth")
    phone_page.get_by_role("button", name="修好了").click()
    expect(phone_page.get_by_text("谢谢您")).to_be_visible()
    case.refresh_from_db()
    assert case.state == State.VOUCHED
