"""Time as the county lives it: Asia/Shanghai days, working days by the State Council's yearly list, and a clock that tests
and demonstrations can set.

"Today" is a calendar day in Shanghai, never the last 24 hours.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.models import CalendarDay
from cunlian.kernel.refusals import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOSING = time(17, 30)
_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The present instant, in UTC, or the one set by ``set_to``."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    return now().astimezone(SHANGHAI).date()


def day_of(instant: datetime) -> date:
    """The Shanghai day an instant falls on."""
    return instant.astimezone(SHANGHAI).date()


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The instant of a Shanghai wall-clock time."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def bounds(first: date, last: date | None = None) -> tuple[datetime, datetime]:
    """Half-open instants [start of ``first``, end of ``last``) of Shanghai days; ``last`` is ``first`` if not given."""
    return at(first), at((last or first) + timedelta(days=1))


@contextmanager
def set_to(instant: datetime) -> Iterator[None]:
    """Run the block as if it were ``instant``. For tests and demonstrations."""
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


@dataclass(frozen=True)
class Deadline:
    """``due``: closing time of the last working day. ``provisional``: the year's list of holidays is not published yet, so
    Monday to Friday were counted and the day may move."""

    due: datetime
    provisional: bool


@lru_cache(maxsize=64)
def _published(year: int) -> bool:
    """Whether the library knows the State Council's list for ``year``."""
    try:
        chinese_calendar.is_workday(date(year, 12, 31))
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=4096)
def _worked(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


class _Calendar:
    """Which days are worked. The county's own days are read a year at a time and win over the library's."""

    def __init__(self) -> None:
        self._years: dict[int, dict[date, bool]] = {}

    def _listed(self, year: int) -> dict[date, bool]:
        if year not in self._years:
            rows = CalendarDay.objects.filter(day__range=(date(year, 1, 1), date(year, 12, 31)))
            self._years[year] = dict(rows.values_list("day", "is_working"))
        return self._years[year]

    def __call__(self, day: date) -> tuple[bool, bool]:
        """(is a working day, is certain)."""
        listed = self._listed(day.year).get(day)
        if listed is not None:
            return listed, True
        if _published(day.year):
            return _worked(day), True
        return day.weekday() < 5, False


def is_working_day(day: date) -> bool:
    return _Calendar()(day)[0]


def working_days(first: date, last: date) -> dict[date, bool]:
    """Each day from ``first`` to ``last``: is it worked. One query a year, for pages that draw many days."""
    calendar = _Calendar()
    return {day: calendar(day)[0] for day in (first + timedelta(days=n) for n in range((last - first).days + 1))}


def closing(day: date) -> datetime:
    """When offices close on a day, which is when what is due that day is due."""
    return datetime.combine(day, CLOSING, SHANGHAI)


def add_working_days(start: datetime, days: int, *, without: Container[date] = ()) -> Deadline:
    """Closing time of the ``days``-th working day after the day of ``start`` (that day itself is not counted: 民法典
    Art. 201). With 0 days it is due the same day, or at closing of the next working day when that has passed or the day
    is none. Days in ``without`` do not count."""
    if days < 0:
        raise ValueError("working days count forward")
    calendar = _Calendar()
    day = day_of(start)
    certain = True
    left = days
    if days == 0:
        left = 1
        day -= timedelta(days=1) if start <= closing(day) else timedelta()
    while left > 0:
        day += timedelta(days=1)
        working, known = calendar(day)
        certain &= known
        left -= working and day not in without
    return Deadline(closing(day), not certain)


def working_days_between(first: date, last: date) -> int:
    """Working days after ``first`` up to and with ``last``; negative when ``last`` lies before ``first``."""
    if last < first:
        return -working_days_between(last, first)
    calendar = _Calendar()
    return sum(calendar(first + timedelta(days=n))[0] for n in range(1, (last - first).days + 1))


@transaction.atomic
def import_calendar(rows: Iterable[tuple[date, bool]], source: str) -> set[int]:
    """Enter days from the yearly notice: (day, is it worked), with the notice's name and number as ``source``. Returns the
    years touched. Whoever calls this goes on to ``promises.recompute_provisional``.

    For a year the library does not know yet the rows are taken as the whole notice: days it does not name follow Monday to
    Friday and are certain from now on. In a known year only the rows themselves are changed."""
    days: dict[date, bool] = {}
    for day, working in rows:
        if days.setdefault(day, working) != working:
            raise Invalid(_("%(day)s stands in the list both as a working day and as a day off.") % {"day": day})
    if not days:
        raise Invalid(_("The list holds no days."))
    years = {day.year for day in days}
    for year in years:
        if not _published(year):
            first = date(year, 1, 1)
            span = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
            CalendarDay.objects.bulk_create(
                [CalendarDay(day=day, is_working=day.weekday() < 5, source=source) for day in span],
                ignore_conflicts=True,
            )
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=day, is_working=working, source=source) for day, working in days.items()],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_working", "source"],
    )
    return years
