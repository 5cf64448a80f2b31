"""A stock counted as on a past day is what was counted on that day; what keeps no record of past days says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.models import (
    Capacity,
    Declared,
    Duty,
    Organisation,
    OrganisationKind,
    Posting,
    PostKind,
    UnitMembership,
)
from cunlian.places.models import Area, RosterEntry
from tests.organisations.conftest import Hall

K, P = OrganisationKind, PostKind
DATED = sorted(code for code, one in figures.INDICATORS.items() if one.dated)
Counted = dict[str, tuple[int | None, set[Any]]]
DAYS = 8


class Life:
    """What happens to units, posts and duties of a county from day to day, drawn by chance, through their actions."""

    def __init__(self, hall: Hall, chance: Random) -> None:
        self.hall, self.chance, self.n = hall, chance, 0
        for kind in (K.PARTY_BRANCH, K.VILLAGERS_COMMITTEE, K.TEAM):
            hall.unit(kind)

    def name(self) -> str:
        self.n += 1
        return f"第{self.n}号"

    def step(self) -> None:
        self.chance.choice(
            [self.found, self.appoint, self.appoint, self.leave, self.join, self.part, self.declare, self.answer,
             self.answer_no_more, self.draw, self.strike]
        )()  # fmt: skip

    def found(self) -> None:
        kind, how = self.chance.choice([
            (K.PARTY_GENERAL_BRANCH, {"set_up_on": "villages"}), (K.INSTITUTE, {}), (K.PARTY_COMMITTEE, {}),
            (K.PARTY_GENERAL_BRANCH, {"area": self.hall.cast.world.area, "set_up_on": "area"}),
        ])  # fmt: skip
        town = self.hall.cast.world.township
        actions.found_organisation(
            by=SYSTEM, name=self.name(), organisation_kind=kind, place=town, starts_on=clock.today(), **how
        )

    def appoint(self) -> None:
        kind, post_kind, basis = self.chance.choice([
            (K.PARTY_BRANCH, P.SECRETARY, "returned"), (K.PARTY_BRANCH, P.FIRST_SECRETARY, "dispatched"),
            (K.VILLAGERS_COMMITTEE, P.COMMITTEE_MEMBER, "elected"), (K.TEAM, P.TASK_FORCE, "dispatched"),
        ])  # fmt: skip
        sent = {"sent_by": self.hall.cast.world.units["department"]} if basis == "dispatched" else {}
        self.hall.hold(kind, post_kind, self.hall.person(self.name()), starts_on=clock.today(), basis=basis, **sent)

    def leave(self) -> None:
        if found := self._one(Posting.objects.on(clock.today()).filter(post__place=self.hall.village)):
            actions.end_posting(found, by=SYSTEM)

    def join(self) -> None:
        joined = UnitMembership.objects.on(clock.today()).values("unit")
        if found := self._one(Organisation.objects.current().filter(place=self.hall.village).exclude(pk__in=joined)):
            actions.join_unit(found, by=SYSTEM, area=self.hall.cast.world.area, starts_on=clock.today())

    def part(self) -> None:
        if found := self._one(UnitMembership.objects.on(clock.today())):
            actions.end_unit_membership(found, by=SYSTEM, ends_on=clock.today())

    def declare(self) -> None:
        said = {"number": self.chance.randrange(1, 9000), "as_of": clock.today(), "source": "年报"}
        actions.declare_number(by=SYSTEM, what=Declared.POPULATION, place=self.hall.village, **said)

    def answer(self) -> None:
        post, here = self.hall.cast.world.posts["county_leader"], self.hall.village
        if not Duty.objects.on(clock.today()).filter(post=post, place=here).exists():
            actions.assign_duty(post, by=SYSTEM, capacity=Capacity.COUNTY_LEADER, place=here, starts_on=clock.today())

    def answer_no_more(self) -> None:
        if found := self._one(Duty.objects.on(clock.today())):
            actions.end_duty(found, by=SYSTEM)

    def draw(self) -> None:
        town, kind = self.hall.cast.world.township, Area.AreaKind.MANAGEMENT
        Area.objects.create(root=town, name=self.name(), area_kind=kind, starts_on=clock.today())

    def strike(self) -> None:
        """The county counts a village, or no longer."""
        here, today = self.hall.village, clock.today()
        if not RosterEntry.objects.filter(place=here, ends_on=None).update(ends_on=today):
            RosterEntry.objects.create(place=here, counted=True, starts_on=today, paper="试点")

    def _one(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.chance.choice(found) if found else None


def count(hall: Hall, day: date | None = None) -> Counted:
    viewer = hall.cast.county_leader
    return {
        code: (
            figures.compute(code, viewer, day=day).value,
            set(figures.trace(figures.find(code), viewer, day=day).values_list("pk", flat=True)),
        )
        for code in DATED
    }


@pytest.mark.parametrize("seed", [20260709, 7])
def test_a_past_day_is_counted_as_it_was_counted_on_it(
    hall: Hall, frozen_clock: Callable[[datetime], None], seed: int
) -> None:
    chance, then, begun = Random(seed), dict[date, Counted](), clock.now()
    life = Life(hall, chance)
    for n in range(DAYS):
        frozen_clock(begun + timedelta(days=n))
        for _step in range(4):
            life.step()
        then[clock.today()] = count(hall)
    assert len({str(counted) for counted in then.values()}) > DAYS // 2, (
        "the county must have changed, or nothing is shown"
    )
    for day, counted in then.items():
        now = count(hall, day)
        assert {code: now[code] for code in DATED if now[code] != counted[code]} == {}, day


def test_the_figures_of_posts_units_and_duties_can_be_told_of_past_days() -> None:
    stocks = {code for code in figures.INDICATORS if code.startswith("organisations.")}
    flows = {code for code, one in figures.INDICATORS.items() if one.when}
    assert stocks - flows <= set(DATED)
    assert not flows & set(DATED)


def test_what_keeps_no_record_of_past_days_says_so_instead_of_a_number(hall: Hall) -> None:
    """The register of skills forgets whoever takes the consent back, so nobody knows how many stood there once."""
    yesterday = clock.today() - timedelta(days=1)
    figure = figures.compute("talent.local_talent_count", SYSTEM, day=yesterday)
    assert (figure.told, figure.value) == (False, None)
    assert not figures.trace(figure.indicator, SYSTEM, day=yesterday).exists()
    today = figures.compute("talent.local_talent_count", SYSTEM, day=clock.today())
    assert (today.told, today.value, today.day) == (True, 0, clock.today())


def test_what_counts_by_a_period_takes_no_notice_of_the_day(hall: Hall) -> None:
    figure = figures.compute("cases.received", SYSTEM, day=clock.today() - timedelta(days=400))
    assert (figure.told, figure.value, figure.day) == (True, 0, None)
