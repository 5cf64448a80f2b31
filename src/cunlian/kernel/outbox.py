"""Reactions after commit.

``wiring.py`` lists (verb, name, function); recording the verb writes one row per reaction in the same transaction, and
the worker runs it afterwards: at least once, with one effect by the key (activity, reaction), because the effect and the
mark that it is done are one transaction. A reaction that must reach outside queues a message instead of calling out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from cunlian.kernel import clock, faults, retries, ticks
from cunlian.kernel.models import Activity, OutboxEntry

Reaction = Callable[[Activity], None]
_reactions: dict[str, dict[str, Reaction]] = defaultdict(dict)

KEPT_DONE = timedelta(days=30)
_State = OutboxEntry.State


class WorkerDied(Exception):
    """Given as the reason when a reaction is given up because no try of it came back."""


def wire(table: Iterable[tuple[str, str, Reaction]]) -> None:
    """Take the table of reactions at start-up. Handing it in twice changes nothing."""
    for verb, name, function in table:
        _reactions[verb][name] = function


def enqueue(row: Activity) -> None:
    """One waiting entry for each reaction to the row's verb, in the transaction of the row."""
    OutboxEntry.objects.bulk_create(
        OutboxEntry(activity_id=row.id, reaction=name, try_at=clock.now()) for name in _reactions.get(row.verb, ())
    )


def run_due(now: datetime, limit: int = 200) -> int:
    """Run at most ``limit`` entries that wait, oldest first; returns how many were taken. Less than ``limit`` means that
    nothing is left. Two workers never run the same entry."""
    taken = 0
    entry = _claim(now)
    while entry:
        taken += 1
        entry = _run(entry, now, more=taken < limit)
    return taken


def retry(entry: OutboxEntry) -> None:
    """Put what was given up back in the queue, with all its tries."""
    OutboxEntry.objects.filter(pk=entry.pk, state=_State.FAILED).update(
        state=_State.WAITING, attempts=0, try_at=clock.now()
    )


def forget_done(now: datetime) -> int:
    """Delete what was done a month ago. The log still has the activity; nothing is written for it twice."""
    return OutboxEntry.objects.filter(state=_State.DONE, try_at__lt=now - KEPT_DONE).delete()[0]


@transaction.atomic(savepoint=False)
def _claim(now: datetime) -> OutboxEntry | None:
    """Take the next entry for a lease and count the try before it is run: a reaction that kills its worker is then given up
    like any other, and does not stand in the way of those behind it."""
    entry = OutboxEntry.objects.waiting(now).select_for_update(skip_locked=True).first()
    if entry is None:
        return None
    entry.attempts += 1
    entry.try_at = now + retries.LEASE
    entry.save(update_fields=["attempts", "try_at"])
    return entry


def _run(entry: OutboxEntry, now: datetime, *, more: bool) -> OutboxEntry | None:
    """Run an entry and, if ``more``, claim the next in the same transaction: half the syncs to the disk."""
    try:
        if entry.attempts > len(retries.BACKOFF) + 1:
            raise WorkerDied("the worker ended in the middle of every try")
        with transaction.atomic():
            _react(entry, now)
            return _claim(now) if more else None
    except Exception as error:  # whatever a reaction does wrong, the others are run
        _fail(entry, now, faults.describe(error))
    return _claim(now) if more else None


def _react(entry: OutboxEntry, now: datetime) -> None:
    """Effect and mark in one transaction. The mark comes first: it holds the row, and finds out whether another worker
    took the entry over after the lease."""
    mine = OutboxEntry.objects.filter(pk=entry.pk, state=_State.WAITING, attempts=entry.attempts)
    if not mine.update(state=_State.DONE, error="", try_at=now):
        return
    row = Activity.objects.get(pk=entry.activity_id)
    react = _reactions.get(row.verb, {}).get(entry.reaction)
    if react is None:
        raise LookupError(f"{row.verb} has no reaction {entry.reaction}")
    react(row)


def _fail(entry: OutboxEntry, now: datetime, error: str) -> None:
    again = retries.next_try(entry.attempts, now)
    OutboxEntry.objects.filter(pk=entry.pk, state=_State.WAITING, attempts=entry.attempts).update(
        state=_State.WAITING if again else _State.FAILED, try_at=again or now, error=error
    )


ticks.add_tick("outbox.forget_done", 3600, forget_done)
