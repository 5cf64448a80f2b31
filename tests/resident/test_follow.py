"""Following with receipt and four digits: the whole anonymous loop, guessing, joining, taking back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import segno

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case, Remark
from cunlian.cases.receipts import check_code
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS
from cunlian.kernel.ids import uuid7
from cunlian.ui.qr import svg_of
from tests.resident.site import LAST, PHONE, Site, Visitor, words

NOON = clock.at(date(2026, 7, 1), 12)


def _key() -> str:
    return str(uuid7())


def test_the_whole_loop_without_an_account(site: Site, visitor: Visitor, stranger: Visitor) -> None:
    receipt = visitor.send(site, text="村口路灯不亮", phone=PHONE, name="王二妹")
    case = Case.objects.get(receipt=receipt)
    site.answer(case)
    stranger.follow(receipt)
    html = stranger.get(f"/r/{receipt}/")
    assert "现在轮到您" in html
    assert "灯头换好了" in html
    assert "139****5678" in html
    assert PHONE not in html
    stranger.post(f"/r/{receipt}/reopen/", key=_key(), text="还有一盏不亮")
    case.refresh_from_db()
    assert (case.state, case.reopened) == (State.IN_PROGRESS, 1)
    html = stranger.get(f"/r/{receipt}/")
    assert "还有一盏不亮" in html and "上一次的答复" in html
    actions.answer_case(case, by=site.keeper(case), text="这盏也换了。")
    stranger.post(f"/r/{receipt}/confirm/", key=_key())
    case.refresh_from_db()
    assert case.state == State.CONFIRMED
    html = stranger.get(f"/r/{receipt}/")
    assert "谢谢您" in html
    assert "您说修好了" in html and "系统" not in html and "上一次的答复" not in html


def test_every_press_counts_once(site: Site, visitor: Visitor) -> None:
    receipt = visitor.send(site, phone=PHONE)
    case = Case.objects.get(receipt=receipt)
    for path, values in (("words", {"text": "是东边那盏"}), ("confirm", {}), ("reopen", {}), ("withdraw", {})):
        if path == "confirm":
            site.answer(case)
        key = _key()
        for _press in range(2):
            assert visitor.post(f"/r/{receipt}/{path}/", key=key, **values) == f"/r/{receipt}/"
            visitor.get(f"/r/{receipt}/")
    case.refresh_from_db()
    assert (case.state, case.reopened) == (State.WITHDRAWN, 1)
    assert Remark.objects.filter(case=case, text="是东边那盏").count() == 1


def test_a_move_that_is_not_possible_says_why(site: Site, visitor: Visitor) -> None:
    receipt = visitor.send(site, phone=PHONE)
    html = visitor.post(f"/r/{receipt}/confirm/", 422, key=_key())
    assert "wrongs" in html
    assert "待受理" in html
    assert Case.objects.get(receipt=receipt).state == State.REPORTED
    assert "id_text_error" in visitor.post(f"/r/{receipt}/words/", 422, key=_key(), text=" ")


def test_without_a_phone_the_check_code_opens_it(site: Site, visitor: Visitor, stranger: Visitor) -> None:
    receipt = visitor.send(site)
    code = check_code(Case.objects.get(receipt=receipt))
    assert f"{code}</b>" in visitor.get(f"/report/done/{receipt}/")
    assert code in visitor.get(f"/r/{receipt}/slip/")
    stranger.follow(receipt, f"{(int(code) + 1) % 10_000:04d}", 422)
    stranger.follow(f"青-{receipt[:4]}-{receipt[4:]}", code)
    stranger.get(f"/r/{receipt}/")


def test_the_code_on_the_slip_brings_the_number_and_asks_for_the_digits(
    site: Site, visitor: Visitor, stranger: Visitor, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://cunlian.example.gov.cn"
    receipt = visitor.send(site)
    address = f"https://cunlian.example.gov.cn/follow/?receipt={receipt}"

    assert svg_of(segno.make(address, error="m", micro=False, boost_error=False)) in visitor.get(f"/r/{receipt}/slip/")
    assert f'value="{receipt}"' in stranger.get(f"/follow/?receipt={receipt}")
    stranger.get(f"/r/{receipt}/", 404)


def test_the_link_in_a_message_leads_whoever_showed_both_numbers_on_and_asks_everybody_else(
    site: Site, visitor: Visitor, stranger: Visitor
) -> None:
    receipt = visitor.send(site)
    link = f"/follow/?receipt={receipt}"
    assert visitor.get(link, 302) == f"/r/{receipt}/"
    for asked in (link, "/follow/?receipt=26990000000"):
        assert "id_digits" in stranger.get(asked), "there or not, it looks alike"


def test_wrong_digits_and_unknown_receipts_get_one_sentence(site: Site, visitor: Visitor, stranger: Visitor) -> None:
    receipt = visitor.send(site, phone=PHONE)
    answers = {
        stranger.follow(number, digits, 422).split('class="wrong-text"')[1].split("</p>")[0]
        for number, digits in (
            (receipt, "0000"),
            (receipt, ""),
            ("26070000000", LAST),
            ("hello", LAST),
            (receipt, "５６７"),
            (receipt, "5678901"),
        )
        if digits
    }
    assert len(answers) == 1


def test_a_hundred_guesses_are_stopped_and_the_owner_gets_in_afterwards(
    site: Site, visitor: Visitor, stranger: Visitor
) -> None:
    with clock.set_to(NOON):
        receipt = visitor.send(site, phone=PHONE)
        guesses = [f"{n:04d}" for n in range(100)]
        statuses = [stranger.client.post("/follow/", {"receipt": receipt, "digits": guess}) for guess in guesses]
        told = [response.content.decode() for response in statuses]
        assert sum("试的次数太多了" in html for html in told) == 90
        assert "12:10" in told[-1]
        assert [response.status_code for response in statuses] == [422] * 10 + [429] * 90
        assert "试的次数太多了" in stranger.follow(receipt, LAST, 429)
    with clock.set_to(NOON + timedelta(minutes=11)):
        stranger.follow(receipt, LAST)
        stranger.get(f"/r/{receipt}/")


def test_guesses_over_many_receipts_are_stopped_by_address(site: Site, stranger: Visitor) -> None:
    with clock.set_to(NOON):
        numbers = [site.report(f"第{n}件事").receipt for n in range(32)]
        for number in numbers[:30]:
            assert "对不上" in stranger.follow(number, "0000", 422)
        for number in numbers[30:]:
            assert "试的次数太多了" in stranger.follow(number, "0000", 429)
        elsewhere = stranger.client.post("/follow/", {"receipt": numbers[0], "digits": LAST}, REMOTE_ADDR="192.0.2.7")
        assert elsewhere.status_code == 302


def test_a_day_of_patient_guessing_is_stopped_too(site: Site, visitor: Visitor, stranger: Visitor) -> None:
    receipt = site.report().receipt
    start = clock.at(date(2026, 7, 1), 9)
    wrong = 0
    for step in range(12):
        with clock.set_to(start + timedelta(minutes=10 * step)):
            for _n in range(6):
                response = stranger.client.post("/follow/", {"receipt": receipt, "digits": "0000"})
                wrong += response.status_code == 422
    assert wrong == 40


def test_the_right_pair_is_never_counted(site: Site, stranger: Visitor) -> None:
    receipt = site.report().receipt
    with clock.set_to(NOON):
        for _n in range(40):
            stranger.follow(receipt)


def test_somebody_who_joined_reads_along_and_changes_nothing(site: Site, stranger: Visitor) -> None:
    case = site.report("张屠户家门口的路灯坏了。", category=site.lamp, place_text="张屠户家门口")
    joined = actions.join_case(case, by=ANONYMOUS, told=Told("李四", "13812341234"), words="我家也黑")
    actions.add_words(case, by=stranger_of(case), text="张屠户还摔了一跤")
    site.answer(case)
    stranger.follow(joined.receipt, "1234")
    html = stranger.get(f"/r/{joined.receipt}/")
    assert "灯头换好了" in html
    assert "张屠户" not in html
    assert "王二妹" not in html
    for path in ("confirm", "reopen", "withdraw", "words"):
        status = stranger.client.post(f"/r/{joined.receipt}/{path}/", {"key": _key(), "text": "x"}).status_code
        assert status in (422, 302)
        case.refresh_from_db()
        assert case.state == State.ANSWERED
    stranger.get(f"/r/{case.receipt}/", 404)
    assert not Remark.objects.filter(text="x").exists()


def stranger_of(case: Case) -> Any:
    """The person who reported it, by receipt."""
    return type(ANONYMOUS)("anonymous", proofs=frozenset({case.pk}))


def test_merged_request_follows_the_one_it_was_joined_with(site: Site, stranger: Visitor) -> None:
    mine = site.report("前巷路灯坏了")
    other = site.report("巷子口黑", told=Told("李四", "13812341234"))
    actions.merge_case(mine, by=site.keeper(mine), into=other)
    site.answer(other)
    stranger.follow(mine.receipt)
    html = stranger.get(f"/r/{mine.receipt}/")
    assert "灯头换好了" in html
    assert "巷子口黑" not in html
    assert "李四" not in html


def test_late_paused_and_rejected_are_said_in_words(site: Site, stranger: Visitor) -> None:
    with clock.set_to(NOON):
        late, rejected = site.report("路灯"), site.report("水渠")
        keeper = site.keeper(late)
        actions.reject_case(rejected, by=keeper, reason="court", text="法院正在审理，判决后再办。")
    with clock.set_to(NOON + timedelta(days=30)):
        stranger.follow(late.receipt)
        assert "已经超期" in stranger.get(f"/r/{late.receipt}/")
        actions.accept_case(late, by=keeper)
        actions.pause_case(late, by=keeper, reason="weather")
        assert "期限暂停" in stranger.get(f"/r/{late.receipt}/")
        stranger.follow(rejected.receipt)
        assert "法院正在审理" in stranger.get(f"/r/{rejected.receipt}/")


def test_petition_leaves_number_and_day(site: Site, visitor: Visitor) -> None:
    receipt = visitor.send(site, phone=PHONE)
    case = Case.objects.get(receipt=receipt)
    code = check_code(case)
    due = clock.today() + timedelta(days=60)
    actions.hand_over_case(case, by=site.keeper(case), register_number="信〔2026〕12", due_on=due)
    assert "信〔2026〕12" in visitor.get(f"/r/{receipt}/")
    fresh = Visitor(type(visitor.client)(HTTP_ACCEPT_LANGUAGE="zh-CN"))
    fresh.follow(receipt, code)
    assert "桥头的栏杆" not in fresh.get(f"/r/{receipt}/")


def test_receipts_can_be_forgotten_on_a_shared_device(site: Site, visitor: Visitor) -> None:
    receipt = visitor.send(site)
    assert receipt in visitor.get("/mine/")
    visitor.post("/mine/forget/")
    assert receipt not in visitor.get("/mine/")
    visitor.get(f"/r/{receipt}/", 404)


@pytest.mark.parametrize("path", ["", "slip/", "photo/00000000-0000-7000-8000-000000000000/"])
def test_strangers_open_nothing_by_address(site: Site, stranger: Visitor, path: str) -> None:
    receipt = site.report().receipt
    foreign = stranger.client.get(f"/r/{receipt}/{path}")
    absent = stranger.client.get(f"/r/26070000000/{path}")
    assert foreign.status_code == absent.status_code == 404
    assert words(foreign.content.decode()).replace(receipt, "") == words(absent.content.decode()).replace(
        "26070000000", ""
    )


@pytest.mark.parametrize("path", ["confirm", "reopen", "words", "withdraw"])
def test_strangers_move_nothing(site: Site, stranger: Visitor, path: str) -> None:
    case = site.answer(site.report())
    stranger.post(f"/r/{case.receipt}/{path}/", 404, key=_key(), text="x")
    case.refresh_from_db()
    assert case.state == State.ANSWERED


def test_receipt_page_takes_the_same_queries_whatever_happened(
    site: Site, visitor: Visitor, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    receipt = visitor.send(site, phone=PHONE)
    case = site.answer(Case.objects.get(receipt=receipt))
    visitor.get(f"/r/{receipt}/")
    with django_assert_max_num_queries(25) as first:
        visitor.get(f"/r/{receipt}/")
    queries = len(first)
    for n in range(4):
        actions.reopen_case(case, by=stranger_of(case), text=f"第{n}次还没好")
        actions.answer_case(case, by=site.keeper(case), text=f"第{n}次修好了")
    with django_assert_num_queries(queries):
        visitor.get(f"/r/{receipt}/")


def test_list_of_mine_takes_the_same_queries_for_one_and_for_many(
    site: Site, visitor: Visitor, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    visitor.send(site, phone=PHONE)
    visitor.get("/mine/")
    with django_assert_max_num_queries(20) as first:
        visitor.get("/mine/")
    queries = len(first)
    for n in range(4):
        visitor.send(site, text=f"第{n}件事", phone=PHONE)
    visitor.get("/mine/")
    with django_assert_num_queries(queries):
        assert visitor.get("/mine/").count("看每一步") == 5
