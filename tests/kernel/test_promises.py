"""Promises: the day, its pauses, the ladder, and what can never happen to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from cunlian.kernel import clock, promises
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Activity, CalendarDay, Job, OutboxEntry, Promise, PromiseState
from cunlian.kernel.refusals import IllegalMove, Invalid

pytestmark = pytest.mark.django_db
Freeze = Callable[[datetime], None]
BY = Actor("user", user_id=uuid4(), post_id=uuid4())
REASONS = {"weather": "The weather forbids work", "survey": "Waiting for a survey"}


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (
        promises.PromiseKind("test.case", "Case", (0, 1, 3), REASONS),
        promises.PromiseKind("test.urgent", "Urgent", (timedelta(), timedelta(hours=2)), REASONS),
        promises.PromiseKind("test.bare", "No ladder"),
    ):
        monkeypatch.setitem(promises.KINDS, kind.code, kind)


@pytest.fixture
def about(frozen_clock: Freeze) -> Iterator[Job]:
    frozen_clock(clock.at(date(2026, 6, 30), 9))
    yield job()


def job() -> Job:
    now = clock.now()
    return Job.objects.create(owner_id=uuid4(), name="x", title="x", started_at=now, heartbeat_at=now)


def due(day: date) -> datetime:
    return clock.closing(day)


def test_seven_working_days_from_30_june_end_on_9_july_at_closing(about: Job) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=7)
    assert promise.due_at == promise.first_due_at == due(date(2026, 7, 9))
    assert not promise.provisional
    assert promise.climb_at == promise.due_at


def test_paused_on_3_and_on_6_july_it_moves_two_working_days_to_13_july(about: Job, frozen_clock: Freeze) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=7)
    frozen_clock(clock.at(date(2026, 7, 3), 7, 35))
    promises.pause(promise, "weather", BY)
    frozen_clock(clock.at(date(2026, 7, 3), 16))
    promises.resume(promise)
    frozen_clock(clock.at(date(2026, 7, 6), 8, 50))
    promises.pause(promise, "survey", BY)
    frozen_clock(clock.at(date(2026, 7, 6), 17))
    promise = promises.resume(promise)
    assert promise.due_at == due(date(2026, 7, 13))
    assert promise.first_due_at == due(date(2026, 7, 9))
    assert [pause.by_post_id for pause in promise.pauses.all()] == [BY.post_id, BY.post_id]


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ((2026, 7, 3, 18, 0), (2026, 7, 3, 20, 0), 9),  # after closing: nothing was lost
        ((2026, 7, 3, 18, 0), (2026, 7, 6, 9, 0), 10),  # over a weekend into Monday
        ((2026, 7, 4, 9, 0), (2026, 7, 5, 9, 0), 9),  # a weekend only
        ((2026, 7, 9, 17, 0), (2026, 7, 9, 17, 10), 10),  # minutes before it was due
        ((2026, 7, 10, 9, 0), (2026, 7, 15, 9, 0), 9),  # already late: heals nothing
        ((2026, 6, 30, 10, 0), (2026, 6, 30, 11, 0), 9),  # on the first day, which never counts
    ],
)
def test_each_working_day_touched_by_a_pause_does_not_count(
    about: Job, frozen_clock: Freeze, start: tuple[int, ...], end: tuple[int, ...], day: int
) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=7)
    frozen_clock(datetime(*start, tzinfo=clock.SHANGHAI))  # type: ignore[misc,arg-type]
    promises.pause(promise, "weather", BY)
    frozen_clock(datetime(*end, tzinfo=clock.SHANGHAI))  # type: ignore[misc,arg-type]
    assert promises.resume(promise).due_at == due(date(2026, 7, day))


def test_hours_count_day_and_night_and_pause_by_the_minute(about: Job, frozen_clock: Freeze) -> None:
    frozen_clock(clock.at(date(2026, 7, 4), 23))
    promise = promises.make("test.urgent", about=about, owner_id=None, hours=4)
    assert promise.due_at == clock.at(date(2026, 7, 5), 3)
    promises.pause(promise, "weather", BY)
    frozen_clock(clock.at(date(2026, 7, 4), 23, 50))
    assert promises.resume(promise).due_at == clock.at(date(2026, 7, 5), 3, 50)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ((2026, 7, 3, 9), (2026, 7, 3)),  # Friday morning: today
        ((2026, 7, 3, 18), (2026, 7, 6)),  # Friday after closing: Monday
        ((2026, 7, 4, 9), (2026, 7, 6)),  # Saturday: Monday
    ],
)
def test_zero_days_is_today_or_the_next_working_day(
    about: Job, start: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    begin = datetime(*start, tzinfo=clock.SHANGHAI)  # type: ignore[misc,arg-type]
    promise = promises.make("test.case", about=about, owner_id=None, working_days=0, start=begin)
    assert promise.due_at == due(date(*expected))  # type: ignore[arg-type]
    assert promises.extend(promise, 1).due_at > promise.due_at


def test_extension_is_counted_on_from_the_day_it_is_due(about: Job) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=7)
    promise = promises.extend(promise, 2)
    assert promise.due_at == promise.climb_at == due(date(2026, 7, 13))
    with pytest.raises(Invalid):
        promises.extend(promise, 0)


def test_only_a_listed_reason_pauses(about: Job) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=7)
    with pytest.raises(Invalid, match="The weather forbids work"):
        promises.pause(promise, "busy", BY)


def test_kept_is_never_released_and_nothing_moves_after(about: Job) -> None:
    promise = promises.keep(promises.make("test.case", about=about, owner_id=None, working_days=7), about)
    assert (promise.state, promise.proof_id) == (PromiseState.KEPT, about.pk)
    for attempt in (
        lambda: promises.release(promise, "withdrawn"),
        lambda: promises.keep(promise, about),
        lambda: promises.pause(promise, "weather", BY),
        lambda: promises.extend(promise, 1),
        lambda: promises.transfer(promise, None),
    ):
        with pytest.raises(IllegalMove):
            attempt()


def test_what_is_kept_while_its_clock_stands_is_measured_against_the_moved_day(
    about: Job, frozen_clock: Freeze
) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=3)  # due 3 July
    frozen_clock(clock.at(date(2026, 7, 2), 9))
    promises.pause(promise, "weather", BY)
    frozen_clock(clock.at(date(2026, 7, 6), 9))
    promise = promises.keep(promise, about)
    assert promise.due_at == due(date(2026, 7, 8))
    assert list(Promise.objects.kept_in_time()) == [promise]
    assert not promise.pauses.filter(ended_at=None).exists()


def test_lists_tell_open_due_overdue_kept_and_late_apart(about: Job, frozen_clock: Freeze) -> None:
    post = uuid4()
    soon, late, standing, slept, kept, kept_late = (
        promises.make("test.case", about=about, owner_id=post, working_days=days) for days in (9, 1, 1, 1, 3, 1)
    )
    frozen_clock(clock.at(date(2026, 7, 1), 9))
    promises.pause(standing, "weather", BY)
    frozen_clock(clock.at(date(2026, 7, 2), 9))
    promises.pause(slept, "weather", BY)
    promises.keep(kept, about)
    promises.keep(kept_late, about)
    now = clock.now()
    rows = Promise.objects.owed_by([post]).about(about)
    assert set(rows.open()) == {soon, late, standing, slept}
    assert set(rows.overdue(now)) == {late, slept}
    assert set(rows.due_on(date(2026, 7, 13))) == {soon}
    assert set(rows.kept_in_time()) == {kept}
    assert set(rows.late(now)) == {late, slept, kept_late}


def test_each_rung_hears_once_at_its_time(about: Job, frozen_clock: Freeze) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=1)  # due Wednesday 1 July
    heard: list[tuple[int, date]] = []
    moment = clock.at(date(2026, 7, 1))
    while moment < clock.at(date(2026, 7, 12)):
        frozen_clock(moment)
        if promises.climb(clock.now()):
            heard.append((len(heard) + 1, clock.today()))
        moment += timedelta(hours=6)
    assert heard == [(1, date(2026, 7, 1)), (2, date(2026, 7, 2)), (3, date(2026, 7, 6))]
    rows = Activity.objects.filter(verb="promises.late", object_id=promise.pk).order_by("happened_at")
    assert [promises.rung_reached(row) for row in rows] == [1, 2, 3]


def test_nobody_hears_while_the_clock_stands(about: Job, frozen_clock: Freeze) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=1)
    promises.pause(promise, "weather", BY)
    frozen_clock(clock.at(date(2026, 7, 20), 9))
    assert promises.climb(clock.now()) == 0
    promise = promises.resume(promise)
    assert promise.due_at == due(date(2026, 7, 21))


def test_a_promise_without_ladder_never_climbs(about: Job, frozen_clock: Freeze) -> None:
    promises.make("test.bare", about=about, owner_id=None, working_days=1)
    frozen_clock(clock.at(date(2026, 9, 1)))
    assert promises.climb(clock.now()) == 0


def test_a_worker_that_was_down_catches_up_without_skipping_a_rung(about: Job, frozen_clock: Freeze) -> None:
    made = [promises.make("test.case", about=about, owner_id=None, working_days=1) for _ in range(3)]
    frozen_clock(clock.at(date(2026, 8, 1)))
    assert promises.climb(clock.now(), limit=4) == 4
    assert promises.climb(clock.now(), limit=100) == 5
    assert {promise.rung for promise in Promise.objects.filter(pk__in=[p.pk for p in made])} == {3}


def test_new_holidays_move_what_was_guessed_and_say_so(frozen_clock: Freeze) -> None:
    frozen_clock(clock.at(date(2026, 12, 31), 9))
    promise = promises.make("test.case", about=job(), owner_id=None, working_days=2)
    assert promise.provisional
    assert promise.due_at == due(date(2027, 1, 4))  # 1 January counted as an ordinary Friday
    assert promises.import_calendar([(date(2027, 1, 1), False)], "国办发明电〔2026〕1号") == 1
    promise.refresh_from_db()
    assert promise.due_at == promise.first_due_at == promise.climb_at == due(date(2027, 1, 5))
    assert not promise.provisional
    row = Activity.objects.get(verb="promises.moved")
    assert row.object_id == promise.pk
    assert promises.recompute_provisional() == 0


def test_a_certain_day_never_moves_earlier(about: Job, frozen_clock: Freeze) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=7)
    clock.import_calendar([(date(2026, 7, 4), True)], "worked after all")
    promises.pause(promise, "weather", BY)
    assert promises.resume(promise).due_at == due(date(2026, 7, 9))
    assert CalendarDay.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"state": "kept", "settled_at": datetime(2026, 7, 1, tzinfo=clock.SHANGHAI)},  # no proof
        {"state": "released", "settled_at": datetime(2026, 7, 1, tzinfo=clock.SHANGHAI)},  # no reason
        {"state": "released", "release_reason": "x"},  # no time
        {"proof_id": UUID(int=1)},  # proof of what is not kept
        {"due_at": datetime(2026, 7, 1, tzinfo=clock.SHANGHAI)},  # shortened
        {"working_days": -1},
        {"hours": 3},  # both lengths
    ],
)
def test_the_database_refuses_what_cannot_be(about: Job, values: dict[str, object]) -> None:
    promise = promises.make("test.case", about=about, owner_id=None, working_days=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**values)


def test_a_late_promise_tells_its_reactions(about: Job, frozen_clock: Freeze, monkeypatch: pytest.MonkeyPatch) -> None:
    from cunlian.kernel import outbox

    monkeypatch.setitem(outbox._reactions, "promises.late", {"tell": lambda row: None})
    promises.make("test.case", about=about, owner_id=None, working_days=1)
    frozen_clock(clock.at(date(2026, 7, 1), 17, 30))
    promises.climb(clock.now())
    assert OutboxEntry.objects.get().reaction == "tell"
    assert SYSTEM.is_system
