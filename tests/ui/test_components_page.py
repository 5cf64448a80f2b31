"""The page of components, and what every shell of a page must have."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cunlian.kernel.access import Actor
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DOORS = ("desk", "resident", "public", "plain", "print")


def page(client: Client, door: str, language: str = "en") -> BeautifulSoup:
    address = reverse("ui:components", args=[door] if door != "desk" else [])
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("door", DOORS)
def test_every_door_has_one_heading_a_way_past_it_and_its_language(client: Client, door: str, language: str) -> None:
    drawn = page(client, door, language)
    assert len(drawn.select("h1")) == 1
    assert drawn.select_one("a.skip[href='#main']") and drawn.find(id="main")
    assert drawn.html is not None and drawn.html["lang"] == language


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "今天是第 5 个工作日，共 7 个"), ("en", "today is working day 5 of 7")]
)
def test_the_deadline_says_in_words_what_the_band_shows(client: Client, language: str, words: str) -> None:
    assert words in page(client, "desk", language).get_text()


def test_chinese_pages_hold_no_english_sentence(client: Client) -> None:
    text = page(client, "resident", "zh-hans").select_one("main")
    assert text is not None
    assert not [word for word in text.get_text().split() if len(word) > 2 and word.isascii() and word.isalpha()]


def test_every_icon_stands_beside_a_word_or_is_labelled(client: Client) -> None:
    for drawn in (page(client, door) for door in DOORS):
        for link in drawn.select("a, button, summary"):
            assert link.get_text(strip=True) or link.get("aria-label"), link


def test_the_chart_has_its_sentence_and_its_table(client: Client) -> None:
    figure = page(client, "desk").select_one("figure.chart")
    assert figure is not None
    plot = figure.select_one("[role=img]")
    assert plot is not None and "142" in str(plot["aria-label"])
    assert len(figure.select(".plot .col")) == len(figure.select("tbody tr")[0].select("td")) == 12


def test_a_chart_on_a_phone_has_few_labels_and_keeps_its_table_a_table(client: Client) -> None:
    figure = page(client, "desk").select_one("figure.chart")
    assert figure is not None
    shown = [span.get_text() for span in figure.select(".axis span")]

    assert len(shown) == 12 and [label for label in shown if label] == ["8", "10", "12", "2", "4", "6"]
    assert {cell["role"] for cell in figure.select(".twin td, .twin tr, .twin th")} == {
        "row", "cell", "columnheader", "rowheader",
    }  # fmt: skip


def test_a_move_that_is_not_possible_is_shown_with_its_reason(client: Client) -> None:
    moves = page(client, "desk").select_one(".moves")
    assert moves is not None
    assert moves.select_one("button[disabled]") and "It cannot be closed yet" in moves.get_text()
    assert len(moves.select(".btn-primary")) == 1


def test_the_language_is_a_form_that_works_without_scripts(client: Client) -> None:
    address = reverse("ui:components", args=["resident"])
    client.get(address)
    answer = client.post(reverse("set_language"), {"language": "en", "next": address}, follow=True)
    assert b"Report something" in answer.content


def test_large_text_is_kept_on_the_device_and_goes_back_to_the_page(client: Client) -> None:
    address = reverse("ui:components", args=["resident"])
    answer = client.post(reverse("ui:text_size"), {"text": "large", "next": address}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert BeautifulSoup(answer.content, "html.parser").select_one("html.large")
    answer = client.post(reverse("ui:text_size"), {"text": "normal", "next": address}, follow=True)
    assert not BeautifulSoup(answer.content, "html.parser").select_one("html.large")


def test_the_way_back_never_leads_to_another_site(client: Client) -> None:
    answer = client.post(reverse("ui:text_size"), {"text": "large", "next": "https://example.com/"})
    assert answer.headers["Location"] == "/"


def test_an_unknown_door_is_not_found(client: Client) -> None:
    assert client.get("/ui/nothing/").status_code == 404


def test_only_staff_are_offered_the_workbench_where_a_page_is_missing(
    client: Client, cast: Cast, login: Callable[[Client, Actor], Client]
) -> None:
    def offered() -> bool:
        return 'href="/desk/"' in client.get("/nothing-here/").content.decode()

    assert not offered()
    login(client, cast.resident)
    assert not offered()
    login(client, cast.grid_worker)
    assert offered()


def test_a_refusal_tells_the_reason_the_rule_and_the_way_back(client: Client) -> None:
    drawn = page(client, "plain")
    alert = drawn.select_one("[role=alert]")
    assert alert is not None
    assert "Somebody else changed this first." in alert.get_text() and "Art. 7" in alert.get_text()
    assert drawn.select_one("a.btn-primary[href]")
