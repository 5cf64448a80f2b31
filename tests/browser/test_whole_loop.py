"""One request from a resident's phone to a confirmed answer, by clicking on both sides, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel.access import Actor
from tests.browser.conftest import OpenPage
from tests.cast import Cast
from tests.resident.site import LAST, Site, build_site

LogIn = Callable[[Page, Actor], None]


@pytest.fixture
def site(transactional_db: None, cast: Cast) -> Site:
    return build_site(cast)


def _report(page: Page) -> str:
    """The resident: home page, village, words, phone, receipt."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("选您的村|换一个村")).click()
    page.get_by_role("button", name="柳湾").click()
    page.get_by_role("link", name="反映一件事").first.click()
    page.get_by_label("什么事").fill("村口的路灯不亮，晚上走路看不见。")
    page.get_by_label("您的电话").fill("139 1234 5678")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile("/report/done/"))
    return page.locator(".receipt").inner_text()


def _handle(page: Page, case: Case) -> None:
    """The desk: from the workbench into the request, take it on, answer it."""
    page.goto("/desk/")
    page.get_by_role("link", name=re.compile("村口的路灯不亮")).first.click()
    page.get_by_role("link", name="受理", exact=True).or_(
        page.get_by_role("button", name="受理", exact=True)
    ).first.click()
    _send_if_asked(page)
    expect(page.locator("h1 + .st, .title .st").first).to_contain_text("已受理")
    page.get_by_role("link", name=re.compile("填写答复")).first.click()
    page.locator("textarea[name=text]").fill("灯头换好了，昨晚试亮正常。")
    page.locator(
        "form:has(textarea[name=text]) button[type=submit], form:has(textarea[name=text]) .btn-primary"
    ).last.click()
    expect(page.locator("main")).to_contain_text("灯头换好了")
    case.refresh_from_db()
    assert case.state == State.ANSWERED


def _send_if_asked(page: Page) -> None:
    """A move whose button opens a form first is sent from there."""
    form = page.locator("form.form .btn-primary")
    if form.count():
        form.first.click()


def _confirm(page: Page, shown: str) -> None:
    page.context.clear_cookies()
    page.goto("/")
    page.get_by_label("回执号").fill(shown)
    page.get_by_label("手机后四位").fill(LAST)
    page.get_by_role("button", name="查进度").click()
    page.get_by_role("button", name="修好了").click()
    expect(page.get_by_text("谢谢您")).to_be_visible()


@pytest.mark.main_loop
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "scripts off"])
def test_from_a_phone_over_the_desk_to_a_confirmed_answer(
    site: Site, open_page: OpenPage, log_in: LogIn, scripts: bool
) -> None:
    phone = open_page(viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=scripts)
    shown = _report(phone)
    case = Case.objects.select_related("holder").get()
    desk = open_page(java_script_enabled=scripts)
    log_in(desk, site.keeper(case))
    _handle(desk, case)
    _confirm(phone, shown)
    case.refresh_from_db()
    assert case.state == State.CONFIRMED
