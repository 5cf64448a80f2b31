"""Every state × every move of a yearly list, and who may make them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from cunlian.kernel.access import PERMISSIONS, may
from cunlian.organisations.models import ResponsibilityList
from cunlian.organisations.responsibility import actions
from cunlian.organisations.responsibility.rules import available_moves
from cunlian.organisations.responsibility.states import MOVES, SETTLE, State
from tests.cast import STAFF
from tests.moves import tried
from tests.organisations.responsibility.conftest import Year

Step = Callable[..., object]
STEPS: dict[str, Step] = {
    "approve": actions.approve_list,
    "publish": actions.publish_list,
    "reopen": actions.reopen_list,
    "close": actions.close_list,
}


def test_every_move_of_the_table_has_a_step_here() -> None:
    assert set(STEPS) == {move.name for move in MOVES}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(year: Year, state: State) -> None:
    one = year.in_state(state)
    by = year.cast.township_staff
    assert [said for move in MOVES if (said := tried(one, move, partial(STEPS[move.name], by=by)))] == []


@pytest.mark.parametrize("state", list(State), ids=str)
def test_buttons_are_for_who_settles(year: Year, state: State) -> None:
    one: ResponsibilityList = year.in_state(state)
    assert [move.name for move in available_moves(one, year.cast.township_staff)] == [
        move.name for move in MOVES.starting_from(state)
    ]
    assert available_moves(one, year.cast.village_cadre) == available_moves(one, year.cast.stranger) == []


def test_who_draws_up_and_who_settles(year: Year) -> None:
    of_town, everybody = year.draft(), {*STAFF, "auditor", "administrator", "resident", "anonymous"}
    of_village = year.draft("village_cadre", place=year.cast.world.village)
    offices = {"township_staff", "township_head", "county_staff", "administrator"}
    for permission, about, allowed in (
        (SETTLE, of_village, offices),
        (SETTLE, of_town, offices),
        ("organisations.draw_list", of_town, offices),
        ("organisations.draw_list", of_village, offices | {"area_staff", "village_cadre", "village_head"}),
    ):
        assert permission in PERMISSIONS
        assert {name for name in everybody if may(getattr(year.cast, name), permission, about)} == allowed
