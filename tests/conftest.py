"""What holds for every test: no network, no undefined template variables, a clock that stops, guards in place."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.utils import translation

from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Job
from tests.browser.left_out import pytest_terminal_summary  # noqa: F401  (a hook: names the journeys left out)
from tests.guards import let_flush_through
from tests.order import reverse_unordered
from tests.templates import check_templates

pytest_plugins = ["tests.cast"]
# A busy machine is slow and no reason to fail: only what comes out counts.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")
LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}


@pytest.fixture(autouse=True, scope="session")
def harness() -> Iterator[None]:
    """Network blocked, template variables checked, rows without an order turned round, emptying of tables let past the
    guards: once for the whole run."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise RuntimeError(f"Tests reach no network, but this one called {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(socket.socket, "connect", connect_locally)
        check_templates(monkeypatch)
        let_flush_through(monkeypatch)
        reverse_unordered(monkeypatch)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """At the end of the run nobody may be left in the test database, or it cannot be dropped: a thread of the live server
    or a process a test has ended may still hold a session for a moment."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Outside a request tests read English, whatever language a page of the test before was in."""
    with translation.override("en"):
        yield


@pytest.fixture
def frozen_clock() -> Iterator[Callable[[datetime], None]]:
    """Stop the clock: ``frozen_clock(clock.at(date(2026, 7, 1), 9))``. May be called again to move it."""
    with ExitStack() as stack:
        yield lambda instant: stack.enter_context(clock.set_to(instant))


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[Activity]]:
    """``write(3)`` records three rows in the log."""
    monkeypatch.setitem(log.VERBS, "test.done", log.Verb("test.done", "Done", "did it"))
    return lambda count: [log.record(SYSTEM, "test.done", Job(), changed={"title": ("", str(n))}) for n in range(count)]
