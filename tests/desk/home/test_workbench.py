"""The workbench: mine and nobody else's, true counts, what is due first, gaps and stand-ins beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import arrange_stand_in, record_gap
from tests.desk.conftest import Desk, Enter, case_url, soup

TABS = ("waiting", "overdue", "today", "returned", "word", "passed")


def counts(client: Client) -> dict[str, int]:
    tabs = soup(client.get("/desk/")).select(".tabs a[href^='?tab=']")
    return {str(tab["href"]).split("=")[1]: int(tab.select_one("b").text) for tab in tabs}  # type: ignore[union-attr]


def titles(client: Client, tab: str = "waiting") -> list[str]:
    return [link.text for link in soup(client.get(f"/desk/?tab={tab}")).select(".todo .ttl > a")]


def test_a_stranger_is_asked_to_log_in(db: None) -> None:
    answer: Any = Client().get("/desk/")

    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def test_the_numbers_are_mine_and_not_my_villages(desk: Desk, enter: Enter) -> None:
    mine = desk.report("路灯不亮。", category=desk.lamp)
    theirs = desk.report("渠道堵了。", category=desk.channel)
    keeper = enter(desk.keeper(mine))

    assert mine.holder_id != theirs.holder_id
    assert counts(keeper)["waiting"] == 1 and titles(keeper) == [mine.title]
    assert counts(enter(desk.cast.social_worker)) == dict.fromkeys(TABS, 0)
    assert counts(enter(desk.cast.auditor)) == dict.fromkeys(TABS, 0)


def test_each_tab_counts_what_it_shows(desk: Desk, enter: Enter) -> None:
    with clock.set_to(clock.now() - timedelta(days=40)):
        late = desk.report("早该办的。", category=desk.lamp)
    answered = desk.in_state(State.ANSWERED)
    head = desk.keeper(late)
    passed = desk.report("转出去的。", category=desk.lamp)
    actions.dispatch_case(passed, by=desk.keeper(passed), to=desk.post("grid_worker"))
    client = enter(head)

    shown = {tab: titles(client, tab) for tab in TABS}

    assert {tab: len(rows) for tab, rows in shown.items()} == counts(client)
    assert shown["overdue"] == [late.title] and shown["word"] == [answered.title] and shown["passed"] == [passed.title]


def test_what_was_sent_back_waits_for_whoever_passed_it_on(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.RETURNED)
    client = enter(desk.keeper(case))

    assert titles(client, "returned") == [case.title]
    assert counts(client)["passed"] == 0


def test_due_today_is_the_shanghai_day(desk: Desk, enter: Enter, frozen_clock: Any) -> None:
    frozen_clock(clock.at(date(2026, 7, 8), 10))
    case = desk.report("明天到期。", category=desk.lamp, level="emergency")

    frozen_clock(clock.at(date(2026, 7, 8), 23, 59))
    assert counts(enter(desk.keeper(case)))["today"] == 0
    frozen_clock(clock.at(date(2026, 7, 9), 0, 1))  # still the eighth in UTC
    assert counts(enter(desk.keeper(case)))["today"] == 1


def test_late_ones_stand_first_then_today_then_sent_back_then_the_rest(
    desk: Desk, enter: Enter, frozen_clock: Any
) -> None:
    frozen_clock(clock.at(date(2026, 7, 1), 9))
    desk.report("迟了的。", category=desk.lamp, level="emergency")
    frozen_clock(clock.at(date(2026, 7, 8), 9))
    desk.report("以后的。", category=desk.lamp)
    desk.report("今天的。", category=desk.lamp, level="emergency")
    frozen_clock(clock.at(date(2026, 7, 9), 9))

    page = soup(enter(desk.cast.village_cadre).get("/desk/")) if False else None
    case = Case.objects.get(title="迟了的")
    page = soup(enter(desk.keeper(case)).get("/desk/"))

    assert [head.contents[0] for head in page.select(".todo .grp th")] == ["Overdue", "Due today", "Coming up"]
    assert [link.text for link in page.select(".todo .ttl > a")] == ["迟了的", "今天的", "以后的"]


def test_counts_are_true_beyond_what_is_shown(desk: Desk, enter: Enter) -> None:
    for number in range(45):
        case = desk.report(f"第 {number} 件。", category=desk.lamp)
    client = enter(desk.keeper(case))

    page = soup(client.get("/desk/"))

    assert counts(client)["waiting"] == 45
    assert len(page.select(".todo .ttl > a")) == 40
    assert "45 requests" in page.select_one(".todo .grp").text  # type: ignore[union-attr]
    assert page.select_one(".todo a[href='/desk/cases/?mine=waiting']").text == "All 45 in the list"  # type: ignore[union-attr]


def test_each_row_has_the_step_it_waits_for(desk: Desk, enter: Enter) -> None:
    case = desk.report("路灯不亮。", category=desk.lamp)

    act = soup(enter(desk.keeper(case)).get("/desk/")).select_one(".todo .act a")

    assert act is not None and act.text == "Take on" and act["href"] == f"{case_url(case)}accept/"


def test_queries_are_as_many_for_one_row_as_for_many(
    desk: Desk, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    first = desk.report("第一件。", category=desk.lamp)
    client = enter(desk.keeper(first))
    seen_counts = []
    for more in (0, 30):
        for number in range(more):
            desk.report(f"第 {number} 件。", category=desk.lamp)
        with django_assert_max_num_queries(80) as seen:
            client.get("/desk/")
        seen_counts.append(len(seen))

    assert seen_counts[0] == seen_counts[1]


def test_the_line_at_the_top_says_what_one_answers_for(desk: Desk, enter: Enter) -> None:
    facts = soup(enter(desk.cast.grid_worker).get("/desk/")).select_one(".facts")

    assert facts is not None and facts.select_one("a.fig").text == "1 grid"  # type: ignore[union-attr]


@pytest.mark.parametrize(("who", "words"), [("auditor", "Your pages are"), ("mediator", "调解员 · 柳湾")])
def test_who_has_no_duty_reads_their_post_or_whom_to_ask(desk: Desk, enter: Enter, who: str, words: str) -> None:
    assert words in soup(enter(getattr(desk.cast, who)).get("/desk/")).select_one(".facts").text  # type: ignore[union-attr]


def test_gaps_of_ones_territory_are_on_the_radar(desk: Desk, enter: Enter) -> None:
    record_gap(by=SYSTEM, place=desk.cast.world.second_grid, rank="grid")
    loose = desk.report("没人管。")
    Case.objects.filter(pk=loose.pk).update(holder=None)

    here = soup(enter(desk.cast.village_head).get("/desk/")).select_one(".rail .radar")
    there = soup(enter(desk.cast.neighbour_cadre).get("/desk/")).select_one(".rail .radar")

    assert here is not None and "Grid with nobody" in here.text and "柳湾村二网格" in here.text
    assert "Requests no post has" in here.text
    assert there is None


def test_stand_ins_of_today_are_named_on_both_sides(desk: Desk, enter: Enter) -> None:
    today = clock.today()
    arrange_stand_in(
        desk.post("grid_worker"), by=SYSTEM, by_post=desk.post("social_worker"), starts_on=today,
        ends_on=today + timedelta(days=3), reason="休假",
    )  # fmt: skip

    head = soup(enter(desk.cast.village_head).get("/desk/"))
    mine = soup(enter(desk.cast.again("social_worker")).get("/desk/"))

    assert "一网格网格员" in head.select_one(".rail").text  # type: ignore[union-attr]
    assert "standing in for" in mine.select_one(".facts").text  # type: ignore[union-attr]
    post = reverse("desk:post", args=[desk.post("grid_worker").pk])  # where it is ended
    assert head.select_one(f'.rail a[href="{post}"]') and mine.select_one(f'.facts a[href="{post}"]')


def test_more_time_waits_for_whoever_decides(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    actions.ask_extension(case, by=desk.keeper(case), working_days=3, text="缺料。")

    above = soup(enter(desk.cast.dispatcher).get("/desk/")).select_one(".rail")
    asker = soup(enter(desk.keeper(case)).get("/desk/")).select_one(".rail")

    assert above is not None and above.select_one(f'a[href="{case_url(case)}"]')
    assert asker is not None and not asker.select_one(f'a[href="{case_url(case)}"]')


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("tab", TABS)
def test_it_reads_in_both_languages(desk: Desk, enter: Enter, language: str, tab: str) -> None:
    case = desk.in_state(State.RETURNED)
    desk.in_state(State.ANSWERED)
    client = enter(desk.keeper(case))
    client.cookies["django_language"] = language

    assert client.get(f"/desk/?tab={tab}").status_code == 200
