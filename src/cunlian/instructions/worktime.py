"""Working time between two instants: what lies between opening and closing of working days, noon included.

Opening is 8:30 and closing 17:30, as deadlines have it. What was sent in the evening begins to count next morning.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from cunlian.kernel import clock

OPENING = time(8, 30)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole working minutes from ``start`` to ``end``; 0 when ``end`` is not later."""
    if end <= start:
        return 0
    worked = clock.working_days(clock.day_of(start), clock.day_of(end))
    total = timedelta()
    for day, works in worked.items():
        if works:
            opened, closed = clock.at(day, OPENING.hour, OPENING.minute), clock.closing(day)
            total += max(min(end, closed) - max(start, opened), timedelta())
    return int(total.total_seconds()) // 60


def whole_hours(minutes: int) -> int:
    """Working hours begun: what was signed for at once took one."""
    return minutes // 60 + 1
