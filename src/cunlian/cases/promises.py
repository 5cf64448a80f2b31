"""The promise behind a case: an answer by a deadline, paused only for the listed reasons."""

from datetime import datetime, timedelta
from uuid import UUID

from cunlian.cases.models import Case, DeadlineRule
from cunlian.cases.rules import ANSWER
from cunlian.kernel import clock, promises
from cunlian.kernel.models import Promise

DEFAULT_DAYS = {"normal": 7, "urgent": 3, "emergency": 1}
CONFIRM_DAYS = 5


def promise_answer(case: Case, owner_id: UUID | None) -> Promise:
    """A promise for this case from now, by the county's rule for its category and level, else by the default."""
    rule = DeadlineRule.objects.filter(category=case.category, level=case.level).first() if case.category_id else None
    return promises.make(
        ANSWER,
        about=case,
        owner_id=owner_id,
        working_days=rule.working_days if rule else DEFAULT_DAYS[case.level],
        hours=(rule.hours or None) if rule else None,
        place_id=case.place_id,
    )


def window_end() -> datetime:
    """Until when the person is asked whether it is fixed: five working days from today, at eight in the evening."""
    closing = clock.add_working_days(clock.now(), CONFIRM_DAYS).due
    return closing + timedelta(hours=2, minutes=30)
