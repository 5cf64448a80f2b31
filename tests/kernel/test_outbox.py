"""Reactions: at least once, one effect, in order, with tries, and a page for what is given up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from cunlian.kernel import log, outbox, retries
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Job, Message, OutboxEntry
from cunlian.kernel.refusals import Invalid

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 9, 1, tzinfo=UTC)
Wire = Callable[..., None]


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setitem(log.VERBS, "test.done", log.Verb("test.done", "Done", "did it"))

    def give(**reactions: outbox.Reaction) -> None:
        monkeypatch.setitem(outbox._reactions, "test.done", reactions)

    yield give


def happen() -> Activity:
    return log.record(SYSTEM, "test.done", Job())


def later(minutes: float = 1) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def effect(row: Activity) -> None:
    """Something in the database that cannot be done twice unnoticed."""
    Message.objects.create(key=f"{row.pk}:{uuid4()}", channel="sms", address=b"x", try_at=NOW)


def test_each_reaction_runs_once_for_each_activity(wire: Wire) -> None:
    told: list[UUID] = []
    wire(tell=lambda row: told.append(row.pk), count=effect)
    rows = [happen(), happen()]
    assert outbox.run_due(later()) == 4
    assert outbox.run_due(later()) == 0
    assert told == [row.pk for row in rows]
    assert Message.objects.count() == 2
    assert set(OutboxEntry.objects.values_list("state", flat=True)) == {"done"}


def test_nothing_is_owed_when_the_action_is_rolled_back(wire: Wire) -> None:
    wire(tell=effect)
    with pytest.raises(Invalid), transaction.atomic():
        happen()
        raise Invalid("no")
    assert not OutboxEntry.objects.exists()


def test_a_reaction_that_fails_halfway_leaves_no_half_effect_and_is_tried_again(wire: Wire) -> None:
    tries: list[int] = []

    def stumble(row: Activity) -> None:
        effect(row)
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("the roof fell in")

    wire(stumble=stumble)
    happen()
    for minutes in (0, 2, 10):
        outbox.run_due(later(minutes))
    assert len(tries) == 3
    assert Message.objects.count() == 1
    assert OutboxEntry.objects.get().state == "done"


def test_it_is_tried_at_growing_distances_and_then_given_up_with_its_reason(wire: Wire) -> None:
    def fail(row: Activity) -> None:
        raise RuntimeError("no phone 13912342716 of zhang@example.cn\nDETAIL: Key (name)=(张桂兰)")

    wire(fail=fail)
    happen()
    now = later()
    waits = []
    while OutboxEntry.objects.get().state == "waiting":
        assert outbox.run_due(now) == 1
        assert outbox.run_due(now) == 0
        waits.append(OutboxEntry.objects.get().try_at - now)
        now = OutboxEntry.objects.get().try_at
    assert waits == [*retries.BACKOFF, timedelta()]
    entry = OutboxEntry.objects.failures().get()
    assert "RuntimeError" in entry.error
    for personal in ("13912342716", "zhang@", "张桂兰"):
        assert personal not in entry.error


def test_what_was_given_up_can_be_tried_again(wire: Wire) -> None:
    wire(fail=lambda row: 1 / 0)  # type: ignore[arg-type,return-value]
    happen()
    OutboxEntry.objects.update(state="failed", attempts=6)
    wire(fail=effect)
    outbox.retry(OutboxEntry.objects.get())
    outbox.run_due(later())
    assert OutboxEntry.objects.get().state == "done"
    outbox.retry(OutboxEntry.objects.get())
    assert OutboxEntry.objects.get().state == "done"


def test_one_bad_reaction_does_not_stand_in_the_way_of_the_others(wire: Wire) -> None:
    wire(bad=lambda row: 1 / 0, good=effect)  # type: ignore[arg-type,return-value]
    for _ in range(3):
        happen()
    outbox.run_due(later())
    assert Message.objects.count() == 3


def test_a_reaction_the_worker_does_not_know_waits_for_one_that_does(wire: Wire) -> None:
    wire(new=effect)
    happen()
    wire()
    outbox.run_due(later())
    assert "no reaction" in OutboxEntry.objects.get().error
    wire(new=effect)
    outbox.run_due(later(5))
    assert OutboxEntry.objects.get().state == "done"


def test_a_reaction_that_kills_its_worker_is_given_up_in_the_end(wire: Wire) -> None:
    def kill(row: Activity) -> None:
        raise SystemExit(9)

    wire(kill=kill, good=effect)
    happen()
    now = later()
    for _ in range(8):
        try:
            while outbox.run_due(now):
                pass
        except SystemExit:
            pass
        now += retries.LEASE
    assert Message.objects.count() == 1
    entry = OutboxEntry.objects.get(reaction="kill")
    assert entry.state == "failed"
    assert entry.error.startswith("WorkerDied")


@pytest.mark.django_db(transaction=True)
def test_a_backlog_of_5000_drains_in_order_in_bounded_batches(wire: Wire) -> None:
    seen: list[UUID] = []
    wire(tell=lambda row: seen.append(row.pk))
    rows = [log.build(SYSTEM, "test.done", Job()) for _ in range(5000)]
    Activity.objects.bulk_create(rows)
    start = NOW
    OutboxEntry.objects.bulk_create(
        OutboxEntry(activity_id=row.pk, reaction="tell", try_at=start + timedelta(milliseconds=n))
        for n, row in enumerate(rows)
    )
    batches = []
    with connection.cursor() as cursor:  # the disk of a test machine is not what is tested
        cursor.execute("SET synchronous_commit=off" if connection.vendor == "postgresql" else "PRAGMA synchronous=OFF")
    while taken := outbox.run_due(later(), 500):
        batches.append(taken)
    assert batches == [500] * 10
    assert seen == [row.pk for row in rows]
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_do_nothing_twice(wire: Wire) -> None:
    wire(count=effect)
    for _ in range(40):
        happen()
    faults: list[BaseException] = []

    def work() -> None:
        try:
            outbox.run_due(later())
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not faults
    assert Message.objects.count() == 40
    assert OutboxEntry.objects.filter(state="done", attempts=1).count() == 40


def test_what_was_done_is_forgotten_after_a_month_and_what_failed_is_not(wire: Wire) -> None:
    rows: list[dict[str, Any]] = [{"state": state, "try_at": NOW} for state in ("done", "failed", "waiting")]
    for row in rows:
        OutboxEntry.objects.create(activity_id=uuid4(), reaction="x", **row)
    assert outbox.forget_done(NOW + timedelta(days=29)) == 0
    assert outbox.forget_done(NOW + timedelta(days=31)) == 1
    assert set(OutboxEntry.objects.values_list("state", flat=True)) == {"failed", "waiting"}
