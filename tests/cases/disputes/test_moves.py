"""Every state × every move: what the table allows works, everything else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.rules import available_moves
from cunlian.cases.disputes.states import MOVES, OPEN, State
from tests.cases.disputes.conftest import Peace
from tests.moves import tried

pytestmark = pytest.mark.django_db

Step = Callable[[Peace, Dispute], object]


def _one_side(peace: Peace, dispute: Dispute) -> object:
    """The consent that does not make both: of a found dispute the first, of one asked for none is left but the last."""
    dispute.parties.update(consented_at=None)
    return actions.note_consent(dispute, by=peace.cast.mediator, side="a", how="paper")


def _both_sides(peace: Peace, dispute: Dispute) -> object:
    dispute.parties.update(consented_at=None)
    actions.note_consent(dispute, by=peace.cast.mediator, side="a", how="paper")
    return actions.note_consent(dispute, by=peace.cast.mediator, side="b", how="in_person")


def _another(peace: Peace, dispute: Dispute) -> object:
    post = peace.cast.world.posts["social_worker"]
    return actions.reassign_dispute(dispute, by=peace.cast.mediator, mediator=post)


STEPS: dict[str, Step] = {
    "note_consent": _one_side,
    "consent": _both_sides,
    "accept": lambda p, d: p.accept(d),
    "agree": lambda p, d: p.agree(d),
    "hold_session": lambda p, d: p.sit(d),
    "perform": lambda p, d: actions.perform_dispute(d, by=p.cast.mediator),
    "breach": lambda p, d: actions.breach_dispute(d, by=p.cast.mediator),
    "confirm": lambda p, d: p.confirm(d),
    "note": lambda p, d: actions.add_note(d, by=p.cast.mediator, side="a", text="他愿意让。"),
    "fail": lambda p, d: actions.fail_dispute(d, by=p.cast.mediator, ways=["court", "legal_aid"]),
    "refuse": lambda p, d: actions.refuse_mediation(d, by=p.cast.mediator, side="b", ways=["court"]),
    "withdraw": lambda p, d: actions.withdraw_dispute(d, by=p.cast.mediator),
    "reassign": _another,
}


def test_every_move_of_the_table_has_a_step_here() -> None:
    assert set(STEPS) == {move.name for move in MOVES}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_each_state_exactly_the_moves_of_the_table_work(peace: Peace, state: State) -> None:
    dispute = peace.in_state(state)
    assert [said for move in MOVES if (said := tried(dispute, move, partial(STEPS[move.name], peace)))] == []


@pytest.mark.parametrize("state", list(State), ids=str)
def test_what_is_owed_runs_exactly_while_it_is_owed(peace: Peace, state: State) -> None:
    dispute = peace.again(peace.in_state(state))
    mediating = dispute.promise is not None and dispute.promise.settled_at is None
    checking = dispute.check_promise is not None and dispute.check_promise.settled_at is None
    assert mediating == (state in {State.ACCEPTED, State.IN_MEDIATION})
    assert checking == (state in {State.AGREED, State.CONFIRMED})


@pytest.mark.parametrize("state", list(State), ids=str)
def test_the_buttons_of_a_mediator_are_the_moves_of_the_table(peace: Peace, state: State) -> None:
    dispute = peace.in_state(state)
    shown = {move.name for move in available_moves(dispute, peace.cast.mediator)}
    assert shown == {move.name for move in MOVES.starting_from(state)} - {"consent"}


@pytest.mark.parametrize("who", ["village_cadre", "township_staff", "county_leader", "auditor", "administrator"])
def test_nobody_outside_the_body_has_a_button(peace: Peace, who: str) -> None:
    for state in OPEN:
        assert available_moves(peace.in_state(state), getattr(peace.cast, who)) == []
