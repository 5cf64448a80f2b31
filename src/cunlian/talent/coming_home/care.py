"""When somebody looks in after the arrival: 3, 12 and 24 months later."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

CARE_MONTHS = (3, 12, 24)
LAST = CARE_MONTHS[-1]


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fallen_due(arrived_on: date, today: date) -> int:
    """Which look in has fallen due last by ``today``: 3, 12, 24, or 0 for none."""
    return max((months for months in CARE_MONTHS if months_later(arrived_on, months) <= today), default=0)


def next_after(arrived_on: date, months: int) -> date | None:
    """When the one after the look in at ``months`` falls due (0: the first); None after the last."""
    ahead = [known for known in CARE_MONTHS if known > months]
    return months_later(arrived_on, ahead[0]) if ahead else None
