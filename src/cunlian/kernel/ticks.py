"""Steps that recur: a confirmation window that elapses, old messages that are erased, the roll-up of a day.

A domain registers ``add_tick(name, every_seconds, function)``; whichever worker finds the tick due moves it on and runs it,
so that it runs once however many workers there are. A worker that dies in the middle leaves it to the next time: what a tick
does must be safe to repeat and bounded.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cunlian.kernel.models import Tick

logger = logging.getLogger(__name__)
Step = Callable[[datetime], int]


@dataclass(frozen=True)
class Recurring:
    every: timedelta
    step: Step


TICKS: dict[str, Recurring] = {}


def add_tick(name: str, every_seconds: int, step: Step) -> None:
    """Register a step, once. It is handed the present instant and returns how many things it did, for the worker's log."""
    if name in TICKS:
        raise ValueError(f"tick {name} is registered twice")
    TICKS[name] = Recurring(timedelta(seconds=every_seconds), step)


def run_due(now: datetime) -> dict[str, int]:
    """Run every tick that is due; returns what each did. One that fails is logged and does not hold up the others."""
    done: dict[str, int] = {}
    for name in _due(now):
        if not _claim(name, now):
            continue
        try:
            done[name] = TICKS[name].step(now)
        except Exception:
            logger.exception("tick %s failed; it runs again in %s", name, TICKS[name].every)
    return done


def _due(now: datetime) -> list[str]:
    """Registered ticks that are due, or that the table does not know yet."""
    rest = set(Tick.objects.filter(due_at__gt=now).values_list("name", flat=True))
    return [name for name in TICKS if name not in rest]


def _claim(name: str, now: datetime) -> bool:
    """Whether this worker is the one that moved the tick on: a compare-and-set, so two workers cannot both win."""
    after = now + TICKS[name].every
    if Tick.objects.filter(name=name, due_at__lte=now).update(due_at=after):
        return True
    return Tick.objects.get_or_create(name=name, defaults={"due_at": after})[1]
