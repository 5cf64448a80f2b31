"""Every state × every move of a proposal, and who may make them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from cunlian.organisations.assignment import actions
from cunlian.organisations.assignment.rules import available_moves
from cunlian.organisations.assignment.states import MOVES, State
from tests.moves import tried
from tests.organisations.assignment.conftest import Share

STEPS: dict[str, Callable[..., Any]] = {
    "work": actions.work_out,
    "confirm": actions.confirm_assignment,
    "drop": actions.drop_assignment,
}


def test_every_move_of_the_table_has_a_step_here() -> None:
    assert set(STEPS) == {move.name for move in MOVES}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(sharing: Share, state: State) -> None:
    one, by = sharing.in_state(state), sharing.cast.township_staff
    assert [said for move in MOVES if (said := tried(one, move, partial(STEPS[move.name], by=by)))] == []
    assert [move.name for move in available_moves(one, by)] == [move.name for move in MOVES.starting_from(state)]
    assert available_moves(one, sharing.cast.village_cadre) == available_moves(one, sharing.cast.stranger) == []
