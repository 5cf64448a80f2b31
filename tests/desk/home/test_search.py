"""The search at the top of every page."""

from __future__ import annotations

from typing import Any

from cunlian.cases.states import State
from tests.desk.conftest import Desk, Enter, case_url, soup


def test_a_whole_receipt_goes_straight_to_its_case(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.CONFIRMED)

    answer: Any = enter(desk.cast.dispatcher).get("/desk/search/", {"q": f"测-{case.receipt[:4]}-{case.receipt[4:]}"})

    assert answer["Location"] == case_url(case)


def test_a_receipt_of_elsewhere_is_not_there(desk: Desk, enter: Enter) -> None:
    case = desk.report("柳湾的事。")

    answer = enter(desk.cast.stranger).get("/desk/search/", {"q": case.receipt})

    assert answer.status_code == 200 and "柳湾的事" not in answer.content.decode()
    assert "No request with this receipt number" in answer.content.decode()


def test_words_find_cases_of_ones_territory(desk: Desk, enter: Enter) -> None:
    desk.report("路灯不亮。")

    assert "路灯不亮" in enter(desk.cast.dispatcher).get("/desk/search/", {"q": "路灯"}).content.decode()
    assert "路灯不亮" not in enter(desk.cast.neighbour_cadre).get("/desk/search/", {"q": "路灯"}).content.decode()


def test_villages_are_found_by_name_and_initials(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.dispatcher)

    for text in ("柳湾", "lwc"):
        links = soup(client.get("/desk/search/", {"q": text})).select("main .plain-list a")
        assert any(link.text == "柳湾" for link in links)


def test_the_number_of_cases_is_true_and_opens_them(desk: Desk, enter: Enter) -> None:
    for number in range(23):
        desk.report(f"路灯 {number} 号不亮。")
    client = enter(desk.cast.dispatcher)

    page = soup(client.get("/desk/search/", {"q": "路灯"}))

    assert len(page.select("main table tr")) == 20
    link = page.select_one("main h2 a")
    assert link is not None and link.text == "all 23"
    assert "23 requests" in client.get(str(link["href"])).content.decode()


def test_nothing_typed_says_what_can_be(desk: Desk, enter: Enter) -> None:
    for text in ("", "   ", "%", "' OR 1=1", "<script>", "𠮷"):
        assert enter(desk.cast.dispatcher).get("/desk/search/", {"q": text}).status_code == 200
