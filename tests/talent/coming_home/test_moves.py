"""Every state × every move of a path home, and who may make them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from cunlian.flows.coming_home import raise_need
from cunlian.kernel import clock
from cunlian.kernel.access import PERMISSIONS, may
from cunlian.talent.coming_home import actions
from cunlian.talent.coming_home.rules import NEVER_PRESSED, available_moves
from cunlian.talent.coming_home.states import MOVES, State
from cunlian.talent.models import Homecoming
from tests.cast import STAFF
from tests.moves import tried
from tests.talent.coming_home.conftest import Home

Step = Callable[[Home, Any], object]


def _decide(home: Home, path: Homecoming) -> object:
    waiting = path.supports.filter(decided_on=None).first()
    support = waiting or path.supports.create(policy="x", fund="y", asked_fen=1, asked_on=clock.today())
    return home.decide(support, granted_fen=0)


STEPS: dict[str, Step] = {
    "talk": lambda home, path: home.talk(path),
    "talk_again": lambda home, path: actions.talk_again(
        path, by=home.cast.village_cadre, held_on=clock.today(), text="又谈了一次。"
    ),
    "ask_support": lambda home, path: home.ask(path),
    "decide_support": _decide,
    "raise_need": lambda home, path: raise_need(path, by=home.cast.village_cadre, need="land", text="要两亩地。"),
    "arrive": lambda home, path: home.arrive(path),
    "look_in": lambda home, path: home.look(path),
    "leave": lambda home, path: actions.leave(
        path, by=home.cast.village_cadre, looked_on=clock.today(), found="走了。"
    ),
    "reassign": lambda home, path: actions.reassign(
        path, by=home.cast.village_cadre, to=home.cast.world.posts["township_staff"]
    ),
    "stop": lambda home, path: actions.stop(path, by=home.cast.village_cadre, reason="elsewhere"),
    "take_back": lambda home, path: actions.take_back(path, by=home.person(path)),
}


def test_every_move_that_is_pressed_has_a_step_here() -> None:
    assert set(STEPS) == {move.name for move in MOVES} - NEVER_PRESSED


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(home: Home, state: State) -> None:
    path = home.in_state(state)
    assert path.state == state
    pressed = [move for move in MOVES if move.name not in NEVER_PRESSED]
    assert [said for move in pressed if (said := tried(path, move, partial(STEPS[move.name], home)))] == []


@pytest.mark.parametrize("state", list(State), ids=str)
def test_buttons_are_for_who_goes_along(home: Home, state: State) -> None:
    path = home.again(home.in_state(state))
    possible = {move.name for move in MOVES.starting_from(state)} - NEVER_PRESSED - {"take_back"}

    assert {move.name for move in available_moves(path, home.cast.township_staff)} == possible
    assert {move.name for move in available_moves(path, home.cast.village_cadre)} == possible - {"decide_support"}
    assert {move.name for move in available_moves(path, home.person(path))} == (
        {"take_back"} if not path.is_ended else set()
    )
    for nobody in ("neighbour_cadre", "stranger", "grid_worker", "auditor", "resident"):
        assert available_moves(path, getattr(home.cast, nobody)) == []


def test_who_may_what(home: Home) -> None:
    path, gathering = home.begin(), home.gathering()
    everybody = {*STAFF, "auditor", "administrator", "resident", "anonymous"}
    here = {"village_cadre", "village_head", "area_staff", "township_staff", "township_head", "county_staff"}
    offices = {"township_staff", "township_head", "county_staff"}
    for permission, about, allowed in (
        ("coming_home.begin", home.cast.world.village, everybody),
        ("coming_home.begin_for", home.cast.world.village, here | {"social_worker"}),
        ("coming_home.handle", path, here | {"social_worker"}),
        ("coming_home.reveal", path, here | {"social_worker"}),
        ("coming_home.decide_support", path, offices),
        ("coming_home.take_back", path, set()),
        ("coming_home.keep_gatherings", gathering, here),
        ("coming_home.remind", path, set()),
        ("coming_home.forget", path, set()),
    ):
        assert permission in PERMISSIONS
        assert {name for name in everybody if may(getattr(home.cast, name), permission, about)} == allowed, permission
