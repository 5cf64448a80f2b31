"""Every state × every move: what the table allows works, everything else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.rules import available_moves
from cunlian.cases.states import ENDED, MOVES, State
from cunlian.kernel import clock
from tests.cases.conftest import Desk
from tests.moves import tried

pytestmark = pytest.mark.django_db

Step = Callable[[Desk, Case], object]


def _asked(desk: Desk, case: Case) -> Case:
    if case.state in {"accepted", "dispatched", "in_progress"}:
        actions.ask_extension(case, by=desk.keeper(case), working_days=3, text="等材料")
    return case


def _paused(desk: Desk, case: Case) -> Case:
    if case.state in {"accepted", "dispatched", "in_progress"}:
        actions.pause_case(case, by=desk.keeper(case), reason="weather")
    return case


def _elapse(desk: Desk, case: Case) -> Case:
    with clock.set_to((case.window_ends_at or clock.now()) + timedelta(seconds=1)):
        return actions.elapse_case(case)


STEPS: dict[str, Step] = {
    "accept": lambda d, c: actions.accept_case(c, by=d.keeper(c)),
    "reject": lambda d, c: actions.reject_case(c, by=d.keeper(c), reason="court", text="法院在办。"),
    "dispatch": lambda d, c: actions.dispatch_case(c, by=d.keeper(c), to=d.post("township_head")),
    "start": lambda d, c: actions.start_case(c, by=d.keeper(c)),
    "return": lambda d, c: actions.return_case(c, by=d.keeper(c), text="不归我们。"),
    "note_progress": lambda d, c: actions.note_progress(c, by=d.keeper(c), text="明天去看。"),
    "ask_extension": lambda d, c: actions.ask_extension(c, by=d.keeper(c), working_days=3, text="等料"),
    "grant_extension": lambda d, c: actions.decide_extension(_asked(d, c), by=d.cast.dispatcher, granted=True),
    "refuse_extension": lambda d, c: actions.decide_extension(
        _asked(d, c), by=d.cast.dispatcher, granted=False, text="可以按时。"
    ),
    "pause": lambda d, c: actions.pause_case(c, by=d.keeper(c), reason="weather"),
    "resume": lambda d, c: actions.resume_case(_paused(d, c), by=d.keeper(c)),
    "answer": lambda d, c: actions.answer_case(c, by=d.keeper(c), text="修好了。"),
    "confirm": lambda d, c: actions.confirm_case(c, by=d.person(c)),
    "vouch": lambda d, c: actions.vouch_case(c, by=d.cast.social_worker.for_("neighbour"), text="看见亮了。"),
    "elapse": _elapse,
    "reopen": lambda d, c: actions.reopen_case(c, by=d.person(c)),
    "merge": lambda d, c: actions.merge_case(c, by=d.keeper(c), into=d.report("同一件事。")),
    "unmerge": lambda d, c: actions.unmerge_case(c, by=d.keeper(c)),
    "split": lambda d, c: actions.split_case(c, by=d.keeper(c), text="另外灯也坏了。"),
    "hand_over": lambda d, c: actions.hand_over_case(
        c,
        by=d.keeper(c),
        register_number="信1",
        due_on=clock.today() + timedelta(days=60),
    ),
    "add_words": lambda d, c: actions.add_words(c, by=d.person(c), text="昨晚又灭了。"),
    "withdraw": lambda d, c: actions.withdraw_case(c, by=d.person(c)),
    "comment": lambda d, c: actions.comment_case(c, by=d.keeper(c), text="先问问。"),
}


def test_every_move_of_the_table_has_a_step_here() -> None:
    assert set(STEPS) == {move.name for move in MOVES}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(desk: Desk, state: State) -> None:
    case = desk.in_state(state)
    assert [said for move in MOVES if (said := tried(case, move, partial(STEPS[move.name], desk)))] == []


@pytest.mark.parametrize("state", list(State), ids=str)
def test_a_promise_runs_exactly_while_an_answer_is_owed(desk: Desk, state: State) -> None:
    case = Case.objects.select_related("promise").get(pk=desk.in_state(state).pk)
    owed = state not in ENDED and state != State.ANSWERED
    assert (case.promise.state in {"open", "paused"}) == owed


def test_the_buttons_are_what_would_work(desk: Desk) -> None:
    case = desk.in_state(State.ACCEPTED)
    shown = {move.name for move in available_moves(case, desk.keeper(case))}
    assert {"start", "answer", "dispatch", "pause"} <= shown
    assert not {"confirm", "resume", "grant_extension", "accept", "elapse"} & shown


def test_a_stranger_sees_no_button(desk: Desk) -> None:
    assert available_moves(desk.in_state(State.ACCEPTED), desk.cast.stranger) == []
