"""The short chain in a browser: straight from the zone to the village past the town, and one sent back and settled, without
scripts on a phone too. The zone (示范区) is the district the installation serves; its office gives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cunlian.instructions.models import Copy
from cunlian.instructions.states import State
from cunlian.kernel import clock
from cunlian.organisations.models import Organisation
from cunlian.places.models import District, Place
from tests.cast import Cast
from tests.instructions.conftest import Chain, chain, working_day

__all__ = ["chain"]
pytestmark = pytest.mark.django_db(transaction=True)


def _write(page: Page) -> None:
    """What the first look says is missing is filled in; nothing written before is lost."""
    due = working_day(5)
    page.goto("/desk/instructions/new/")
    page.get_by_label("要办的事（一行）").fill("今冬森林防火隐患排查")
    page.get_by_role("button", name="先看接收方手上有多少").click()
    expect(page.locator(".wrongs")).to_contain_text("请至少选择一个村")
    page.get_by_label("文件名和文号，或会议名称").fill("区森防〔2026〕7号")
    page.get_by_label("文件或会议日期").fill(str(clock.today()))
    page.get_by_label("依据", exact=True).fill("森林防火条例第十六条")
    page.get_by_label("柳湾", exact=True).check()
    page.get_by_label("要交回什么").fill("隐患处数")
    page.get_by_label("一个数字").check()
    page.get_by_label("数字的单位").fill("处")
    page.get_by_label("期限", exact=True).fill(str(due))
    page.get_by_label("终止日期", exact=True).fill(str(due + timedelta(days=14)))
    page.get_by_role("button", name="先看接收方手上有多少").click()


def _zone(cast: Cast) -> Place:
    """The district is a zone, and the leader's office is its management committee."""
    root = cast.world.county
    root.name, root.short_name = "测试示范区", "测试示范区"
    root.save()
    District.objects.filter(root=root).update(name="测试示范区", titles={"county": "示范区"})
    Organisation.objects.filter(pk=cast.world.units["county_office"].pk).update(name="测试示范区管委会")
    return root


def _straight(page: Page, other: Page, cast: Cast, log_in: Any) -> None:
    zone = _zone(cast)
    log_in(page, cast.county_leader)
    _write(page)
    shown = page.locator("#preview")
    expect(shown).to_contain_text("未办结 0 件")
    expect(shown).to_contain_text("青石镇社会治理办")  # passed over, for its information
    page.get_by_role("button", name="发出").click()
    expect(page.locator("td.ttl a")).to_have_text(["今冬森林防火隐患排查"])
    copy = Copy.objects.get()
    assert (copy.post, copy.hops) == (cast.world.posts["village_cadre"], 1)
    assert (copy.instruction.place, str(copy.instruction.giver)) == (zone, "测试示范区管委会 分管副区长")

    log_in(other, cast.village_cadre)
    other.goto("/desk/")
    other.get_by_role("link", name="签收").click()
    other.get_by_role("button", name="签收").click()
    other.get_by_role("link", name="已办完，填写结果").click()
    other.get_by_label("隐患处数").fill("3")
    other.get_by_label("办理结果").fill("查出三处，已清理。")
    other.get_by_role("button", name="已办完，填写结果").click()
    expect(other.locator(".tl")).to_contain_text("查出三处，已清理。")

    page.goto("/desk/")
    page.get_by_role("link", name="核对无误，符合要求").click()
    page.get_by_role("button", name="核对无误，符合要求").click()
    page.get_by_role("link", name="办结").click()
    page.get_by_role("button", name="办结").click()
    assert Copy.objects.get().state == State.CLOSED


def test_straight_from_the_zone_to_the_village_past_the_town(
    chain: Chain, desk_page: Page, phone_page: Page, log_in: Any, axe: Any
) -> None:
    _straight(desk_page, phone_page, chain.cast, log_in)
    address = f"/desk/instructions/copies/{Copy.objects.get().pk}/"
    for page in (desk_page, phone_page):
        page.goto(address)
        axe(page)
    _the_town_is_told_and_not_asked(phone_page, chain.cast, log_in, address)


def _the_town_is_told_and_not_asked(page: Page, cast: Cast, log_in: Any, address: str) -> None:
    """It reads the copy and finds itself among those informed; nothing waits for it, nothing is pressed by it."""
    log_in(page, cast.township_head)
    page.goto("/desk/instructions/?mine=told&state=all")
    expect(page.locator("td.ttl a")).to_have_text(["今冬森林防火隐患排查"])
    for mine in ("waiting", "held"):
        page.goto(f"/desk/instructions/?mine={mine}&state=all")
        expect(page.locator("td.ttl a")).to_have_count(0)
    page.goto(address)
    expect(page.locator(".rail")).to_contain_text("青石镇社会治理办 分管副镇长")
    expect(page.locator(".rail")).to_contain_text("测试示范区管委会")
    assert page.locator(".moves-bar a").count() == 0
    hands = [post.organisation.name for post in (Copy.objects.get().post, Copy.objects.get().instruction.giver)]
    assert cast.world.units["township_office"].name not in hands


def test_the_same_without_scripts(chain: Chain, no_script_page: Page, phone_page: Page, log_in: Any) -> None:
    _straight(no_script_page, phone_page, chain.cast, log_in)


def test_one_is_sent_back_and_settled(
    chain: Chain, desk_page: Page, no_script_page: Page, phone_page: Page, log_in: Any, axe: Any
) -> None:
    copy = chain.copy(title="产业路用地核实")
    address = f"/desk/instructions/copies/{copy.pk}/"
    log_in(no_script_page, chain.cast.village_cadre)
    no_script_page.goto(address)
    no_script_page.get_by_role("link", name="不归我办").click()
    no_script_page.get_by_role("button", name="不归我办").click()
    expect(no_script_page.locator(".wrongs")).to_contain_text("请用一两句话写明理由")
    no_script_page.get_by_label("理由").fill("用地由主任经手，不归我办。")
    no_script_page.get_by_role("button", name="不归我办").click()
    expect(no_script_page.locator("h1 + *").first).to_contain_text("不归我办，已退回")

    log_in(desk_page, chain.cast.county_leader)
    desk_page.goto(address)
    expect(desk_page.locator(".tl")).to_contain_text("用地由主任经手")
    desk_page.get_by_role("link", name="改交另一岗位").click()
    axe(desk_page)
    desk_page.get_by_label("应当承办的岗位").select_option(value=str(chain.cast.world.posts["village_head"].pk))
    desk_page.get_by_role("button", name="改交另一岗位").click()

    log_in(phone_page, chain.cast.village_head)
    phone_page.goto(address)
    phone_page.get_by_role("link", name="签收").click()
    phone_page.get_by_role("button", name="签收").click()
    expect(phone_page.locator(".rail")).to_contain_text("2")
    phone_page.wait_for_load_state()  # before its styles are there a page has another width
    wide = phone_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    settled = Copy.objects.get(pk=copy.pk)
    assert (settled.state, settled.hops, settled.returns) == (State.SIGNED, 2, 1)


def test_form_and_programmes_have_no_serious_finding_and_fit_a_phone(
    chain: Chain, desk_page: Page, phone_page: Page, log_in: Any, axe: Any
) -> None:
    chain.copy()
    for page in (desk_page, phone_page):
        log_in(page, chain.cast.county_staff)
        for url in ("new", "rule", "rule/set", "load", "?state=all"):
            page.goto(f"/desk/instructions/{url}{'' if url.startswith('?') else '/'}")
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{url} scrolls sideways"
        page.goto("/desk/programmes/new/")
        axe(page)
