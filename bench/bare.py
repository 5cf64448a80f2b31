"""What the same SQL costs without Cunlian: the statements of a request are recorded twice, what differs between the two is
told apart as fresh (keys, receipts, sessions), and they are issued again through the bare driver, in one process, with the
same beginnings and ends of transactions and fresh keys each time. Results are fetched and thrown away."""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import psycopg
from django.db import DatabaseError, connection

from cunlian.kernel.ids import new_receipt, uuid7

Event = tuple[str, str, Any]
_HEX = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_RECEIPT = re.compile(r"(?<!\d)\d{11}(?!\d)")
_SAVEPOINT = re.compile(r'"s\d+_x\d+"')
_SESSION = re.compile(r"[a-z0-9]{32}")


@contextmanager
def recorded() -> Iterator[list[Event]]:
    """Statements with their parameters, and where transactions begin and end, as they reach the driver."""
    events: list[Event] = []
    plain = {name: getattr(connection, name) for name in ("_commit", "_rollback", "_set_autocommit")}

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        kind = "many" if many else "one"
        try:
            result = execute(sql, params, many, context)
        except DatabaseError:
            events.append((f"{kind} refused", sql, params))
            raise
        events.append((kind, sql, params))
        return result

    def noting(name: str, what: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            if name != "_set_autocommit" or arguments == (False,):
                events.append((what, "", ()))
            return plain[name](*arguments)

        return call

    for name, what in (("_commit", "COMMIT"), ("_rollback", "ROLLBACK"), ("_set_autocommit", "BEGIN")):
        setattr(connection, name, noting(name, what))
    try:
        with connection.execute_wrapper(record):
            yield events
    finally:
        for name in plain:
            delattr(connection, name)


def _walk(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _walk(item)
    else:
        yield value


def fresh_atoms(first: list[Event], second: list[Event]) -> set[str]:
    """Keys, receipts and sessions that are others the second time: each replay needs its own."""
    if [_SAVEPOINT.sub("", event[1]) for event in first] != [_SAVEPOINT.sub("", event[1]) for event in second]:
        raise SystemExit("the two recordings differ in their statements")
    atoms: set[str] = set()
    for one, other in zip(first, second, strict=True):
        for a, b in zip(_walk(one[2]), _walk(other[2]), strict=True):
            if a == b:
                continue
            for pattern in (_HEX, _RECEIPT, _SESSION):
                theirs = set(pattern.findall(str(b)))
                atoms |= {found for found in pattern.findall(str(a)) if found not in theirs}
    return {atom.replace("-", "") if len(atom) == 36 else atom for atom in atoms}


def _renewed(atoms: set[str]) -> dict[str, str]:
    """A new value for each atom, in all its forms."""
    new: dict[str, str] = {}
    for atom in atoms:
        if len(atom) == 11:
            new[atom] = new_receipt(atom[:4])
        elif atom[12:13] in "47" and all(char in "0123456789abcdef" for char in atom):
            key = uuid7()
            new |= {atom: key.hex, str(UUID(atom)): str(key)}
        else:
            new[atom] = secrets.token_hex(16)
    return new


def _with_new(value: Any, new: dict[str, str]) -> Any:
    if isinstance(value, list | tuple):
        return type(value)(_with_new(item, new) for item in value)
    if isinstance(value, UUID):
        return UUID(new[value.hex]) if value.hex in new else value
    if isinstance(value, str) and len(value) >= 11:
        for old, replacement in new.items():
            if old in value:
                value = value.replace(old, replacement)
    return value


def driver() -> Any:
    """The driver's own connection, in which a transaction begins and ends only where it is told to."""
    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor != "sqlite":
        raw.autocommit = True
    return raw


def for_driver(events: list[Event]) -> list[Event]:
    """With the marks of parameters as the driver takes them."""
    if connection.vendor != "sqlite":
        return events
    return [(kind, sql.replace("%s", "?").replace("%%", "%"), params) for kind, sql, params in events]


def replay(events: list[Event], atoms: set[str], *, seconds: float, most: int) -> list[float]:
    """Seconds of each replay. Only the driver's work is measured, not the making of fresh parameters."""
    raw, statements = driver(), for_driver(events)
    taken: list[float] = []
    until = time.perf_counter() + seconds
    while len(taken) < most and time.perf_counter() < until:
        new = _renewed(atoms)
        ready = [(kind, sql, _with_new(params, new)) for kind, sql, params in statements]
        start = time.perf_counter()
        try:
            issue(raw, ready)
        except (sqlite3.IntegrityError, psycopg.IntegrityError):
            # A receipt that is there already: a month has a million. The site looks for another, here it does not count.
            raw.rollback()
            continue
        taken.append(time.perf_counter() - start)
    return taken


def issue(raw: Any, statements: list[Event]) -> None:
    sqlite, cursor = connection.vendor == "sqlite", raw.cursor()
    for kind, sql, params in statements:
        if kind in ("COMMIT", "ROLLBACK"):
            raw.commit() if sqlite else cursor.execute(kind)
        elif kind == "BEGIN":
            cursor.execute("BEGIN")
        elif kind == "one refused":
            # An INSERT of what is there already: it was refused in the recording too.
            with suppress(sqlite3.IntegrityError, psycopg.IntegrityError):
                _execute(cursor, sql, params)
        elif kind == "many":
            cursor.executemany(sql, params)
        else:
            _execute(cursor, sql, params)
    cursor.close()


def _execute(cursor: Any, sql: str, params: Any) -> None:
    # Without parameters the text is final, as Django hands it over.
    cursor.execute(sql, params) if params else cursor.execute(sql)
    if cursor.description:
        cursor.fetchall()


def rate(taken: list[float]) -> float:
    """How many a second."""
    return len(taken) / sum(taken) if taken else 0.0
