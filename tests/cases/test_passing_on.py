"""Who may be given a request, and what becomes of two that were joined by mistake."""

from __future__ import annotations

import pytest

from cunlian.cases import actions
from cunlian.cases.routing import receivers
from cunlian.kernel import threads
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Invalid
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db

NEAR = {"grid_worker", "lane_leader", "village_cadre", "village_head", "social_worker", "mediator"}
OFFICES = {"area_staff", "township_staff", "township_head", "dispatcher", "county_staff", "county_leader"}
NEVER = {"village_supervisor", "neighbour_worker", "neighbour_cadre"}


@pytest.mark.parametrize("name", sorted(NEAR | OFFICES | NEVER))
def test_it_is_given_to_who_can_handle_it_and_in_a_village_only_to_its_own(desk: Desk, name: str) -> None:
    post = desk.post(name)
    for place in (desk.cast.world.village, desk.cast.world.grid):
        assert receivers(desk.report(place=place), [post]) == ([] if name in NEVER else [post])


@pytest.mark.parametrize("name", sorted(NEVER))
def test_the_dispatch_desk_is_told_to_choose_another(desk: Desk, name: str) -> None:
    case = desk.report()
    with pytest.raises(Invalid) as refused:
        actions.dispatch_case(case, by=desk.cast.dispatcher, to=desk.post(name))
    assert refused.value.field == "to"


def test_what_was_separated_again_hangs_together_no_more_and_may_be_joined_the_other_way(desk: Desk) -> None:
    case, other = desk.report(), desk.report("同一件事。")
    actions.merge_case(case, by=SYSTEM, into=other)
    assert len(threads.chain(case)) == 2
    actions.unmerge_case(case, by=SYSTEM)
    assert [step.direction for step in threads.chain(case)] == ["here"]
    case.refresh_from_db()
    actions.merge_case(other, by=SYSTEM, into=case)
    assert len(threads.chain(case)) == 2
