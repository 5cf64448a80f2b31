"""The one switch that lifts the database's guards. It lives here, out of production's reach, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from cunlian.kernel import guards


def lift() -> None:
    """Drop every guard there is, until ``guards.install()``."""
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in guards.GUARDS.values():
            if guard.table in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}" + on.format(table=guard.table))


@contextmanager
def lifted() -> Iterator[None]:
    """Run the block as somebody with full access to the database would."""
    lift()
    try:
        yield
    finally:
        guards.install()


def let_flush_through(monkeypatch: Any) -> None:
    """Django empties all tables after a test that commits; the guards must let only that through."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with lifted():
            flush(self)

    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
