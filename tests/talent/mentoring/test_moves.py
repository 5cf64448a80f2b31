"""Every state × every move of plans, cultivation, mentoring and studies, and who may make them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import may
from cunlian.kernel.moves import Moves
from cunlian.talent.mentoring import actions
from cunlian.talent.mentoring.rules import moves_of
from cunlian.talent.mentoring.states import MENTORING_MOVES, PLAN_MOVES, STAGES, STUDY_MOVES
from tests.cast import STAFF
from tests.moves import tried
from tests.talent.mentoring.conftest import Garden


def _steps() -> dict[str, tuple[Moves, dict[str, Any]]]:
    day = clock.today()
    enrol = partial(actions.enrol, starts_on=day, until=day + timedelta(days=900), school="开放大学")
    return {
        "plan": (PLAN_MOVES, {"approve": actions.approve_plan, "close": actions.close_plan}),
        "cultivation": (
            STAGES,
            {
                "take_in": actions.take_in, "call_ready": actions.call_ready,
                "end": partial(actions.end_cultivation, outcome="stands"),
            },
        ),
        "mentoring": (
            MENTORING_MOVES,
            {"complete": partial(actions.complete_mentoring, result="会了"), "break_off": actions.break_off},
        ),
        "study": (STUDY_MOVES, {"enrol": enrol, "graduate": actions.graduate, "leave": actions.leave_studies}),
    }  # fmt: skip


CASES = [(name, str(state)) for name, (table, _steps_) in _steps().items() for state in table.states]


@pytest.mark.parametrize(("name", "state"), CASES)
def test_from_each_state_exactly_the_moves_of_the_table_work(garden: Garden, name: str, state: str) -> None:
    table, steps = _steps()[name]
    assert set(steps) == {move.name for move in table}
    record, by = getattr(garden, f"{name}_in")(state), garden.cast.village_cadre
    assert [said for move in table if (said := tried(record, move, partial(steps[move.name], by=by)))] == []
    assert moves_of(table, record, by) == table.starting_from(state)
    assert moves_of(table, record, garden.cast.neighbour_cadre) == moves_of(table, record, garden.cast.stranger) == []


def test_who_plans_and_who_keeps(garden: Garden) -> None:
    everybody = {*STAFF, "auditor", "administrator", "resident", "anonymous"}
    allowed = {"township_staff", "township_head", "county_staff", "area_staff", "village_cadre", "village_head"}
    one = garden.mentoring()
    for permission, about in (("mentoring.plan", garden.plan()), ("mentoring.keep", one), ("mentoring.meet", one)):
        assert {name for name in everybody if may(getattr(garden.cast, name), permission, about)} == allowed
