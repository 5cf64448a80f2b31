"""Two at once: a rung is heard once, a clock is stopped once, a promise is settled once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from cunlian.kernel import clock, promises
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Activity, Job, Promise, PromisePause
from cunlian.kernel.refusals import IllegalMove

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AFTER = clock.at(date(2026, 9, 1))


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    kind = promises.PromiseKind("test.race", "Race", (0, 1, 2), {"weather": "Weather"})
    monkeypatch.setitem(promises.KINDS, kind.code, kind)
    yield


def make() -> Promise:
    start = clock.at(date(2026, 6, 30), 9)
    return promises.make("test.race", about=Job(), owner_id=None, working_days=1, start=start)


def together(count: int, work: Callable[[], object]) -> list[object]:
    """Run ``work`` in threads at one moment; what each returned or raised."""
    gate = threading.Barrier(count)
    told: list[object] = []

    def run() -> None:
        try:
            gate.wait()
            told.append(work())
        except Exception as error:
            told.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_two_workers_climb_each_rung_once() -> None:
    made = [make() for _ in range(12)]
    told = together(2, lambda: promises.climb(LONG_AFTER))
    assert sum(int(str(count)) for count in told) == 36
    for promise in made:
        rows = Activity.objects.filter(verb="promises.late", object_id=promise.pk)
        assert sorted(promises.rung_reached(row) for row in rows) == [1, 2, 3]
    assert set(Promise.objects.values_list("rung", "climb_at")) == {(3, None)}


def test_of_two_who_stop_the_clock_one_is_told_that_it_stands() -> None:
    promise = make()
    told = together(2, lambda: promises.pause(promise, "weather", Actor("user", user_id=uuid4())))
    assert sorted(type(item).__name__ for item in told) == ["IllegalMove", "Promise"]
    assert PromisePause.objects.count() == 1


def test_of_two_who_settle_it_one_is_told_that_it_is_settled() -> None:
    promise, proof = make(), Job()
    told = together(3, lambda: promises.keep(promise, proof))
    assert sum(isinstance(item, IllegalMove) for item in told) == 2


def test_a_promise_settled_meanwhile_does_not_climb() -> None:
    promise, proof = make(), Job()

    steps = iter([lambda: promises.climb(LONG_AFTER), lambda: promises.keep(promise, proof)])
    together(2, lambda: next(steps)())
    assert promises.climb(LONG_AFTER) == 0
    assert Promise.objects.get().climb_at is None
