"""Writing many rows: PostgreSQL takes COPY, SQLite executemany.

``bulk``: indexes, foreign keys and guards are put aside first and put back after the last row, when the database checks
every reference; CHECK and UNIQUE hold for each row as it comes. Only for databases nobody else has open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from bench.clones import MOMENTS, Copies, columns
from cunlian.kernel import guards
from cunlian.kernel.models import Seal, SealEntry

TABLES = (*MOMENTS, Seal, SealEntry)


def write(copies: Copies) -> None:
    """Write and forget what is waiting, in the order of references."""
    for model in TABLES:
        rows = copies.rows.pop(model, [])
        if rows:
            _copy(model, rows) if connection.vendor == "postgresql" else _insert(model, rows)


def _raw() -> Any:
    connection.ensure_connection()
    return connection.connection


def _names(model: type[models.Model]) -> str:
    return ", ".join(f'"{column.column}"' for column in columns(model))


def _insert(model: type[models.Model], rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    # The driver's own cursor: Django's would look at every value again.
    _raw().cursor().executemany(f'INSERT INTO "{model._meta.db_table}" ({_names(model)}) VALUES ({marks})', rows)


def _copy(model: type[models.Model], rows: list[tuple[Any, ...]]) -> None:
    text = "\n".join(map("\t".join, rows)) + "\n"
    with _raw().cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({_names(model)}) FROM STDIN') as sink:
        sink.write(text)


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _asked(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@contextmanager
def bulk() -> Iterator[None]:
    """The tables without what slows each row down; all of it is there again afterwards, and checked."""
    names = [model._meta.db_table for model in TABLES]
    with _bulk_postgresql(names) if connection.vendor == "postgresql" else _bulk_sqlite(names):
        yield


@contextmanager
def _bulk_sqlite(names: list[str]) -> Iterator[None]:
    listed = ", ".join(f"'{name}'" for name in names)
    put_aside = _asked(
        f"SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql <> '' "
        f"AND tbl_name IN ({listed})"
    )
    put_aside = [row for row in put_aside if " UNIQUE " not in row[2]]
    _run("PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", *(f'DROP {kind} "{name}"' for kind, name, _ in put_aside))
    # Temporary files of sorting go to the disk: the indexes of a million cases do not fit beside everything else.
    _run("PRAGMA temp_store=DEFAULT", "PRAGMA wal_autocheckpoint=20000")
    yield
    _run(*(sql for _kind, _name, sql in put_aside))
    guards.install()
    wrong = _asked("PRAGMA foreign_key_check")
    if wrong:
        raise SystemExit(f"{len(wrong)} references lead nowhere, the first {wrong[0]}")
    _run("PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")


@contextmanager
def _bulk_postgresql(names: list[str]) -> Iterator[None]:
    listed = ", ".join(f"'{name}'::regclass" for name in names)
    keys = _asked(
        f"SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        f"WHERE contype = 'f' AND conrelid IN ({listed})"
    )
    indexes = _asked(
        f"SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        f"WHERE NOT indisunique AND indrelid IN ({listed})"
    )
    _run(*(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for table, name, _ in keys))
    _run(*(f"DROP INDEX {name}" for name, _ in indexes))
    yield
    _run("SET maintenance_work_mem = '512MB'", *(sql for _name, sql in indexes))
    _run(*(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {sql}' for table, name, sql in keys))
    _run("VACUUM (ANALYZE)")
