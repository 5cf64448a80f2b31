"""Handled is not fixed: who may say so, what silence means, and how it starts again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.refusals import Forbidden, IllegalMove, Invalid
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db


def test_an_answer_opens_a_window_of_five_working_days(desk: Desk) -> None:
    with clock.set_to(clock.at(date(2026, 7, 8), 16)):
        case = desk.in_state(State.ANSWERED)
    assert case.window_ends_at == clock.at(date(2026, 7, 15), 20)


def test_whoever_handled_it_cannot_say_that_it_is_fixed(desk: Desk) -> None:
    case = desk.in_state(State.ANSWERED)
    with pytest.raises(Forbidden):
        actions.confirm_case(case, by=desk.keeper(case).for_("phone"))


def test_a_colleague_passes_on_what_the_person_said(desk: Desk) -> None:
    case = desk.in_state(State.ANSWERED)
    assert actions.confirm_case(case, by=desk.cast.social_worker.for_("phone")).state == State.CONFIRMED


def test_staff_of_another_village_cannot(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        actions.confirm_case(desk.in_state(State.ANSWERED), by=desk.cast.neighbour_worker.for_("phone"))


def test_a_stranger_without_the_receipt_cannot(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        actions.confirm_case(desk.in_state(State.ANSWERED), by=desk.cast.anonymous)


def test_a_neighbour_vouches_only_for_public_matters(desk: Desk) -> None:
    private = desk.report()
    actions.accept_case(private, by=desk.keeper(private))
    actions.answer_case(private, by=desk.keeper(private), text="办好了。")
    with pytest.raises(Forbidden):
        actions.vouch_case(private, by=desk.cast.social_worker.for_("neighbour"), text="听说好了。")


def test_silence_is_counted_as_silence(desk: Desk) -> None:
    case = desk.in_state(State.ANSWERED)
    with pytest.raises(IllegalMove):
        actions.elapse_case(case)
    assert case.window_ends_at is not None
    with clock.set_to(case.window_ends_at + timedelta(minutes=1)):
        assert actions.elapse_due() == 1
        assert actions.elapse_due() == 0
    case.refresh_from_db()
    assert case.state == State.ELAPSED
    assert not Case.objects.filter(state=State.CONFIRMED).exists()


@pytest.mark.parametrize("state", [State.ANSWERED, State.CONFIRMED, State.ELAPSED, State.VOUCHED], ids=str)
def test_not_fixed_starts_it_again_with_a_new_deadline(desk: Desk, state: State) -> None:
    case = desk.in_state(state)
    old = case.promise_id
    again = actions.reopen_case(case, by=desk.person(case), text="还是不亮。")
    assert (again.state, again.reopened, again.answered_at) == (State.IN_PROGRESS, 1, None)
    assert again.promise_id != old


def test_after_a_month_it_is_a_new_matter(desk: Desk) -> None:
    case = desk.in_state(State.CONFIRMED)
    with clock.set_to(clock.now() + timedelta(days=31)), pytest.raises(Forbidden):
        actions.reopen_case(case, by=desk.person(case))


def test_a_template_is_not_sent_with_its_blanks(desk: Desk) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    with pytest.raises(Invalid, match="{日期}"):
        actions.answer_case(case, by=desk.keeper(case), text="已经修好，{日期}试过正常。")
    actions.comment_case(case, by=desk.keeper(case), text="模板里 {日期} 要改。")
    assert actions.answer_case(case, by=desk.keeper(case), text="已经修好，昨晚试过正常。").state == State.ANSWERED
