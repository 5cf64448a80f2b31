"""Recurring steps: once each time, whichever worker is there, and none holds up the others."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from cunlian.kernel import ticks

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 9, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "TICKS", {})


def test_a_step_runs_when_it_is_due_and_not_before() -> None:
    ran: list[datetime] = []

    def step(now: datetime) -> int:
        ran.append(now)
        return 3

    ticks.add_tick("x", 60, step)
    moments = [NOW + timedelta(seconds=seconds) for seconds in (0, 59, 60, 61, 600)]
    assert [ticks.run_due(moment) for moment in moments] == [{"x": 3}, {}, {"x": 3}, {}, {"x": 3}]
    assert ran == [moments[0], moments[2], moments[4]]


def test_one_that_fails_does_not_hold_up_the_others_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    ticks.add_tick("bad", 60, lambda now: 1 // 0)
    ticks.add_tick("good", 60, lambda now: 1)
    assert ticks.run_due(NOW) == {"good": 1}
    assert "tick bad failed" in caplog.text
    assert ticks.run_due(NOW + timedelta(seconds=30)) == {}
    assert ticks.run_due(NOW + timedelta(seconds=60)) == {"good": 1}


def test_a_name_is_registered_once() -> None:
    ticks.add_tick("x", 60, lambda now: 0)
    with pytest.raises(ValueError, match="twice"):
        ticks.add_tick("x", 60, lambda now: 0)


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_one_runs_it() -> None:
    ran: list[int] = []
    faults: list[BaseException] = []

    def step(now: datetime) -> int:
        ran.append(1)
        return 1

    ticks.add_tick("x", 60, step)
    gate = threading.Barrier(4)

    def work() -> None:
        try:
            gate.wait()
            ticks.run_due(NOW)
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not faults
    assert ran == [1]
