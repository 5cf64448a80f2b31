"""The desk in a browser: what waits, a case taken through its moves with and without scripts, forms on a phone, axe."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel.access import ANONYMOUS, SYSTEM
from cunlian.organisations.models import OrganisationKind
from cunlian.places.models import District
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(cast: Cast) -> Case:
    root = cast.world.county
    District.objects.create(root=root, name="测试区", receipt_mark="测")
    actions.add_category(
        by=SYSTEM,
        root=root,
        code="02",
        name="照明",
        name_en="Lights",
        responsible_kind=OrganisationKind.VILLAGERS_COMMITTEE,
    )
    return actions.report_case(
        by=ANONYMOUS,
        place=cast.world.village,
        text="文化广场晚上没有灯，跳舞的老人看不清路。",
        told=Told("张桂兰", "13512342799"),
    )


def _keeper(cast: Cast, case: Case) -> Any:
    name = next(name for name, post in cast.world.posts.items() if post.pk == case.holder_id)
    return getattr(cast, name)


def _take_and_answer(page: Page, case: Case) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name=case.title).click()
    page.get_by_role("button", name="受理").click()
    expect(page.locator("#case_state")).to_contain_text("受理")
    page.locator("#moves").get_by_role("link", name="已办好，填写答复").click()
    page.get_by_label("给本人的答复").fill("灯换好了，昨晚试亮正常。")
    page.locator("#opened").get_by_role("button").click()
    expect(page.locator("#case_state")).to_contain_text("已答复")
    expect(page.locator(".tl")).to_contain_text("灯换好了")
    assert Case.objects.get(pk=case.pk).state == State.ANSWERED


def test_a_case_is_taken_on_and_answered(cast: Cast, case: Case, desk_page: Page, log_in: Any, axe: Any) -> None:
    log_in(desk_page, _keeper(cast, case))
    desk_page.goto("/desk/")
    axe(desk_page)

    _take_and_answer(desk_page, case)
    axe(desk_page)


def test_the_same_without_scripts_on_a_phone(cast: Cast, case: Case, no_script_page: Page, log_in: Any) -> None:
    log_in(no_script_page, _keeper(cast, case))

    _take_and_answer(no_script_page, case)


def test_list_and_forms_have_no_serious_finding(
    cast: Cast, case: Case, desk_page: Page, phone_page: Page, log_in: Any, axe: Any
) -> None:
    for page in (desk_page, phone_page):
        log_in(page, _keeper(cast, case))
        for url in ("/desk/cases/", "/desk/cases/new/", f"/desk/cases/{case.pk}/dispatch/", "/desk/jobs/"):
            page.goto(url)
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{url} scrolls sideways"


def test_somebody_rings_and_takes_the_receipt_home(cast: Cast, case: Case, desk_page: Page, log_in: Any) -> None:
    log_in(desk_page, cast.village_cadre)
    desk_page.goto("/desk/")
    desk_page.get_by_role("link", name="代人登记").click()
    desk_page.get_by_label("什么事").fill("水井盖破了，孩子上学要经过。")
    desk_page.get_by_label("村或网格").select_option(label="柳湾")
    desk_page.get_by_label("电话", exact=False).last.fill("13911112222")
    desk_page.get_by_role("button", name="登记").click()

    expect(desk_page.locator(".receipt-big")).to_contain_text("测-")
    desk_page.get_by_role("link", name="打印回执").click()
    expect(desk_page.locator(".paper")).to_contain_text("查询码")
