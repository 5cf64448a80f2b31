"""Every move of a case from its page, with plain posts as a browser without scripts sends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.desk.cases.moves import PAGES, moves_on
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import uuid7
from tests.desk.conftest import Desk, Enter, case_url, move_url, press, soup

Said = Callable[[Desk], dict[str, Any]]
DAY = timedelta(days=30)

# move: the state it is shown in, what is filled in, the state it leads to
MOVES: dict[str, tuple[State, Said, State]] = {
    "accept": (State.REPORTED, lambda d: {}, State.ACCEPTED),
    "reject": (State.REPORTED, lambda d: {"reason": "court", "text": "法院正在审理。"}, State.REJECTED),
    "dispatch": (State.REPORTED, lambda d: {"to": str(d.post("grid_worker").pk), "text": "近"}, State.DISPATCHED),
    "start": (State.ACCEPTED, lambda d: {}, State.IN_PROGRESS),
    "return": (State.DISPATCHED, lambda d: {"text": "这不归我们。"}, State.RETURNED),
    "note_progress": (State.IN_PROGRESS, lambda d: {"text": "明天到货。"}, State.IN_PROGRESS),
    "ask_extension": (State.IN_PROGRESS, lambda d: {"working_days": "3", "text": "缺料。"}, State.IN_PROGRESS),
    "pause": (State.IN_PROGRESS, lambda d: {"reason": "weather"}, State.IN_PROGRESS),
    "answer": (State.IN_PROGRESS, lambda d: {"text": "修好了。"}, State.ANSWERED),
    "split": (State.REPORTED, lambda d: {"text": "还有一处路灯。", "category": str(d.lamp.pk)}, State.REPORTED),
    "hand_over": (
        State.REPORTED,
        lambda d: {"register_number": "信〔2026〕1", "due_on": (clock.today() + DAY).isoformat()},
        State.HANDED_OVER,
    ),
    "comment": (State.IN_PROGRESS, lambda d: {"text": "问过了。"}, State.IN_PROGRESS),
    "categorise": (State.REPORTED, lambda d: {"category": str(d.channel.pk), "level": "urgent"}, State.REPORTED),
    "unmerge": (State.MERGED, lambda d: {}, State.REPORTED),
}
BY_WORD: dict[str, tuple[State, dict[str, Any], State]] = {
    "confirm": (State.ANSWERED, {"channel_by": "phone"}, State.CONFIRMED),
    "reopen": (State.ANSWERED, {"channel_by": "door", "text": "还是不亮。"}, State.IN_PROGRESS),
    "withdraw": (State.REPORTED, {"channel_by": "paper"}, State.WITHDRAWN),
    "vouch": (State.ANSWERED, {"text": "隔壁老李说亮了。"}, State.VOUCHED),
    "add_words": (State.IN_PROGRESS, {"channel_by": "phone", "text": "昨晚又灭了。"}, State.IN_PROGRESS),
}


@pytest.mark.parametrize("name", MOVES)
def test_each_move_of_the_holder_works_from_its_page(desk: Desk, enter: Enter, name: str) -> None:
    state, said, leads_to = MOVES[name]
    case = desk.in_state(state)
    client = enter(desk.keeper(case))

    answer: Any = press(client, case, name, **said(desk))

    assert answer.status_code == 303
    assert answer["Location"] in (case_url(case), "/desk/")  # a grid worker sends back what lies outside the grid
    assert Case.objects.get(pk=case.pk).state == leads_to


@pytest.mark.parametrize("name", BY_WORD)
def test_a_colleague_passes_on_what_the_person_said(desk: Desk, enter: Enter, name: str) -> None:
    state, said, leads_to = BY_WORD[name]
    case = desk.in_state(state)

    answer: Any = press(enter(desk.cast.social_worker), case, name, **said)

    assert answer.status_code == 303
    assert Case.objects.get(pk=case.pk).state == leads_to


@pytest.mark.parametrize(
    ("name", "said", "days"),
    [("grant_extension", {"working_days": "2"}, 2), ("refuse_extension", {"text": "不"}, 0)],
)
def test_more_time_is_decided_above(desk: Desk, enter: Enter, name: str, said: dict[str, str], days: int) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    actions.ask_extension(case, by=desk.keeper(case), working_days=3, text="缺料。")

    press(enter(desk.cast.dispatcher), case, name, **said)

    promise = Case.objects.get(pk=case.pk).promise
    assert promise is not None and promise.extra_days == days


def test_the_clock_goes_on(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    actions.pause_case(case, by=desk.keeper(case), reason="weather")

    press(enter(desk.keeper(case)), case, "resume")

    promise = Case.objects.get(pk=case.pk).promise
    assert promise is not None and promise.state == "open"


def test_two_requests_are_joined_by_receipt(desk: Desk, enter: Enter) -> None:
    case, other = desk.in_state(State.REPORTED), desk.report(category=desk.lamp)

    press(enter(desk.keeper(case)), case, "merge", into=f"测-{other.receipt[:4]}-{other.receipt[4:]}")

    assert Case.objects.get(pk=case.pk).merged_into == other


def test_the_petition_offices_result_is_entered(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.HANDED_OVER)

    press(enter(desk.cast.township_staff), case, "petition_result", result="已答复")

    assert Case.objects.get(pk=case.pk).petition.result == "已答复"


def test_every_page_of_a_move_is_tried_here() -> None:
    tried = {*MOVES, *BY_WORD, "grant_extension", "refuse_extension", "resume", "merge", "petition_result"}

    assert set(PAGES) == tried


@pytest.mark.parametrize("state", list(State))
def test_every_offered_button_opens_its_form(desk: Desk, enter: Enter, state: State) -> None:
    case = desk.in_state(state)
    for actor in (desk.keeper(case), desk.cast.social_worker, desk.cast.dispatcher):
        client = enter(actor)
        page = soup(client.get(case_url(case)))
        offered = {move.name for move in moves_on(Case.objects.for_detail().get(pk=case.pk), actor)}
        targets = {
            str(tag.get("href") or tag.get("action")).split("?")[0] for tag in page.select("#moves a, #moves form")
        }
        assert targets == {move_url(case, name) for name in offered}
        assert {client.get(url).status_code for url in targets} <= {200}


def test_a_move_not_yet_possible_stands_with_its_reason(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)

    page = soup(enter(desk.keeper(case)).get(case_url(case)))

    assert page.select_one("#moves button[disabled]").text.strip() == "It is fixed"  # type: ignore[union-attr]
    assert "cannot be closed yet" in page.select_one("#moves").text  # type: ignore[union-attr]


def test_there_is_one_primary_button(desk: Desk, enter: Enter) -> None:
    for state in (State.REPORTED, State.ACCEPTED, State.IN_PROGRESS):
        case = desk.in_state(state)
        page = soup(enter(desk.keeper(case)).get(case_url(case)))
        assert len(page.select("main .btn-primary")) == 1


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(desk: Desk, enter: Enter) -> None:
    case = desk.report(category=desk.unlawful)
    client = enter(desk.keeper(case))
    village = str(desk.post("grid_worker").pk)

    page = soup(client.get(move_url(case, "dispatch")))
    answer = client.post(move_url(case, "dispatch"), {"to": village, "text": "请到现场看看"})

    assert village not in {str(option.get("value")) for option in page.select("select[name=to] option")}
    assert answer.status_code == 422
    refused = soup(answer)
    assert refused.select_one("select[name=to][aria-invalid=true]")
    assert "请到现场看看" in refused.select_one("textarea[name=text]").text  # type: ignore[union-attr]


def test_the_actions_own_refusal_stands_beside_its_field(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)

    answer = enter(desk.keeper(case)).post(move_url(case, "ask_extension"), {"working_days": "99", "text": "很久"})

    assert answer.status_code == 422
    assert "1 to 30 working days" in soup(answer).select_one("#id_working_days_error").text  # type: ignore[union-attr]


def test_pressing_twice_does_it_once(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    client = enter(desk.keeper(case))
    key = uuid7().hex

    answers = [client.post(move_url(case, "note_progress"), {"text": "明天到货", "key": key}) for _press in range(2)]

    assert {answer.status_code for answer in answers} == {303}
    assert case.remarks.filter(text="明天到货").count() == 1


def test_a_refused_form_can_be_put_right_and_sent_again(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    client = enter(desk.keeper(case))
    key = uuid7().hex

    first = client.post(move_url(case, "ask_extension"), {"working_days": "99", "text": "缺料", "key": key})
    second = client.post(move_url(case, "ask_extension"), {"working_days": "9", "text": "缺料", "key": key})

    assert (first.status_code, second.status_code) == (422, 303)


def test_who_comes_second_is_told_who_was_first(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.REPORTED)
    head = desk.keeper(case)
    late = enter(desk.cast.dispatcher)
    seen = soup(late.get(move_url(case, "reject"))).select_one("input[name=seen]")["value"]  # type: ignore[index]

    press(enter(head), case, "accept")
    answer = late.post(move_url(case, "reject"), {"seen": seen, "reason": "court", "text": "我写的理由"})

    assert answer.status_code == 409
    assert str(Case.objects.get(pk=case.pk).holder) in answer.content.decode()
    assert "Taken on" in answer.content.decode()
    assert "我写的理由" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).state == State.ACCEPTED


def test_htmx_gets_just_the_part_a_move_changes(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.REPORTED)
    client = enter(desk.keeper(case))
    headers = {"HX-Request": "true", "HX-Target": "after_move", "HX-Boosted": "true"}

    part = soup(client.post(move_url(case, "accept"), headers=headers))
    fresh = soup(client.get(case_url(case)))

    assert part.select_one("html") is None
    for place in ("#case_state", "#case_rail"):
        assert part.select_one(place)["hx-swap-oob"] == "true"  # type: ignore[index]
        assert part.select_one(place).text == fresh.select_one(place).text  # type: ignore[union-attr]
    assert part.select_one(".tl").text == fresh.select_one(".tl").text  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["answer", "accept", "reveal_all"])
def test_a_move_nobody_offered_is_refused(desk: Desk, enter: Enter, name: str) -> None:
    case = desk.in_state(State.IN_PROGRESS)

    answer = enter(desk.cast.social_worker).post(move_url(case, name), {"text": "修好了"})

    assert answer.status_code in (403, 404, 409)
    assert Case.objects.get(pk=case.pk).state == State.IN_PROGRESS


def test_a_case_that_leaves_ones_hands_leads_back_to_the_workbench(desk: Desk, enter: Enter) -> None:
    cast = desk.cast
    case = actions.report_complaint(
        by=cast.anonymous, place=cast.world.village, text="态度差", post=desk.post("grid_worker")
    )
    holder: Actor = desk.keeper(case)
    to = next(post for post in cast.world.posts.values() if post.pk != case.holder_id and post.rank == 1)

    answer: Any = press(enter(holder), case, "dispatch", to=str(to.pk))

    assert answer["Location"] == "/desk/"
