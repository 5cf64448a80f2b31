"""Every state × every move of calls, applications and agreements, and who may make them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, PERMISSIONS, may
from cunlian.talent.models import Application, Partnership
from cunlian.talent.partners import actions
from cunlian.talent.partners.rules import application_moves, call_moves, partnership_moves
from cunlian.talent.partners.states import (
    APPLICATION_MOVES,
    CALL_MOVES,
    PARTNERSHIP_MOVES,
    ApplicationState,
    CallState,
    PartnershipState,
)
from tests.cast import STAFF
from tests.moves import tried
from tests.talent.partners.conftest import Partners

Step = Callable[[Partners, Any], object]
CALL_STEPS: dict[str, Step] = {
    "name_reviewer": lambda p, one: actions.name_reviewer(
        one, by=p.cast.township_staff, post=p.cast.world.posts["village_cadre"]
    ),
    "publish": lambda p, one: actions.publish(one, by=p.cast.township_staff),
    "close": lambda p, one: actions.close(one, by=p.cast.township_staff),
}


def _third(p: Partners, one: Application) -> Any:
    """A reviewer who has not spoken yet."""
    post = p.cast.world.posts["county_staff"]
    one.call.reviewers.get_or_create(post=post)
    return p.cast.county_staff


APPLICATION_STEPS: dict[str, Step] = {
    "give_word": lambda p, one: actions.give_word(one, by=_third(p, one), in_favour=False, words="不合适。"),
    "declare_conflict": lambda p, one: actions.declare_conflict(one, by=_third(p, one), words="是我表弟。"),
    "take": lambda p, one: p.take(one),
    "agree": lambda p, one: p.agree(one),
    "decline": lambda p, one: actions.decline(one, by=p.cast.township_staff, answer="名额已满。"),
    "withdraw": lambda p, one: actions.withdraw(one, by=p.person(one)),
}
PARTNERSHIP_STEPS: dict[str, Step] = {
    "name_project": lambda p, one: actions.name_project(one, by=p.cast.village_cadre, project="茶树良种示范"),
    "note_outcome": lambda p, one: actions.note_outcome(one, by=p.cast.village_cadre, outcome="亩产多两成。"),
    "renew": lambda p, one: actions.renew(one, by=p.cast.village_cadre, terms=p.terms()),
    "end": lambda p, one: actions.end(one, by=p.cast.village_cadre, ended_on=clock.today(), outcome="到期。"),
}


def test_every_move_of_the_tables_has_a_step_here() -> None:
    assert set(CALL_STEPS) == {move.name for move in CALL_MOVES}
    assert set(APPLICATION_STEPS) == {move.name for move in APPLICATION_MOVES}
    assert set(PARTNERSHIP_STEPS) == {move.name for move in PARTNERSHIP_MOVES}


@pytest.mark.parametrize("state", list(CallState), ids=str)
def test_calls_move_as_the_table_says(partners: Partners, state: CallState) -> None:
    one = partners.call_in(state)
    assert [s for m in CALL_MOVES if (s := tried(one, m, partial(CALL_STEPS[m.name], partners)))] == []
    assert [m.name for m in call_moves(one, partners.cast.village_cadre)] == [
        m.name for m in CALL_MOVES.starting_from(state)
    ]
    for nobody in ("neighbour_cadre", "stranger", "grid_worker", "auditor", "resident"):
        assert call_moves(one, getattr(partners.cast, nobody)) == []


@pytest.mark.parametrize("state", list(ApplicationState), ids=str)
def test_applications_move_as_the_table_says(partners: Partners, state: ApplicationState) -> None:
    one = partners.application_in(state)
    steps = APPLICATION_STEPS
    assert one.state == state
    assert [s for m in APPLICATION_MOVES if (s := tried(one, m, partial(steps[m.name], partners)))] == []


@pytest.mark.parametrize("state", list(PartnershipState), ids=str)
def test_agreements_move_as_the_table_says(partners: Partners, state: PartnershipState) -> None:
    one: Partnership = partners.agreement_in(state)
    steps = PARTNERSHIP_STEPS
    assert [s for m in PARTNERSHIP_MOVES if (s := tried(one, m, partial(steps[m.name], partners)))] == []
    assert [m.name for m in partnership_moves(one, partners.cast.village_cadre)] == [
        m.name for m in PARTNERSHIP_MOVES.starting_from(state)
    ]
    assert partnership_moves(one, partners.cast.auditor) == partnership_moves(one, partners.cast.stranger) == []


def test_buttons_of_an_application_are_for_its_reviewers_and_the_applicant(partners: Partners) -> None:
    one = partners.again(partners.apply())
    review = {"give_word", "declare_conflict", "take", "decline"}
    assert {m.name for m in application_moves(one, partners.cast.township_staff)} == review
    assert {m.name for m in application_moves(one, partners.person(one))} == {"withdraw"}
    partners.reviewed(one, words=(True,))
    assert {m.name for m in application_moves(partners.again(one), partners.cast.village_head)} == {"take", "decline"}
    for nobody in ("village_cadre", "county_staff", "auditor", "administrator", "stranger", "resident"):
        assert application_moves(one, getattr(partners.cast, nobody)) == []


def test_who_may_what(partners: Partners) -> None:
    call, application = partners.call(), partners.apply()
    agreement = partners.agree()
    everybody = {*STAFF, "auditor", "administrator", "resident", "anonymous"}
    here = {"village_cadre", "village_head", "area_staff", "township_staff", "township_head", "county_staff"}
    for permission, about, allowed in (
        ("partners.keep_calls", call, here),
        ("partners.apply", call, everybody),
        ("partners.apply_for", call, here | {"social_worker"}),
        ("partners.review", application, {"village_head", "township_staff"}),
        ("partners.withdraw", application, set()),
        ("partners.keep", agreement, here),
        ("partners.keep_exchange", call, here),
        ("partners.forget", application, set()),
    ):
        assert permission in PERMISSIONS
        assert {name for name in everybody if may(getattr(partners.cast, name), permission, about)} == allowed, (
            permission
        )
    assert not may(ANONYMOUS, "partners.withdraw", application)
