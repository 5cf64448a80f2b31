"""A resident reads what is kept about them and who looked, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cunlian.kernel.access import Actor
from cunlian.people.actions import reveal_contact
from cunlian.people.consent import holds
from tests.cast import Cast
from tests.resident.site import Site, build_site

LogIn = Callable[[Page, Actor], None]


@pytest.fixture
def site(transactional_db: None, cast: Cast) -> Site:
    return build_site(cast)


def test_a_resident_sees_who_looked(phone_page: Page, log_in: LogIn, site: Site, axe: Callable[[Page], None]) -> None:
    """Somebody looks for a reason; the person reads which post, what for, takes it along, and takes a consent back."""
    person = site.cast.world.persons["resident"]
    reveal_contact(person, by=site.cast.grid_worker, purpose="回访水渠的事")
    log_in(phone_page, site.cast.resident)
    phone_page.goto("/mine/")
    phone_page.get_by_role("link", name="我的信息", exact=True).click()
    looks = phone_page.locator("#looks")
    expect(looks).to_contain_text("一网格网格员")
    expect(looks).to_contain_text("回访水渠的事")
    axe(phone_page)
    with phone_page.expect_download() as taken:
        phone_page.get_by_role("link", name="下载 PDF").click()
    assert taken.value.suggested_filename.endswith(".pdf")
    phone_page.get_by_role("link", name="同意或撤回同意").click()
    phone_page.locator("section", has_text="乡土能人库").get_by_role("link").click()
    phone_page.get_by_label("我看过了，同意").check()
    phone_page.get_by_role("button", name="同意", exact=True).click()
    expect(phone_page.get_by_text("您已同意，随时可以在这里撤回。")).to_be_visible()
    assert holds(person, "talent")
    phone_page.locator("section", has_text="乡土能人库").get_by_role("link").click()
    phone_page.get_by_role("button", name="撤回同意").click()
    expect(phone_page.get_by_text("已撤回。存下的内容")).to_be_visible()
    assert not holds(person, "talent")
