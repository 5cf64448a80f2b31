"""How often mentor and mentees meet: every so many months, and once more by the day the term ends."""

from __future__ import annotations

from datetime import date

from cunlian.talent.coming_home.care import months_later

EVERY_MONTHS = 3
"""Customary, while the county has decided nothing else (``usual``) and the two agree on nothing else."""
MOST_MONTHS = 12


def next_meeting(last: date, every_months: int, ends_on: date) -> date | None:
    """When they meet after ``last`` (a meeting, or the beginning); None when they met as the term ended."""
    return min(months_later(last, every_months), ends_on) if last < ends_on else None
