"""Every page opens for everybody, in both languages, in both sizes of text, and asks no other host for anything."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.resident.site import Site, Visitor, words

PAGES = (
    "/", "/villages/", "/villages/?q=lw", "/v/610902107201/", "/help/", "/privacy/", "/paper/", "/report/", "/complaint/",
    "/complaint/?village=610902107201", "/misconduct/", "/follow/", "/mine/", "/enter/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_page_opens_in_the_visitors_language(site: Site, visitor: Visitor, address: str, language: str) -> None:
    visitor.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    html = visitor.get(address)
    assert f'<html lang="{"en" if language == "en" else "zh-hans"}"' in html
    english = [
        word for word in ("Report a matter", "Choose your village", "Your rights", "See progress") if word in html
    ]
    if language == "zh-CN":
        assert not english
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//(?!beian)', html)


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/paper/"])
def test_large_text_and_language_can_be_switched_on_each_page(site: Site, visitor: Visitor, address: str) -> None:
    html = visitor.get(address)
    assert 'name="text" value="large"' in html
    assert 'name="language" value="en"' in html
    visitor.client.cookies["text"] = "large"
    assert 'class="large"' in visitor.get(address)


def test_home_shows_only_ways_that_work(site: Site, visitor: Visitor) -> None:
    html = visitor.get("/")
    own = {address for address in re.findall(r'href="(/[^"#?]*)', html) if not address.startswith("/static")}
    assert own
    for address in own:
        visitor.get(address)
    assert 'href="tel:0915-3612345"' in html


def test_home_keeps_the_chosen_village(site: Site, visitor: Visitor) -> None:
    assert words(visitor.get("/")).count("青石示范区") >= 1
    visitor.post("/villages/choose/", village="610902107201")
    assert "柳湾" in words(visitor.get("/"))
    assert "柳湾" in visitor.get("/paper/")


@pytest.mark.parametrize("query", ["柳湾村", "柳湾", "lwc", "LW", "610902107201"])
def test_village_is_found_by_name_short_name_initials_and_code(site: Site, visitor: Visitor, query: str) -> None:
    html = visitor.client.get("/villages/", {"q": query}).content.decode()
    assert 'value="610902107201"' in html
    assert 'value="610902107202"' not in html


def test_a_place_of_another_county_cannot_be_chosen(site: Site, visitor: Visitor) -> None:
    visitor.post("/villages/choose/", 404, village=site.cast.world.strange_place.code)
    visitor.client.cookies["village"] = site.cast.world.strange_place.code
    assert site.cast.world.strange_place.short_name not in visitor.get("/")


def test_typing_brings_the_list_alone(site: Site, visitor: Visitor) -> None:
    response = visitor.client.get("/villages/", {"q": "lw"}, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "610902107201" in response.content.decode()


def test_villages_of_one_name_are_told_apart(site: Site, visitor: Visitor) -> None:
    twin = site.cast.world.other_village
    twin.short_name = "柳湾"
    twin.save(update_fields=["short_name"])
    html = visitor.get("/villages/")
    assert "柳湾（201）" in html
    assert "柳湾（202）" in html


def test_strange_query_finds_nothing_and_is_shown_as_text(site: Site, visitor: Visitor) -> None:
    html = visitor.client.get("/villages/", {"q": "<script>alert(1)</script>' OR 1=1 --"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_privacy_page_names_the_law(site: Site, visitor: Visitor) -> None:
    html = visitor.get("/privacy/")
    assert "个人信息保护法" in html
    assert "第四十五条" in html


def test_misconduct_page_has_an_address_and_no_form(
    site: Site, visitor: Visitor, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):  # the district, and its filing number at the foot
        html = visitor.get("/misconduct/")
    assert "青石镇政府东楼 205 室" in html
    assert "<textarea" not in html
    assert "sessionid" not in visitor.client.cookies
