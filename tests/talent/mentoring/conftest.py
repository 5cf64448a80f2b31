"""A township that grows people: plans, cultivation, mentoring, studies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.people.models import Person
from cunlian.talent.mentoring import actions
from cunlian.talent.mentoring.states import MentoringState, PlanState, Stage, StudyState
from cunlian.talent.models import Cultivation, EducationUpgrade, Mentoring, ReservePlan
from tests.cast import Cast
from tests.talent.learning.conftest import School


@dataclass
class Garden:
    """Everything is of the village unless said otherwise; ``school`` makes its persons."""

    cast: Cast
    school: School

    def plan(self, **said: Any) -> ReservePlan:
        values = {"place": self.cast.world.village, "year": clock.today().year, "wanted": 3, **said}
        return actions.draw_plan(by=SYSTEM, **values)

    def propose(self, person: Person | None = None, kind: str = "reserve_cadre", **said: Any) -> Cultivation:
        values = {"place": self.cast.world.village, "starts_on": clock.today() - timedelta(days=30), **said}
        return actions.propose(person or self.school.farmer(), by=SYSTEM, cultivation_kind=kind, **values)

    def grow(self, person: Person | None = None, kind: str = "reserve_cadre", **said: Any) -> Cultivation:
        return actions.take_in(self.propose(person, kind, **said), by=SYSTEM)

    def mentoring(self, *mentees: Person, kind: str = "new_cadre", **said: Any) -> Mentoring:
        day, world = clock.today(), self.cast.world
        values = {
            "place": world.village, "goals": "会开村民会，会记账", "starts_on": day - timedelta(days=60),
            "ends_on": day + timedelta(days=300), **said,
        }  # fmt: skip
        if not {"mentor_post", "mentor_person", "expert"} & set(values):
            values["mentor_post"] = world.posts["township_head"]
        people = mentees or (self.school.cadre(),)
        return actions.begin_mentoring(by=SYSTEM, mentoring_kind=kind, mentees=people, **values)

    def study(self, person: Person | None = None, programme: str = "college", **said: Any) -> EducationUpgrade:
        values = {"place": self.cast.world.village, "won_on": clock.today() - timedelta(days=30), **said}
        return actions.win_over(person or self.school.farmer(), by=SYSTEM, programme=programme, **values)

    def enrolled(self, person: Person | None = None, **said: Any) -> EducationUpgrade:
        day = clock.today()
        row = self.study(person, **said)
        return actions.enrol(row, by=SYSTEM, starts_on=day, until=day + timedelta(days=900), school="开放大学")

    def plan_in(self, state: str) -> ReservePlan:
        plan = self.plan(paper="恒政发〔2026〕5号")
        for step in (actions.approve_plan, actions.close_plan)[: list(PlanState).index(PlanState(state))]:
            step(plan, by=SYSTEM)
        plan.refresh_from_db()
        return plan

    def cultivation_in(self, state: str) -> Cultivation:
        if state == Stage.PROPOSED:
            return self.propose()
        row = self.grow()
        if state == Stage.READY:
            return actions.call_ready(row, by=SYSTEM)
        return actions.end_cultivation(row, by=SYSTEM, outcome="stands") if state == Stage.ENDED else row

    def mentoring_in(self, state: str) -> Mentoring:
        one = self.mentoring()
        if state == MentoringState.COMPLETED:
            return actions.complete_mentoring(one, by=SYSTEM, result="账目自己会做了")
        return actions.break_off(one, by=SYSTEM) if state == MentoringState.BROKEN_OFF else one

    def study_in(self, state: str) -> EducationUpgrade:
        if state == StudyState.WON_OVER:
            return self.study()
        row = self.enrolled()
        if state == StudyState.GRADUATED:
            return actions.graduate(row, by=SYSTEM)
        return actions.leave_studies(row, by=SYSTEM) if state == StudyState.LEFT else row


@pytest.fixture
def garden(cast: Cast) -> Garden:
    return Garden(cast, School(cast))
