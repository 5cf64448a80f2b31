"""One row in each list of training."""

from __future__ import annotations

from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import Capacity
from cunlian.talent.learning import actions
from tests.cast import Cast
from tests.talent.learning.conftest import School


def learn(cast: Cast) -> None:
    school = School(cast)
    course = school.course(must_by="capacity", must_capacity=Capacity.GRID_WORKER, certificate_hours=1)
    school.held(course, school.cadre("grid_worker"))
    actions.issue_certificates(course, by=SYSTEM)
