"""The sheet for the notice board: public matters of one Shanghai week, and nothing about anybody."""

from __future__ import annotations

from datetime import date

import pytest

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.states import State
from cunlian.kernel import clock
from tests.desk.conftest import Desk, Enter, soup

URL = "/desk/week/610902107201/"
WEEK = "?week=2026-W20"  # Monday 11 May to Sunday 17 May
SECRET = ("张桂兰", "13512342799", "后坡第三根", "黑得看不见", "许建华", "汪德厚")


def lines(response: object) -> int:
    return len(soup(response).select("main thead ~ tbody tr"))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("size", ["a4", "a3"])
def test_it_opens_in_both_languages_and_sizes(desk: Desk, enter: Enter, language: str, size: str) -> None:
    page = soup(enter(desk.cast.village_cadre).get(f"{URL}?size={size}", HTTP_ACCEPT_LANGUAGE=language))

    assert page.select_one("main.paper") is not None
    assert bool(page.select_one("main.board")) == (size == "a3")


def test_nothing_about_anybody_is_on_it(desk: Desk, enter: Enter) -> None:
    with clock.set_to(clock.at(date(2026, 5, 12), 9)):
        case = desk.report(
            "后坡第三根灯杆黑得看不见，张桂兰。",
            category=desk.lamp,
            place_text="后坡第三根",
            told=Told("张桂兰", "13512342799"),
        )
        actions.accept_case(case, by=desk.keeper(case))
    page = soup(enter(desk.cast.village_cadre).get(f"{URL}{WEEK}")).select_one("main")
    assert page is not None

    assert "Street lamps" in page.text and "1 came in" in page.text
    for value in (*SECRET, case.receipt, case.receipt[4:], case.title):
        assert value not in str(page)


def test_it_holds_the_week_from_monday_to_sunday_in_shanghai(desk: Desk, enter: Enter) -> None:
    for day, hour in ((date(2026, 5, 10), 23), (date(2026, 5, 11), 0), (date(2026, 5, 17), 23), (date(2026, 5, 18), 0)):
        with clock.set_to(clock.at(day, hour, 30)):
            desk.report(f"{day}的灯。", category=desk.lamp)

    assert lines(enter(desk.cast.village_cadre).get(f"{URL}{WEEK}")) == 2


def test_private_matters_other_villages_and_complaints_stay_away(desk: Desk, enter: Enter) -> None:
    with clock.set_to(clock.at(date(2026, 5, 12), 9)):
        desk.report("邻居占地。", category=desk.unlawful)
        desk.report("桥头的灯。", category=desk.lamp, place=desk.cast.world.other_village)
        actions.report_complaint(
            by=desk.cast.anonymous, place=desk.cast.world.village, text="态度不好。", told=Told("", ""),
            post=desk.post("village_cadre"),
        )  # fmt: skip
    page = enter(desk.cast.village_head).get(f"{URL}{WEEK}")

    assert lines(page) == 0
    assert "No public matter came in" in soup(page).text


@pytest.mark.parametrize(
    ("who", "status"),
    [("grid_worker", 403), ("neighbour_cadre", 403), ("administrator", 403), ("stranger", 404), ("dispatcher", 200)],
)
def test_whoever_sees_the_whole_village_prints_it(desk: Desk, enter: Enter, who: str, status: int) -> None:
    assert enter(getattr(desk.cast, who)).get(URL).status_code == status


@pytest.mark.parametrize("text", ["2026-W60", "next", "2026-20", "0001-W01", "9999-W52"])
def test_what_is_no_week_is_asked_for_again(desk: Desk, enter: Enter, text: str) -> None:
    assert enter(desk.cast.village_cadre).get(f"{URL}?week={text}").status_code == 422


def test_person_neighbour_and_silence_are_three_numbers(desk: Desk, enter: Enter) -> None:
    with clock.set_to(clock.at(date(2026, 5, 12), 9)):
        for state in (State.CONFIRMED, State.VOUCHED, State.VOUCHED):
            desk.in_state(state)
    page = soup(enter(desk.cast.village_cadre).get(f"{URL}{WEEK}"))

    assert "1 is fixed, says the person, 2 are fixed, say neighbours, of 0 nobody said" in page.text
