"""Every state × every move: what the table allows works, everything else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from cunlian.instructions import actions
from cunlian.instructions.models import Copy
from cunlian.instructions.rules import available_moves
from cunlian.instructions.states import CARRIED, MOVES, STEERED, WORKING, State
from cunlian.kernel.moves import Move
from tests.instructions.conftest import Chain
from tests.moves import tried

pytestmark = pytest.mark.django_db

Step = Callable[[Chain, Copy], object]


def _work(action: Callable[..., object], **said: object) -> Step:
    return lambda chain, copy: action(copy, by=chain.doer(copy), **said)


def _steer(action: Callable[..., object], **said: object) -> Step:
    return lambda chain, copy: action(copy, by=chain.cast.county_leader, **said)


STEPS: dict[str, Step] = {
    "sign": _work(actions.sign_copy),
    "complete": lambda chain, copy: chain.complete(copy),
    "ask_extension": _work(actions.ask_extension, working_days=2, text="下雨，进不了山。"),
    "return": _work(actions.return_copy, text="不归我们管。"),
    "check": _steer(actions.check_copy),
    "close": _steer(actions.close_copy),
    "send_back": _steer(actions.send_back_copy, text="少了三组。"),
    "grant_extension": _steer(actions.grant_extension),
    "refuse_extension": _steer(actions.refuse_extension, text="汛期等不得。"),
    "redirect": lambda chain, copy: chain.redirect(copy),
    "uphold": _steer(actions.uphold_copy, text="按职责清单归你们。"),
    "withdraw": _steer(actions.withdraw_copy, text="重复了。"),
    "supervise": _steer(actions.supervise_copy, text="快到期了。"),
    "lapse": lambda chain, copy: chain.lapse(copy),
}


def test_every_move_of_the_table_has_a_step_here() -> None:
    assert set(STEPS) == {move.name for move in MOVES}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(chain: Chain, state: State) -> None:
    copy = chain.in_state(state)
    assert [said for move in MOVES if (said := tried(copy, move, partial(STEPS[move.name], chain)))] == []


@pytest.mark.parametrize("state", list(State), ids=str)
def test_what_is_owed_runs_exactly_while_it_is_owed(chain: Chain, state: State) -> None:
    copy = chain.again(chain.in_state(state))
    assert copy.promise and copy.sign_promise
    assert (copy.promise.state == "open") == (state in CARRIED)
    assert (copy.promise.state == "paused") == (state == State.RETURNED)
    assert (copy.sign_promise.state == "open") == (state == State.SENT)
    assert copy.promise.owner_id == copy.post_id


def _named(moves: list[Move]) -> set[str]:
    return {move.name for move in moves}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_buttons_are_split_between_the_doer_and_the_giver(chain: Chain, state: State) -> None:
    copy = chain.in_state(state)
    doer, giver = (_named(available_moves(copy, by)) for by in (chain.doer(copy), chain.cast.county_leader))
    assert doer | giver == _named(MOVES.starting_from(state)) - {"lapse"}
    assert not doer & giver
    assert bool(doer) == (state in CARRIED) and ("check" in giver) == (state == State.DONE)


def test_the_sets_beside_the_table_agree_with_it() -> None:
    assert WORKING < CARRIED and not CARRIED & {State.RETURNED, State.DONE}
    assert all(any(m.permission == "instructions.steer" for m in MOVES.starting_from(state)) for state in STEERED)


@pytest.mark.parametrize("who", ["village_head", "area_staff", "township_head", "grid_worker", "auditor", "resident"])
def test_nobody_else_works_or_decides(chain: Chain, who: str) -> None:
    """Who stands between is informed, not asked: they have no button but to urge, where an office may."""
    for state in State:
        assert _named(available_moves(chain.in_state(state), getattr(chain.cast, who))) <= {"supervise"}


def test_an_office_above_the_place_may_urge_and_the_village_may_not(chain: Chain) -> None:
    copy = chain.in_state(State.SIGNED)
    assert _named(available_moves(copy, chain.cast.township_head)) == {"supervise"}
    assert available_moves(copy, chain.cast.village_head) == []
