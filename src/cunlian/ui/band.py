"""The deadline band: one cell a day from the day a promise counts from to the day it is due, or to today when late.

Pure functions over days; the tag ``deadline_band`` feeds them a promise and the calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cunlian.kernel import clock

# Beyond this many days cells carry no words, and beyond the second the sentence alone says it better.
DENSE_FROM = 21
NONE_FROM = 92


@dataclass(frozen=True)
class Cell:
    """``kind``: zero (the first day, which is not counted), used, left, hold (the clock stood), off (rest day), over
    (after the day it was due). ``number`` is the how-manieth counted working day it is, 0 where none is counted."""

    day: date
    kind: str
    number: int = 0
    is_today: bool = False
    is_due: bool = False


@dataclass(frozen=True)
class Band:
    """``number``: the counted working day it is today (or was when settled); ``total``: how many there are in all."""

    cells: tuple[Cell, ...]
    number: int
    total: int

    @property
    def dense(self) -> bool:
        return len(self.cells) > DENSE_FROM


def held_days(pauses: Iterable[tuple[datetime, datetime | None]], until: date) -> frozenset[date]:
    """Days on which the clock stood at any moment before closing: the days that do not count. A pause that has not
    ended holds every day up to ``until``."""
    held = set()
    for started, ended in pauses:
        day = clock.day_of(started)
        if started >= clock.closing(day):
            day += timedelta(days=1)
        last = min(until, clock.day_of(ended)) if ended else until
        while day <= last and (ended is None or ended > clock.at(day)):
            held.add(day)
            day += timedelta(days=1)
    return frozenset(held)


def band(
    made_on: date,
    due_on: date | None,
    today: date,
    *,
    is_working: Callable[[date], bool],
    held: frozenset[date] = frozenset(),
    settled_on: date | None = None,
) -> Band:
    """The cells. ``due_on`` is None while the clock stands and nobody can say the day: the band then ends today."""
    reached = settled_on or today
    last = max(due_on, reached) if due_on else reached
    cells: list[Cell] = []
    number = reached_number = 0
    for offset in range((last - made_on).days + 1):
        day = made_on + timedelta(days=offset)
        kind = _kind(day, made_on, due_on, reached, working=is_working(day), held=day in held)
        counts = kind in ("used", "left") or (kind == "zero" and day == due_on)
        number += counts
        if day <= reached and counts:
            reached_number = number
        cells.append(
            Cell(day, kind, number if counts else 0, is_today=day == today and not settled_on, is_due=day == due_on)
        )
    shown = tuple(cells) if len(cells) <= NONE_FROM else ()
    return Band(shown, reached_number, number)


def _kind(day: date, made_on: date, due_on: date | None, reached: date, *, working: bool, held: bool) -> str:
    if day == made_on:
        return "zero"
    if not working:
        return "off"
    if due_on and day > due_on:
        return "over"
    if held:
        return "hold"
    return "used" if day <= reached else "left"
