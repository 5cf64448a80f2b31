"""Many rows of one model on their way into the database at once.

Past the model layer on purpose: a register of a hundred thousand people is made in seconds only when no object is built for
each row. PostgreSQL takes them by COPY, SQLite by one prepared statement.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, models

from cunlian.kernel.ids import uuid7_hex

AT_ONCE = 2_000


class Table:
    """``add`` takes the values of ``names`` in their order; other fields get their default. ``flush`` writes what waits."""

    def __init__(self, model: type[models.Model], *names: str) -> None:
        fields = {field.name: field for field in model._meta.concrete_fields}
        self._rest = tuple(_plain(field.get_default()) for name, field in fields.items() if name not in names)
        ordered = [*(fields[name] for name in names), *(field for name, field in fields.items() if name not in names)]
        columns = [str(field.column) for field in ordered]
        quote = connection.ops.quote_name
        self._into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
        self._width = len(columns)
        self._waiting: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        self._waiting.append(values + self._rest)
        if len(self._waiting) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        rows, self._waiting = self._waiting, []
        if rows:
            _write(self._into, self._width, rows)


class Links:
    """Which row of a list became whom: set on lines that stand there already."""

    def __init__(self, model: type[models.Model], batch: Any) -> None:
        quote = connection.ops.quote_name
        table, person = quote(model._meta.db_table), quote("person_id")
        self._sql = f"UPDATE {table} SET {person} = %s WHERE {quote('batch_id')} = %s AND {quote('number')} = %s"
        self._batch = batch
        self._waiting: list[tuple[Any, ...]] = []

    def add(self, person: Any, number: int) -> None:
        self._waiting.append((person, self._batch, number))

    def flush(self) -> None:
        rows, self._waiting = self._waiting, []
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(self._sql, rows)


def _plain(value: Any) -> Any:
    """A default as the database takes it."""
    if isinstance(value, dict | list):
        return str(value)
    return key(value) if isinstance(value, UUID) else value


def _copy(into: str, width: int, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(into: str, width: int, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * width)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)


def _write(into: str, width: int, rows: list[tuple[Any, ...]]) -> None:
    (_copy if connection.vendor == "postgresql" else _insert)(into, width, rows)


def adapters() -> tuple[Callable[[UUID], Any], Callable[[date], Any]]:
    """How this database is handed a key and a day."""
    if connection.vendor == "postgresql":
        return (lambda value: value), (lambda value: value)
    return (lambda value: value.hex), (lambda value: value.isoformat())


def new_key() -> Any:
    """The key of a row that is only written and not looked at here; PostgreSQL reads the digits as well."""
    return uuid7_hex()


def key(value: UUID) -> Any:
    return value if connection.vendor == "postgresql" else value.hex
