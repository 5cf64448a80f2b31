"""Never seen below or beside: the territory's offices and heads, giver, doer, and who was informed."""

from __future__ import annotations

import pytest

from cunlian.instructions.models import Copy
from tests.instructions.conftest import Chain

pytestmark = pytest.mark.django_db

SEES = {
    "county_leader", "county_staff", "township_staff", "township_head", "area_staff", "dispatcher", "village_head",
    "village_cadre", "village_supervisor", "auditor",
}  # fmt: skip
BLIND = {
    "grid_worker", "lane_leader", "social_worker", "mediator", "neighbour_cadre", "neighbour_worker", "stranger",
    "administrator", "resident", "anonymous",
}  # fmt: skip


@pytest.mark.parametrize("who", sorted(SEES | BLIND))
def test_who_sees_what_a_village_was_told(chain: Chain, who: str) -> None:
    copy = chain.copy()
    assert Copy.objects.visible_to(getattr(chain.cast, who)).filter(pk=copy.pk).exists() == (who in SEES)


def test_a_receiver_sees_their_own_copy_and_not_the_neighbours(chain: Chain) -> None:
    world = chain.cast.world
    instruction = chain.send(places=(world.village, world.other_village))
    mine = Copy.objects.visible_to(chain.cast.village_cadre).filter(instruction=instruction)
    theirs = Copy.objects.visible_to(chain.cast.neighbour_cadre).filter(instruction=instruction)
    assert [copy.place for copy in mine] == [world.village]
    assert [copy.place for copy in theirs] == [world.other_village]


def test_a_post_below_sees_what_it_was_sent_itself(chain: Chain) -> None:
    copy = chain.copy(by=chain.cast.township_head, places=(chain.cast.world.grid,))
    assert copy.post == chain.cast.world.posts["grid_worker"]
    assert Copy.objects.visible_to(chain.cast.grid_worker).get() == copy
    assert Copy.objects.waiting_for(chain.cast.grid_worker).get() == copy
    assert not Copy.objects.visible_to(chain.cast.neighbour_worker).exists()
