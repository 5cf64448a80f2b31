"""A resident's way through the site in a real browser: on a phone, and once more with scripts off."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cunlian.cases.models import Case, Endorsement
from cunlian.cases.states import State
from tests.cast import Cast
from tests.resident.site import LAST, PHONE, Site, build_site


@pytest.fixture
def site(transactional_db: None, cast: Cast) -> Site:
    return build_site(cast)


def _report(page: Page, text: str) -> str:
    """Choose the village, write, send; the receipt as it is read out."""
    page.goto("/villages/")
    page.get_by_role("button", name="柳湾").click()
    page.get_by_role("link", name="反映一件事").first.click()
    page.get_by_label("什么事").fill(text)
    page.get_by_label("您的电话").fill("139 1234 5678")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile("/report/done/"))
    return page.locator(".receipt").inner_text()


def _loop(page: Page, site: Site) -> None:
    shown = _report(page, "村口的路灯不亮，晚上走路看不见。")
    case = Case.objects.get()
    assert shown.replace("-", "").removeprefix("青") == case.receipt
    site.answer(case)
    page.context.clear_cookies()
    page.goto("/")
    page.get_by_label("回执号").fill(shown)
    page.get_by_label("手机后四位").fill(LAST)
    page.get_by_role("button", name="查进度").click()
    expect(page.get_by_role("heading", name="已经办好，请您看看")).to_be_visible()
    page.get_by_text("还没好，请再办").click()
    page.get_by_label("还有哪里没好？").fill("还有一盏不亮")
    page.get_by_role("button", name="请再办").click()
    expect(page.get_by_text("已经重新办理")).to_be_visible()
    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS
    keeper = site.keeper(case)
    site.answer_again(case, keeper)
    page.reload()
    page.get_by_role("button", name="修好了").click()
    expect(page.get_by_text("谢谢您")).to_be_visible()
    case.refresh_from_db()
    assert case.state == State.CONFIRMED


@pytest.mark.main_loop
def test_from_first_word_to_confirmed_answer_on_a_phone(site: Site, phone_page: Page) -> None:
    _loop(phone_page, site)


def test_the_same_with_scripts_off(site: Site, no_script_page: Page) -> None:
    _loop(no_script_page, site)


def test_double_click_sends_once(site: Site, phone_page: Page) -> None:
    page = phone_page
    page.goto("/report/?village=610902107201")
    page.get_by_label("什么事").fill("桥头的栏杆松了")
    page.get_by_role("button", name="提交").dblclick()
    page.wait_for_url(re.compile("/report/done/"))
    assert Case.objects.count() == 1


def test_what_looks_the_same_is_offered_while_writing(site: Site, phone_page: Page) -> None:
    site.report("前巷的路灯坏了两盏，晚上很黑。", category=site.lamp)
    page = phone_page
    page.goto("/report/?village=610902107201")
    page.get_by_label("什么事").type("前巷路灯坏了，黑得很")
    expect(page.get_by_text("可能已经有人反映过")).to_be_visible()
    page.get_by_label("您的电话").fill(PHONE)
    page.get_by_role("button", name="提交").click()
    page.get_by_role("button", name="就是这件").click()
    page.wait_for_url(re.compile("/report/done/"))
    assert Endorsement.objects.count() == 1
    assert Case.objects.count() == 1


def test_a_draft_outlives_a_choice_of_language(site: Site, phone_page: Page) -> None:
    page = phone_page
    page.goto("/report/?village=610902107201")
    page.get_by_label("什么事").fill("三组水渠垮了")
    page.get_by_role("button", name="EN").click()
    expect(page.get_by_label("What happened?")).to_have_value("三组水渠垮了")


def test_village_is_found_while_typing(site: Site, phone_page: Page) -> None:
    page = phone_page
    page.goto("/villages/")
    expect(page.get_by_role("button", name="桥头")).to_be_visible()
    page.get_by_label(re.compile("村名")).type("lw")
    expect(page.get_by_role("button", name="桥头")).to_have_count(0)
    page.get_by_role("button", name="柳湾").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("柳湾")


def test_axe_finds_nothing_serious(site: Site, phone_page: Page, axe: Callable[..., None]) -> None:
    page = phone_page
    _report(page, "村口的路灯不亮")
    axe(page)
    case = site.answer(Case.objects.get())
    own = f"/r/{case.receipt}/"
    for address in ("/", own, "/mine/", "/report/", "/villages/", "/v/610902107201/", "/complaint/", "/follow/",
                    "/privacy/", "/help/", "/misconduct/", "/enter/", f"{own}slip/", "/paper/"):  # fmt: skip
        page.goto(address)
        axe(page)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_runs_off_the_side_even_in_large_text(
    site: Site, phone_page: Page, live_server: LiveServer, language: str
) -> None:
    page = phone_page
    _report(page, "村口的路灯不亮")
    case = site.answer(Case.objects.get())
    page.context.add_cookies(
        [
            {"name": "django_language", "value": language, "url": live_server.url},
            {"name": "text", "value": "large", "url": live_server.url},
        ]
    )
    for address in ("/", f"/r/{case.receipt}/", "/report/", "/villages/", "/v/610902107201/", "/complaint/", "/help/"):
        page.goto(address)
        assert page.locator("html.large").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
