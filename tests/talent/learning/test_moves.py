"""Every state × every move of a course and of a session, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from cunlian.kernel.access import may
from cunlian.talent.learning import actions
from cunlian.talent.learning.rules import available_moves, session_moves
from cunlian.talent.learning.states import MOVES, SESSION_MOVES, CourseState, SessionState
from tests.cast import STAFF
from tests.moves import tried
from tests.talent.learning.conftest import School

Step = Callable[..., object]
STEPS: dict[str, Step] = {
    "open": actions.open_course,
    "close": actions.close_course,
    "reopen": actions.reopen_course,
    "cancel": actions.cancel_course,
}
SESSION_STEPS: dict[str, Step] = {"hold": actions.hold_session, "drop": actions.drop_session}


def test_every_move_of_the_tables_has_a_step_here() -> None:
    assert set(STEPS) == {move.name for move in MOVES}
    assert set(SESSION_STEPS) == {move.name for move in SESSION_MOVES}


@pytest.mark.parametrize("state", list(CourseState), ids=str)
def test_from_each_state_of_a_course_exactly_the_moves_of_the_table_work(school: School, state: str) -> None:
    course, by = school.in_state(state), school.cast.township_staff
    assert [said for move in MOVES if (said := tried(course, move, partial(STEPS[move.name], by=by)))] == []
    assert available_moves(course, by) == MOVES.starting_from(state)
    assert available_moves(course, school.cast.stranger) == available_moves(course, school.cast.village_cadre) == []


@pytest.mark.parametrize("state", list(SessionState), ids=str)
def test_from_each_state_of_a_session_exactly_the_moves_of_the_table_work(school: School, state: str) -> None:
    session, by = school.session_in(state), school.cast.township_staff
    moves = [said for move in SESSION_MOVES if (said := tried(session, move, partial(SESSION_STEPS[move.name], by=by)))]
    assert moves == []
    assert session_moves(session, by) == SESSION_MOVES.starting_from(state)
    assert session_moves(session, school.cast.grid_worker) == []


def test_who_arranges_who_enters_and_who_certifies(school: School) -> None:
    of_town, of_village = school.course(), school.course(place=school.cast.world.village)
    everybody = {*STAFF, "auditor", "administrator", "resident", "anonymous"}
    offices, village = {"township_staff", "township_head", "county_staff"}, {"village_cadre", "village_head"}
    for permission, about, allowed in (
        ("learning.arrange", of_town, offices),
        ("learning.arrange", of_village, offices | village | {"area_staff"}),
        ("learning.attend", of_village, offices | village | {"area_staff"}),
        ("learning.hand_out", of_village, offices | village | {"area_staff"}),
        ("learning.certify", of_village, offices),
    ):
        assert {name for name in everybody if may(getattr(school.cast, name), permission, about)} == allowed, permission
