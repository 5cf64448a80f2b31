"""A township that shares its four grids out among its grid workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.assignment import actions
from cunlian.organisations.models import Assignment, AssignmentLine, Capacity, Post, ResponsibilityList
from cunlian.organisations.responsibility.actions import draw_list
from cunlian.places.actions.positions import set_position
from cunlian.places.models import Place
from tests.cast import Cast


@dataclass
class Share:
    """``grid`` and ``second_grid`` lie side by side, the other two ten times as far to the north. The two workers' places are
    ``grid`` and ``other_grid``, which they answer for today."""

    cast: Cast

    def post(self, name: str) -> Post:
        return self.cast.world.posts[name]

    def draft(self, capacity: str = Capacity.GRID_WORKER) -> ResponsibilityList:
        return draw_list(by=SYSTEM, place=self.cast.world.township, year=clock.today().year, capacity=capacity)

    def begin(self, one: ResponsibilityList | None = None, **said: Any) -> Assignment:
        posts = [self.post("grid_worker"), self.post("neighbour_worker")]
        return actions.begin_assignment(one or self.draft(), by=SYSTEM, **{"aim": "grid", "posts": posts, **said})

    def worked(self, one: ResponsibilityList | None = None, **said: Any) -> Assignment:
        return actions.work_out(self.begin(one, **said), by=SYSTEM)

    def in_state(self, state: str) -> Assignment:
        one = self.begin() if state == "draft" else self.worked()
        if state == "confirmed":
            actions.confirm_assignment(one, by=SYSTEM)
        if state == "dropped":
            actions.drop_assignment(one, by=SYSTEM)
        one.refresh_from_db()
        return one

    def line(self, one: Assignment, place: Place) -> AssignmentLine:
        return AssignmentLine.objects.for_list().get(assignment=one, place=place)

    def taken(self, one: Assignment) -> dict[Place, Post | None]:
        return {line.place: line.post for line in AssignmentLine.objects.filter(assignment=one).for_list()}


@pytest.fixture
def sharing(cast: Cast) -> Share:
    world = cast.world
    last = world.places["610902107202002"]
    for place, north in ((world.grid, 0), (world.second_grid, 1), (world.other_grid, 10), (last, 11)):
        set_position(place, by=SYSTEM, latitude_e7=327_000_000 + north * 90_000, longitude_e7=1_087_500_000)
    return Share(cast)
