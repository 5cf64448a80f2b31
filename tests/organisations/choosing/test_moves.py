"""Every state × every move of a choice, and who may make them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import PERMISSIONS, may
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.rules import available_moves
from cunlian.organisations.choosing.states import MOVES, PREPARE, REVIEW, State
from cunlian.organisations.models import Choice
from tests.cast import STAFF
from tests.moves import tried
from tests.organisations.choosing.conftest import Election, in_days

Step = Callable[..., object]


def steps(election: Election) -> dict[str, Step]:
    """Each move with what it asks for."""
    town, county = election.cast.township_staff, election.cast.county_staff
    counted = partial(election.count, votes={"程远": 50, "程三": 60})

    def close(choice: Choice) -> object:
        for candidate in choice.candidates.all():
            if choice.state == State.IN_REVIEW:
                actions.give_opinion(candidate, by=county, fits=True)
        return actions.close_review(choice, by=county)

    return {
        "send_to_review": partial(actions.send_to_review, by=town, offices=election.offices),
        "close_review": close,
        "reopen": partial(actions.reopen_choice, by=town),
        "enter_count": counted,
        "vote_again": partial(actions.vote_again, by=town, votes_on=in_days(7)),
        "settle": partial(actions.settle_choice, by=town, term_from=clock.today()),
        "call_off": partial(actions.call_off_choice, by=town, reason="村拆迁合并"),
    }


def test_every_move_of_the_table_has_a_step_here(election: Election) -> None:
    assert set(steps(election)) == {move.name for move in MOVES}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(election: Election, state: State) -> None:
    if state == State.VOTED:  # one seat stays open, so that it can be voted on again
        choice = election.voted({"程远": 50, "程三": 60})
    else:
        choice = election.in_state(state)
    made = steps(election)
    assert [said for move in MOVES if (said := tried(choice, move, made[move.name]))] == []


@pytest.mark.parametrize("state", list(State), ids=str)
def test_buttons_are_for_who_prepares_and_who_reviews(election: Election, state: State) -> None:
    choice, cast = election.in_state(state), election.cast
    prepared = [move.name for move in MOVES.starting_from(state) if move.permission == PREPARE]
    assert [move.name for move in available_moves(choice, cast.township_staff)] == prepared
    assert available_moves(choice, cast.village_cadre) == available_moves(choice, cast.stranger) == []
    reviewed = [move.name for move in available_moves(choice, cast.county_staff) if move.permission == REVIEW]
    assert reviewed == (["close_review"] if state == State.IN_REVIEW else [])


def test_who_prepares_and_who_reviews(election: Election) -> None:
    choice = election.in_review()
    everybody = {*STAFF, "auditor", "administrator", "resident", "anonymous"}
    for permission, allowed in (
        (PREPARE, {"township_staff", "township_head", "county_staff", "administrator"}),
        (REVIEW, {"county_staff"}),  # of the office that was named
    ):
        assert permission in PERMISSIONS
        assert {name for name in everybody if may(getattr(election.cast, name), permission, choice)} == allowed
