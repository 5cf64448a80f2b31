"""The page of one case: who sees it, what stands on it, what is masked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Look
from cunlian.organisations.actions import assign_duty
from cunlian.organisations.models import Capacity
from tests.desk.conftest import Desk, Enter, case_url, soup

PHONE = "13512342799"


def _pages(case: Case) -> list[str]:
    names = ("case", "case_print", "case_looks", "case_attach")
    return [
        *(reverse(f"desk:{name}", args=[case.pk]) for name in names),
        reverse("desk:move", args=[case.pk, "answer"]),
    ]


def test_a_stranger_is_asked_to_log_in(desk: Desk) -> None:
    for url in _pages(desk.report()):
        answer = Client().get(url)
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", ["stranger", "neighbour_worker", "neighbour_cadre", "administrator"])
def test_foreign_and_absent_look_alike(desk: Desk, enter: Enter, who: str) -> None:
    case, client = desk.report(), enter(getattr(desk.cast, who))

    for url in _pages(case):
        assert client.get(url).status_code == 404
    assert client.post(reverse("desk:case_reveal", args=[case.pk]), {"purpose": "x"}).status_code == 404


def test_it_shows_who_answers_by_when_and_what_was_said(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)

    page = soup(enter(desk.keeper(case)).get(case_url(case))).select_one("main")

    assert page is not None
    assert "三组水渠垮了六米" in page.text and "Answer by" in page.text
    assert str(case.holder) in page.select_one(".chain .now").text  # type: ignore[union-attr]
    assert f"测-{case.receipt[:4]}-{case.receipt[4:]}" in page.text


def test_the_chain_is_that_of_the_day_it_was_reported(desk: Desk, enter: Enter) -> None:
    with clock.set_to(clock.now() - timedelta(days=40)):
        case = desk.report()
    posting = desk.post("village_head").postings.get()
    posting.ends_on = clock.today() - timedelta(days=10)
    posting.save(update_fields=["ends_on"])

    chain = soup(enter(desk.cast.dispatcher).get(case_url(case))).select_one(".chain")

    assert chain is not None and "汪德厚" in chain.text


def test_who_answers_in_two_ways_stands_there_once(desk: Desk, enter: Enter) -> None:
    post = desk.post("village_head")
    assign_duty(post, by=SYSTEM, capacity=Capacity.VILLAGE_CADRE, place=post.place)
    case = desk.report()

    chain = soup(enter(desk.cast.dispatcher).get(case_url(case))).select_one(".chain")

    assert chain is not None and chain.text.count(str(post)) == 1


def test_name_and_phone_are_masked(desk: Desk, enter: Enter) -> None:
    case = desk.report()

    for url in _pages(case)[:2]:
        text = enter(desk.keeper(case)).get(url).content.decode()
        assert "张*兰" in text and "135****2799" in text
        assert "张桂兰" not in text and PHONE not in text


def test_seeing_them_in_full_needs_a_purpose_and_is_logged(desk: Desk, enter: Enter) -> None:
    case = desk.report()
    client = enter(desk.keeper(case))
    url = reverse("desk:case_reveal", args=[case.pk])

    refused = client.post(url, {"purpose": ""})
    shown = client.post(url, {"purpose": "回电约时间"})

    assert refused.status_code == 422 and "张桂兰" not in refused.content.decode()
    assert "张桂兰" in shown.content.decode() and PHONE in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert Look.objects.filter(about_id=case.pk, purpose="回电约时间").count() == 1
    assert "回电约时间" in client.get(reverse("desk:case_looks", args=[case.pk])).content.decode()
    assert "张桂兰" not in client.get(case_url(case)).content.decode()


def test_only_the_holder_and_the_dispatch_desk_are_offered_the_look(desk: Desk, enter: Enter) -> None:
    case = desk.report()
    url = reverse("desk:case_reveal", args=[case.pk])

    page = soup(enter(desk.cast.social_worker).get(case_url(case)))
    answer = enter(desk.cast.social_worker).post(url, {"purpose": "好奇"})

    assert page.select_one(".reveal") is None
    assert answer.status_code == 403 and "张桂兰" not in answer.content.decode()


def test_similar_ones_are_counted_and_the_number_opens_them(desk: Desk, enter: Enter) -> None:
    case = desk.report(category=desk.lamp)
    desk.report("又一盏路灯不亮。", category=desk.lamp)
    desk.report("渠道堵了。", category=desk.channel)
    client = enter(desk.cast.dispatcher)

    link = soup(client.get(case_url(case))).select_one(".facts a.fig")

    assert link is not None and link.text == "1"
    rows = soup(client.get(str(link["href"]))).select("table tbody tr")
    assert len(rows) == 1 and "又一盏路灯不亮" in rows[0].text


def test_joined_and_split_cases_are_linked(desk: Desk, enter: Enter) -> None:
    case, other = desk.report(category=desk.lamp), desk.report("另一件事。", category=desk.lamp)
    actions.merge_case(other, by=desk.keeper(other), into=case)

    page = soup(enter(desk.keeper(case)).get(case_url(case)))

    assert page.select_one(f'main a[href="{case_url(other)}"]')


def test_hostile_text_is_text(desk: Desk, enter: Enter) -> None:
    case = desk.report("<script>alert(1)</script> ' OR 1=1 -- 𠮷😀", place_text="<img src=x onerror=alert(1)>")

    text = enter(desk.keeper(case)).get(case_url(case)).content.decode()

    assert "<script>alert(1)" not in text and "<img src=x" not in text and "𠮷😀" in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", list(State))
def test_it_reads_in_both_languages_in_every_state(desk: Desk, enter: Enter, state: State, language: str) -> None:
    case = desk.in_state(state)
    client = enter(desk.cast.dispatcher)
    client.cookies["django_language"] = language

    for url in _pages(case)[:2]:
        assert client.get(url).status_code == 200


def test_queries_do_not_grow_with_what_happened(desk: Desk, enter: Enter, django_assert_max_num_queries: Any) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    client = enter(desk.keeper(case))
    counts = []
    for more in (1, 5):
        for step in range(more):
            actions.note_progress(case, by=desk.keeper(case), text=f"第 {step} 天")
        with django_assert_max_num_queries(200) as seen:
            client.get(case_url(case))
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_what_was_answered_before_it_was_opened_again_is_called_an_earlier_answer(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.ANSWERED)
    client = enter(desk.cast.village_cadre)
    assert "Earlier answer" not in soup(client.get(case_url(case))).text

    actions.reopen_case(case, by=desk.person(case), text="又灭了。")
    assert "Earlier answer" in soup(client.get(case_url(case))).text
