"""A village's list in a browser: brought in with errors, mended, brought in again, taken over, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cunlian.kernel import jobs
from cunlian.people.models import Person
from cunlian.places.models import District
from tests.browser.conftest import PHONE
from tests.cast import Cast
from tests.people.imports.conftest import book, id_of, row

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = id_of()[:17] + "0"


@pytest.fixture(autouse=True)
def served(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    District.objects.create(root=cast.world.county, name="测试区", receipt_mark="测")


def _bring(page: Page, tmp_path: Path, number: str) -> None:
    file = tmp_path / "柳湾村名册.xlsx"
    file.write_bytes(book([row("12", "王小川", relation="户主", id_number=number), row("12", "王强", relation="子")]))
    page.goto("/desk/imports/")
    page.get_by_role("link", name="导入名册").last.click()
    page.set_input_files("#id_file", file)
    page.get_by_role("button", name="读取文件").click()
    expect(page.get_by_label("身份证号")).to_have_value("id_number")
    page.get_by_role("button", name="检查各行").click()
    jobs.run_waiting()
    page.reload()


def _journey(page: Page, tmp_path: Path) -> None:
    _bring(page, tmp_path, WRONG)
    wrong = page.locator(".tb-rows tbody tr", has_text="E2")
    expect(wrong).to_contain_text("最后一位")
    page.get_by_role("button", name="放弃").click()

    _bring(page, tmp_path, id_of())
    expect(page.locator(".tb-rows")).not_to_contain_text("E2")
    page.get_by_role("button", name="写入户籍底册").click()
    jobs.run_waiting()
    page.reload()
    expect(page.locator(".tb-rows").get_by_role("link", name="王*川")).to_be_visible()
    assert Person.objects.filter(name__in=("王小川", "王强")).count() == 2

    page.get_by_role("button", name="撤销这次导入").click()
    jobs.run_waiting()
    page.reload()
    expect(page.get_by_text("已撤销").first).to_be_visible()
    assert not Person.objects.filter(name="王小川").exists()


def test_a_list_with_errors_is_mended_taken_over_and_taken_back(
    cast: Cast, desk_page: Page, log_in: Any, axe: Any, tmp_path: Path
) -> None:
    log_in(desk_page, cast.village_cadre)
    _bring(desk_page, tmp_path, WRONG)
    axe(desk_page)
    desk_page.set_viewport_size(PHONE)
    assert desk_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _journey(desk_page, tmp_path)


def test_the_same_on_a_phone_without_scripts(cast: Cast, no_script_page: Page, log_in: Any, tmp_path: Path) -> None:
    log_in(no_script_page, cast.village_cadre)
    _journey(no_script_page, tmp_path)
