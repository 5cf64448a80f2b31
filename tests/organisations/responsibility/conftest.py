"""A township that draws up who of its posts answers for which village this year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import Capacity, Duty, ResponsibilityList
from cunlian.organisations.responsibility import actions
from cunlian.organisations.responsibility.states import State
from tests.cast import Cast


@dataclass
class Year:
    """Lists of one capacity at the township; its line is the township head for the village."""

    cast: Cast

    def draft(self, capacity: str = Capacity.TOWNSHIP_LEADER, **said: Any) -> ResponsibilityList:
        values = {"place": self.cast.world.township, "year": clock.today().year, "paper": "青政发〔2026〕1号", **said}
        return actions.draw_list(by=SYSTEM, capacity=capacity, **values)

    def with_line(self, post: str = "township_head", **said: Any) -> ResponsibilityList:
        one = self.draft(**said)
        actions.add_line(one, by=SYSTEM, post=self.cast.world.posts[post], place=self.cast.world.village)
        return one

    def in_state(self, state: str, **said: Any) -> ResponsibilityList:
        one = self.with_line(**said)
        steps = {
            State.APPROVED: (actions.approve_list,),
            State.PUBLISHED: (actions.approve_list, actions.publish_list),
            State.CLOSED: (actions.approve_list, actions.publish_list, actions.close_list),
        }
        for step in steps.get(State(state), ()):
            step(one, by=SYSTEM)
        one.refresh_from_db()
        return one

    def duties(self, capacity: str = Capacity.TOWNSHIP_LEADER) -> list[Duty]:
        """Of the village, running today."""
        found = Duty.objects.on(clock.today()).filter(capacity=capacity, place=self.cast.world.village)
        return list(found.order_by("pk"))


@pytest.fixture
def year(cast: Cast) -> Year:
    return Year(cast)
