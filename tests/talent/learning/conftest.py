"""A township that trains: courses with sessions, persons who agreed to be kept by name and one who did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.people.actions import register_person
from cunlian.people.consent import give
from cunlian.people.models import Person
from cunlian.talent.learning import actions
from cunlian.talent.learning.states import CourseState, SessionState
from cunlian.talent.models import Course, Session
from tests.cast import Cast

KINDS = ("rotation", "capacity", "new_cadre", "skills", "study_tour", "talk")


@dataclass
class School:
    """Courses are of the township unless said otherwise."""

    cast: Cast

    def course(self, kind: str = "rotation", **said: Any) -> Course:
        values = {"place": self.cast.world.township, "title": "全员轮训", "starts_on": date(2026, 3, 2), **said}
        values.setdefault("giver_name", "" if values.get("giver") else "市农业学校")
        return actions.plan_course(by=SYSTEM, course_kind=kind, **values)

    def session(self, course: Course | None = None, *, days_ago: int = 10, **said: Any) -> Session:
        return actions.add_session(
            course or self.course(), by=SYSTEM, held_on=clock.today() - timedelta(days=days_ago), **said
        )

    def held(self, course: Course | None = None, *persons: Person, days_ago: int = 10, **said: Any) -> Session:
        session = actions.hold_session(self.session(course, days_ago=days_ago, **said), by=SYSTEM)
        if persons:
            actions.enter_attendance(session, by=SYSTEM, persons=persons)
        return session

    def farmer(self, name: str = "赵满仓", *, agrees: bool = True, **said: Any) -> Person:
        """A villager who holds no post."""
        values = {"place": self.cast.world.village, "birth_year": 1980, **said}
        person = register_person(by=SYSTEM, name=name, **values)
        if agrees:
            give(person, by=SYSTEM, purpose="learning", way="online")
        return person

    def cadre(self, name: str = "village_cadre") -> Person:
        return self.cast.world.persons[name]

    def in_state(self, state: str) -> Course:
        course = self.course()
        steps: dict[str, tuple[Any, ...]] = {
            CourseState.RUNNING: (actions.open_course,),
            CourseState.CLOSED: (actions.open_course, actions.close_course),
            CourseState.CANCELLED: (actions.cancel_course,),
        }
        for step in steps.get(state, ()):
            step(course, by=SYSTEM)
        course.refresh_from_db()
        return course

    def session_in(self, state: str) -> Session:
        session = self.session()
        steps: dict[str, Any] = {SessionState.HELD: actions.hold_session, SessionState.CANCELLED: actions.drop_session}
        return steps[state](session, by=SYSTEM) if state in steps else session  # type: ignore[no-any-return]


@pytest.fixture
def school(cast: Cast) -> School:
    return School(cast)
