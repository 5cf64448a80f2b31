"""What holds for every promise, however it is paused, resumed, extended and settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cunlian.kernel import clock, promises
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Job, Promise, PromiseState
from cunlian.kernel.refusals import IllegalMove

BY = Actor("user", user_id=uuid4())
BEGIN = clock.at(date(2026, 9, 20), 9)
KIND = promises.PromiseKind("test.law", "Law", (0, 2, timedelta(days=9)), {"weather": "Weather"})

STEPS = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "extend", "wait"]), st.integers(1, 20 * 60)), min_size=1, max_size=14
)
LENGTHS = st.one_of(st.tuples(st.integers(0, 15), st.none()), st.tuples(st.just(0), st.integers(1, 72)))
MINUTES = st.integers(0, 60 * 24 * 40)


def instant(minutes: int) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


class Laws(TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        promises.KINDS[KIND.code] = KIND

    @classmethod
    def tearDownClass(cls) -> None:
        del promises.KINDS[KIND.code]
        super().tearDownClass()

    def make(self, length: tuple[int, int | None]) -> Promise:
        days, hours = length
        with clock.set_to(BEGIN):
            return promises.make(KIND.code, about=Job(), owner_id=None, working_days=days, hours=hours)

    @settings(max_examples=60, deadline=None)
    @given(LENGTHS, STEPS)
    def test_no_order_of_pausing_resuming_and_extending_ever_shortens(
        self, length: tuple[int, int | None], steps: list[tuple[str, int]]
    ) -> None:
        promise = self.make(length)
        moment = BEGIN
        for name, minutes in steps:
            before = promise.due_at
            promise = self.play(promise, name, moment)
            assert promise.due_at >= before >= promise.first_due_at
            assert (promise.climb_at is None) == (promise.state != PromiseState.OPEN)
            moment += timedelta(minutes=minutes)

    def play(self, promise: Promise, name: str, moment: datetime) -> Promise:
        moves: dict[str, Callable[[], Promise]] = {
            "pause": lambda: promises.pause(promise, "weather", BY),
            "resume": lambda: promises.resume(promise),
            "extend": lambda: promises.extend(promise, 1),
            "wait": lambda: promise,
        }
        with clock.set_to(moment):
            try:
                return moves[name]()
            except IllegalMove:
                return promise

    @given(LENGTHS, st.lists(st.tuples(MINUTES, MINUTES), max_size=6), st.tuples(MINUTES, MINUTES))
    def test_one_more_pause_never_brings_the_day_nearer(
        self, length: tuple[int, int | None], spans: list[tuple[int, int]], more: tuple[int, int]
    ) -> None:
        days, hours = length
        promise = Promise(made_at=BEGIN, working_days=days, hours=hours)
        few = apart(spans)
        many = apart([*spans, more])
        assume(len(many) == len(few) + 1 and set(few) < set(many))
        assert promises.deadline_of(promise, many).due >= promises.deadline_of(promise, few).due

    @given(st.integers(0, 15), st.integers(0, 15), st.lists(st.tuples(MINUTES, MINUTES), max_size=6))
    def test_longer_promises_are_never_due_earlier(self, one: int, other: int, spans: list[tuple[int, int]]) -> None:
        few, many = (
            promises.deadline_of(Promise(made_at=BEGIN, working_days=days), apart(spans)).due
            for days in sorted((one, other))
        )
        assert few <= many

    @given(st.integers(1, 15), st.lists(st.tuples(MINUTES, MINUTES), max_size=6))
    def test_working_days_are_granted_in_full_without_the_days_that_stood(
        self, days: int, spans: list[tuple[int, int]]
    ) -> None:
        pauses = apart(spans)
        due = promises.deadline_of(Promise(made_at=BEGIN, working_days=days), pauses).due
        stood = {
            day
            for start, end in pauses
            for day in (clock.day_of(start) + timedelta(days=n) for n in range((end - start).days + 2))
            if start < clock.closing(day) and end >= clock.at(day)
        }
        counted = [
            day
            for day in (clock.day_of(BEGIN) + timedelta(days=n) for n in range(1, (due - BEGIN).days + 2))
            if day <= clock.day_of(due) and clock.is_working_day(day) and day not in stood
        ]
        assert len(counted) == days
        assert counted[-1] == clock.day_of(due)

    @settings(max_examples=30, deadline=None)
    @given(LENGTHS, st.lists(st.sampled_from(["keep", "release", "pause", "resume"]), min_size=2, max_size=8))
    def test_a_promise_is_kept_or_released_once_and_never_both(
        self, length: tuple[int, int | None], names: list[str]
    ) -> None:
        promise = self.make(length)
        proof = Job()
        moves: dict[str, Callable[[], Any]] = {
            "keep": lambda: promises.keep(promise, proof),
            "release": lambda: promises.release(promise, "withdrawn"),
            "pause": lambda: promises.pause(promise, "weather", BY),
            "resume": lambda: promises.resume(promise),
        }
        settled: list[str] = []
        for name in names:
            try:
                promise = moves[name]()
            except IllegalMove:
                continue
            assert not settled
            settled += [name] if name in ("keep", "release") else []
        promise.refresh_from_db()
        assert (promise.proof_id is not None) == (settled == ["keep"])
        assert bool(promise.release_reason) == (settled == ["release"])
        assert (promise.settled_at is not None) == bool(settled)


def apart(spans: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
    """Pauses as they can be: in order, none within another."""
    found: list[tuple[datetime, datetime]] = []
    for one, other in sorted(tuple(sorted(span)) for span in spans):
        if not found or instant(one) > found[-1][1]:
            found.append((instant(one), instant(other)))
    return found
