"""Every state × every move of a drawing, and who may make them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.places.drawing import actions
from cunlian.places.drawing.rules import available_moves
from cunlian.places.drawing.states import MOVES, State
from tests.moves import tried
from tests.places.conftest import DAY
from tests.places.drawing.conftest import Ground

STEPS: dict[str, Callable[..., Any]] = {
    "propose": actions.propose_drawing,
    "reopen": actions.reopen_drawing,
    "adopt": partial(actions.adopt_drawing, starts_on=DAY, reason="就近", paper="恒区办〔2026〕9号"),
    "drop": partial(actions.drop_drawing, reason="意见不一"),
}


def test_every_move_of_the_table_has_a_step_here() -> None:
    assert set(STEPS) == {move.name for move in MOVES}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(ground: Ground, state: State) -> None:
    drawing = ground.in_state(state)
    assert [said for move in MOVES if (said := tried(drawing, move, partial(STEPS[move.name], by=SYSTEM)))] == []
    assert [move.name for move in available_moves(drawing, SYSTEM)] == [
        move.name for move in MOVES.starting_from(state)
    ]
