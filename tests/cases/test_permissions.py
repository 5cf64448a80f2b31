"""Every role × every permission over cases: who is not in the table is refused, whatever the state."""

from __future__ import annotations

import pytest

from cunlian.accounts.roles import Role
from cunlian.cases.states import State
from cunlian.kernel.access import PERMISSIONS, may
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db
# Filters are not about a case: they have a test of their own.
CASES = sorted(name for name in PERMISSIONS if name.startswith("cases.") and name != "cases.keep_filters")
NEVER = {
    Role.AUDITOR: {"cases.report", "cases.report_burden", "cases.view"},
    Role.ADMINISTRATOR: {"cases.report", "cases.report_burden", "cases.manage_items"},
    Role.RESIDENT: {"cases.report"},
}


@pytest.mark.parametrize("state", [State.REPORTED, State.IN_PROGRESS, State.ANSWERED, State.CONFIRMED], ids=str)
def test_nobody_does_what_their_role_does_not_carry(desk: Desk, state: State) -> None:
    case = desk.in_state(state)
    for role, actor in desk.cast.by_role().items():
        for name in CASES:
            rule = PERMISSIONS[name]
            if rule.everyone or role in rule.roles:
                continue
            assert not may(actor, name, case), f"{role} may {name}"


@pytest.mark.parametrize("role", sorted(NEVER), ids=str)
def test_who_only_looks_changes_no_case(desk: Desk, role: Role) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    actor = desk.cast.by_role()[str(role)]
    assert {name for name in CASES if may(actor, name, case)} <= NEVER[role]


@pytest.mark.parametrize("name", ["stranger", "neighbour_worker", "neighbour_cadre"])
def test_who_keeps_another_place_touches_nothing_here(desk: Desk, name: str) -> None:
    case = desk.in_state(State.ANSWERED)
    able = {code for code in CASES if may(getattr(desk.cast, name), code, case)}
    assert able <= {"cases.report", "cases.report_burden"}
