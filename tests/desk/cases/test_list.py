"""The list of cases: scoped, filtered, sorted by what is due, in a constant number of queries, true in its total."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cunlian.cases import actions
from cunlian.cases.models import Case, SavedFilter
from cunlian.cases.states import State
from cunlian.desk.cases.filters import CaseFilter
from cunlian.kernel import clock
from tests.desk.conftest import Desk, Enter, soup

URL = "/desk/cases/"


def titles(client: Client, query: str = "") -> list[str]:
    rows = soup(client.get(f"{URL}?{query}")).select("table tbody tr")
    return [row.select_one("a").text for row in rows]  # type: ignore[union-attr]


def test_it_shows_open_cases_what_is_due_first(desk: Desk, enter: Enter) -> None:
    late = desk.report("先到期的。", level="emergency")
    desk.report("后到期的。")
    closed = desk.in_state(State.CONFIRMED)

    assert titles(enter(desk.cast.village_head)) == [late.title, "后到期的"]
    assert closed.title in titles(enter(desk.cast.village_head), "state=all")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("village_head", True), ("dispatcher", True), ("auditor", True), ("neighbour_worker", False), ("stranger", False)],
)
def test_it_is_cut_to_the_viewers_territory(desk: Desk, enter: Enter, who: str, sees: bool) -> None:
    desk.report("柳湾的事。")

    assert titles(enter(getattr(desk.cast, who))) == (["柳湾的事"] if sees else [])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=路灯", ["路灯不亮"]),
        ("q=柳湾", ["路灯不亮", "渠道堵了"]),
        ("q=lwc", ["路灯不亮", "渠道堵了"]),
        ("q=没有这样的", []),
        ("category=02", ["路灯不亮"]),
        ("category=0101", ["渠道堵了"]),
        ("level=urgent", ["渠道堵了"]),
        ("source=phone", ["渠道堵了"]),
        ("village=610902107202", []),
        ("village=610902107", ["路灯不亮", "渠道堵了"]),
        ("state=accepted", []),
        ("state=nonsense", []),
        ("since=2000-01-01&until=2000-01-02", []),
        ("since=soon", []),
        ("mine=nobody", []),
    ],
)
def test_each_filter_filters(desk: Desk, enter: Enter, query: str, found: list[str]) -> None:
    desk.report("路灯不亮。", category=desk.lamp)
    desk.report("渠道堵了。", category=desk.channel, level="urgent", source="phone")

    assert sorted(titles(enter(desk.cast.dispatcher), query)) == sorted(found)


def test_a_receipt_finds_its_case_in_any_state(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.CONFIRMED)

    for text in (case.receipt, f"测-{case.receipt[:4]}-{case.receipt[4:]}"):
        assert titles(enter(desk.cast.dispatcher), f"q={text}") == [case.title]


def test_the_units_cases_and_mine(desk: Desk, enter: Enter) -> None:
    case = desk.report("村里的事。", category=desk.lamp)
    other = desk.report("镇里的事。", category=desk.channel)
    assert case.holder is not None and other.holder is not None

    keeper = enter(desk.keeper(case))

    assert titles(enter(desk.cast.dispatcher), f"unit={case.holder.organisation_id}") == [case.title]
    assert titles(keeper, "mine=waiting") == [case.title]


def test_overdue_ones_say_how_late_in_working_days(desk: Desk, enter: Enter) -> None:
    with clock.set_to(clock.now() - timedelta(days=30)):
        case = desk.report("很久以前的。")
    desk.report("今天的。")
    client = enter(desk.cast.dispatcher)

    page = soup(client.get(f"{URL}?due=overdue"))

    assert [link.text for link in page.select("tbody td:first-child a")] == [case.title]
    assert "working days late" in page.select_one("tbody .late").text  # type: ignore[union-attr]


def test_queries_are_as_many_for_one_row_as_for_many(
    desk: Desk, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    client = enter(desk.cast.dispatcher)
    counts = []
    for more in (1, 99):
        for number in range(more):
            desk.report(f"第 {number} 件。", category=desk.lamp if number % 2 else desk.channel)
        with django_assert_max_num_queries(60) as seen:
            client.get(URL)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_total_is_true_beyond_the_page(desk: Desk, enter: Enter) -> None:
    for number in range(53):
        desk.report(f"第 {number} 件。")
    client = enter(desk.cast.dispatcher)

    page = soup(client.get(URL))

    assert len(page.select("table tbody tr")) == 50
    assert "53 requests" in page.select_one(".tb-foot").text  # type: ignore[union-attr]
    assert len(soup(client.get(f"{URL}?page=2")).select("table tbody tr")) == 3


def test_a_filter_is_kept_for_oneself_and_removed(desk: Desk, enter: Enter) -> None:
    mine, other = enter(desk.cast.dispatcher), enter(desk.cast.township_staff)
    mine.post(reverse("desk:case_filters"), {"name": "超期的", "query": "due=overdue"})
    saved = SavedFilter.objects.get()

    assert "超期的" in mine.get(URL).content.decode()
    assert "超期的" not in other.get(URL).content.decode()
    assert other.post(reverse("desk:case_filter_remove", args=[saved.pk])).status_code == 404
    removed = mine.post(reverse("desk:case_filter_remove", args=[saved.pk]) + "?state=all&page=2")
    assert removed.headers["Location"] == reverse("desk:cases") + "?state=all"
    assert not SavedFilter.objects.exists()


def test_a_filter_with_too_long_a_name_is_refused_in_words(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    client.post(reverse("desk:case_filters"), {"name": "长" * 41, "query": "due=overdue"})
    assert "at most 40 characters" in soup(client.get("/desk/cases/")).text
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("who", "enters"), [("village_cadre", True), ("village_supervisor", False), ("auditor", False)]
)
def test_who_may_not_enter_for_somebody_is_not_asked_to(desk: Desk, enter: Enter, who: str, enters: bool) -> None:
    page = soup(enter(getattr(desk.cast, who)).get("/desk/cases/"))
    assert bool(page.select('main a[href="/desk/cases/new/"], header a[href="/desk/cases/new/"]')) == enters


def test_a_filter_without_a_name_is_refused_in_words(desk: Desk, enter: Enter) -> None:
    answer = enter(desk.cast.dispatcher).post(reverse("desk:case_filters"), {"name": " ", "query": "q=x"}, follow=True)

    assert "Give the filter a name" in answer.content.decode()
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_reads_in_both_languages(desk: Desk, enter: Enter, language: str) -> None:
    desk.in_state(State.IN_PROGRESS)
    client = enter(desk.cast.dispatcher)
    client.cookies["django_language"] = language

    assert client.get(URL).status_code == 200


def test_a_case_with_nobody_is_found(desk: Desk, enter: Enter) -> None:
    case = desk.report("没人管的事。")
    Case.objects.filter(pk=case.pk).update(holder=None)

    assert titles(enter(desk.cast.dispatcher), "mine=nobody") == [case.title]


def test_what_waits_for_the_persons_word(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.ANSWERED)

    assert titles(enter(desk.keeper(case)), "mine=word") == [case.title]


def test_more_time_to_decide(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    actions.ask_extension(case, by=desk.keeper(case), working_days=3, text="缺料。")

    assert titles(enter(desk.cast.dispatcher), "mine=decide") == [case.title]
    assert titles(enter(desk.keeper(case)), "mine=decide") == []


def test_part_of_a_receipt_finds_it(desk: Desk, enter: Enter) -> None:
    case = desk.report("路灯不亮。")

    for text in (f"测-{case.receipt[:4]}-{case.receipt[4:8]}", case.receipt[:8]):
        assert titles(enter(desk.cast.dispatcher), f"q={text}") == [case.title]


def test_of_more_requests_than_can_be_searched_words_are_looked_for_in_the_newest_and_the_page_says_so(
    desk: Desk, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.set_to(clock.now() - timedelta(days=3)):
        old = desk.report("老路灯不亮。")
    with clock.set_to(clock.now() - timedelta(days=2)):
        edge = desk.report("渠道堵了。")
    new = desk.report("新路灯不亮。")
    client = enter(desk.cast.dispatcher)

    assert sorted(titles(client, "q=路灯")) == sorted([old.title, new.title])
    monkeypatch.setattr(CaseFilter, "LOOK_BACK", 1)
    page = soup(client.get(f"{URL}?q=路灯"))

    assert titles(client, "q=路灯") == [new.title]
    assert page.select_one("input[name=since]")["value"] == clock.day_of(edge.reported_at).isoformat()  # type: ignore[index]
    further = next(link for link in page.select(".note a") if "count=all" in str(link["href"]))
    assert sorted(titles(client, str(further["href"]).lstrip("?"))) == sorted([old.title, new.title])
    assert titles(client, f"q={old.receipt}") == [old.title]
    assert titles(client, "q=老路灯&since=2000-01-01") == [old.title]


def test_the_file_of_a_search_holds_what_the_page_found(
    desk: Desk, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.set_to(clock.now() - timedelta(days=3)):
        desk.report("老路灯不亮。")
    desk.report("新路灯不亮。")
    monkeypatch.setattr(CaseFilter, "LOOK_BACK", 0)
    client = enter(desk.cast.dispatcher)

    file = client.get(f"{URL}?q=路灯&export=csv").getvalue().decode("utf-8-sig")

    assert "新路灯不亮" in file and "老路灯不亮" not in file
    assert "老路灯不亮" in client.get(f"{URL}?q=路灯&count=all&export=csv").getvalue().decode("utf-8-sig")
