"""Every state × every move of an entry, and who may do what with the register."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import PERMISSIONS, SYSTEM, may
from cunlian.kernel.refusals import Refusal
from cunlian.talent.models import TalentEntry
from cunlian.talent.register import actions
from cunlian.talent.register.rules import available_moves
from cunlian.talent.register.states import MOVES, State
from tests.cast import STAFF
from tests.moves import tried
from tests.talent.register.conftest import COLD_STORE, Register

EVERYBODY = {*STAFF, "auditor", "administrator", "resident", "anonymous"}
OFFICES = {"township_staff", "township_head", "county_staff"}
KEEPERS = OFFICES | {"grid_worker", "social_worker", "village_cadre", "village_head", "area_staff"}


def steps(register: Register) -> dict[str, Callable[[TalentEntry], object]]:
    skills = register.skills(COLD_STORE)
    return {
        "accept": lambda entry: actions.accept_entry(entry, by=SYSTEM),
        "decline": lambda entry: actions.decline_entry(entry, by=SYSTEM),
        "confirm": lambda entry: actions.confirm_entry(entry, by=SYSTEM),
        "change": lambda entry: actions.change_entry(entry, by=SYSTEM, skills=skills),
        "verify": lambda entry: actions.verify_skills(entry, by=SYSTEM, skills=skills, how="work_seen"),
        "leave": lambda entry: actions.leave_unverified(entry, by=SYSTEM, skills=skills, why_not="not_reached"),
        "rest": lambda entry: actions.rest_entry(entry, by=SYSTEM),
    }


def in_state(register: Register, state: State) -> TalentEntry:
    entry = register.recommend()
    register.agreed()
    if state == State.DECLINED:
        actions.decline_entry(entry, by=SYSTEM)
    elif state != State.ASKED:
        actions.accept_entry(entry, by=SYSTEM)
    if state == State.RESTING:
        actions.rest_entry(entry, by=SYSTEM)
    entry.refresh_from_db()
    return entry


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(register: Register, state: State) -> None:
    entry, made = in_state(register, state), steps(register)
    assert set(made) == {move.name for move in MOVES}
    assert [said for move in MOVES if (said := tried(entry, move, made[move.name]))] == []


def test_buttons_are_those_of_the_table_but_the_one_of_time(register: Register) -> None:
    entry = in_state(register, State.LISTED)
    assert [move.name for move in available_moves(entry, register.cast.village_cadre)] == [
        "confirm",
        "change",
        "verify",
        "leave",
    ]
    assert [move.name for move in available_moves(entry, register.cast.resident)] == ["confirm", "change"]
    assert available_moves(entry, register.cast.stranger) == available_moves(entry, register.cast.anonymous) == []


def test_who_may_do_what(register: Register) -> None:
    """On somebody of the village, their entry, the village and the county."""
    entry, world = register.recommend(), register.cast.world
    about = {
        "talent.keep_skills": (world.county, {"county_staff"}),
        "talent.enter": (register.person, KEEPERS | {"resident", "anonymous"}),
        "talent.recommend": (register.person, KEEPERS | {"resident", "anonymous"}),
        "talent.answer": (entry, KEEPERS | {"resident"}),
        "talent.change": (entry, KEEPERS | {"resident"}),
        "talent.confirm": (entry, KEEPERS | {"resident"}),
        "talent.verify": (entry, KEEPERS),
        "talent.rest": (entry, set()),
        "talent.let_go": (entry, set()),
        "talent.hand_on": (entry, set()),
        "talent.search": (world.village, KEEPERS - {"grid_worker"}),
        "talent.open": (entry, KEEPERS),
        "talent.keep_groups": (world.village, OFFICES | {"area_staff"}),
    }
    for permission, (record, allowed) in about.items():
        assert permission in PERMISSIONS
        assert {name for name in EVERYBODY if may(getattr(register.cast, name), permission, record)} == allowed, (
            permission
        )


def test_entries_are_seen_by_who_keeps_the_register_there_and_by_the_person(register: Register) -> None:
    register.enter()
    seen = {name for name in EVERYBODY if TalentEntry.objects.visible_to(getattr(register.cast, name)).exists()}
    assert seen == KEEPERS | {"resident", "county_leader", "auditor"}


def test_refused_move_says_where_the_entry_stands(register: Register) -> None:
    entry = in_state(register, State.ASKED)
    with pytest.raises(Refusal, match="Not agreed yet"):
        actions.confirm_entry(entry, by=SYSTEM)
    assert entry.entered_on == clock.today()
