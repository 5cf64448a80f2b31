"""One row in each list of mentoring."""

from __future__ import annotations

from cunlian.kernel.access import SYSTEM
from cunlian.talent.mentoring import actions
from tests.cast import Cast
from tests.talent.learning.conftest import School
from tests.talent.mentoring.conftest import Garden


def grow(cast: Cast) -> None:
    garden = Garden(cast, School(cast))
    plan = actions.approve_plan(garden.plan(), by=SYSTEM, paper="村两委会")
    cadre = garden.school.cadre()
    garden.grow(cadre, plan=plan)
    garden.study(cadre)
    garden.mentoring(cadre)
