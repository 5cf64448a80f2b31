"""Pressing twice does it once: a form carries a key, and the first request that shows it takes it.

The key is a row written in the transaction of what the press does, so that one is there exactly when the other is: a
press that was refused leaves its key free, and the second of two presses at the same moment waits for the first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, transaction

from cunlian.kernel import clock, ticks
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Press

T = TypeVar("T")
KEPT = timedelta(days=1)
"""Longer than anybody leaves a form open and then presses twice."""
_TAKE = "INSERT INTO kernel_press (key, pressed_at, led) VALUES (%s, %s, '') ON CONFLICT DO NOTHING"


def new_key() -> str:
    return uuid7().hex


def once(key: str, call: Callable[[], object]) -> bool:
    """Run ``call`` and take the key in one transaction: True. False, and nothing done, when the key was shown before.
    What ``call`` raises leaves the key free. Without a key (an old page, a program) nothing is held back."""
    with transaction.atomic():
        first = take(key)
        if first:
            call()
    return first


def make_once(key: str, call: Callable[[], T]) -> T | None:
    """As ``once``, for what makes a record: the record, and None to a second press."""
    with transaction.atomic():
        return call() if take(key) else None


def take(key: str) -> bool:
    """True for the first who shows the key."""
    if not key:
        return True
    with connection.cursor() as cursor:
        # The ORM ignores conflicts without telling whether there was one.
        cursor.execute(_TAKE, [key[:80], connection.ops.adapt_datetimefield_value(clock.now())])
        return bool(cursor.rowcount == 1)


def taken(key: str) -> bool:
    """Somebody showed it already: asked where a form would no longer fit after the first press."""
    return bool(key) and Press.objects.filter(key=key[:80]).exists()


def lead(key: str, address: str) -> None:
    """Keep where the press led, for a second one to be led there too."""
    Press.objects.filter(key=key[:80]).update(led=address)


def led(key: str) -> str | None:
    """Where the press led; empty while that is not known, None when nobody showed the key."""
    return Press.objects.filter(key=key[:80]).values_list("led", flat=True).first()


def give_back(key: str) -> None:
    """For what runs in several transactions and failed on its way, or may be done again."""
    Press.objects.filter(key=key[:80]).delete()


def forget_old(now: datetime) -> int:
    return Press.objects.filter(pressed_at__lt=now - KEPT).delete()[0]


ticks.add_tick("presses.forget_old", 3600, forget_old)
