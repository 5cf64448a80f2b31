"""When to try again, and how a step that may kill its worker is still counted."""

from __future__ import annotations

from datetime import datetime, timedelta

# A fault that lasts seconds, a restart, a gateway's maintenance, a night without anybody: five tries, then a person.
BACKOFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
# While a step runs nobody else may take it; if its worker dies, it is taken again after this.
LEASE = timedelta(minutes=10)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after ``attempts`` failed tries, or None when it is given up."""
    return now + BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None
