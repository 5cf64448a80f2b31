"""Who answers in the small world, and shorthands that ask what is missing there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.organisations import actions
from cunlian.organisations.coverage.catalogue import find_rule
from cunlian.organisations.coverage.objects import scope_of
from cunlian.organisations.coverage.reading import coverage, gaps, radar
from cunlian.organisations.models import Capacity, Duty, Posting
from cunlian.places.actions.grids import create_lane, create_villager_group
from cunlian.places.models import Lane, VillagerGroup
from tests.cast import START, Cast


@dataclass
class Answers:
    """Reads with the eyes of the county's staff unless another is named."""

    cast: Cast

    @property
    def today(self) -> date:
        return clock.today()

    def numbers(self, code: str, actor: Actor | None = None) -> tuple[int, int]:
        """Covered, of how many."""
        found = coverage(find_rule(code), scope_of(actor or self.cast.county_staff))
        return found.covered, found.total

    def gaps(self, code: str, actor: Actor | None = None) -> dict[str, dict[str, Any]]:
        """What is missing under a rule, by its name."""
        rows = gaps(find_rule(code), scope_of(actor or self.cast.county_staff))
        return {row["title"]: row for row in rows}

    def radar(self, actor: Actor | None = None) -> list[tuple[str, str, str]]:
        rows = radar(scope_of(actor or self.cast.county_staff)).order_by("rule", "title")
        return [(row["rule"], row["title"], row["why"]) for row in rows]

    def posting(self, name: str) -> Posting:
        return Posting.objects.get(post=self.cast.world.posts[name], ends_on=None)

    def leaves_post(self, name: str, days_ago: int = 0) -> None:
        actions.end_posting(self.posting(name), by=SYSTEM, ends_on=self.today - timedelta(days=days_ago))

    def appoint(self, name: str, person: str = "mediator") -> None:
        posts, persons = self.cast.world.posts, self.cast.world.persons
        actions.appoint(posts[name], by=SYSTEM, person=persons[person], starts_on=START)

    def stand_in(self, name: str, by_name: str = "village_head", days: int = 10) -> None:
        posts = self.cast.world.posts
        actions.arrange_stand_in(
            posts[name], by=SYSTEM, by_post=posts[by_name], starts_on=self.today,
            ends_on=self.today + timedelta(days=days),
        )  # fmt: skip

    def duty(self, name: str, capacity: str = Capacity.GRID_WORKER, **said: Any) -> Duty:
        said.setdefault("starts_on", START)
        return actions.assign_duty(self.cast.world.posts[name], by=SYSTEM, capacity=capacity, **said)

    def lane(self, name: str = "前巷") -> Lane:
        return create_lane(self.cast.world.village, by=SYSTEM, name=name, starts_on=START)

    def group(self, number: int = 1) -> VillagerGroup:
        return create_villager_group(self.cast.world.village, by=SYSTEM, number=number, starts_on=START)


@pytest.fixture
def answers(cast: Cast) -> Answers:
    return Answers(cast)
