"""Guards: rules the database itself keeps, against mistakes in our code and hands in its tables.

A guard is a trigger. They are installed by ``install`` after every migrate and never by a migration, because SQLite
drops a table's triggers silently when the table is rebuilt. Written for Citus as well, where a table has another name
and an empty search path on the worker: a guard reads only NEW, OLD and its own table by ``TG_RELID::regclass``.

Who may drop a trigger may also change the log; that is what the seals are for (see seals.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections, models, transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.models import Activity, Seal, SealEntry
from cunlian.kernel.refusals import Refusal


class GuardsMissing(Refusal):
    """The database would let the log be changed."""

    code = "guards-missing"


@dataclass(frozen=True)
class Function:
    """A PostgreSQL trigger function: its name and the text between ``$guard$`` marks."""

    name: str
    body: str


@dataclass(frozen=True)
class Guard:
    """One trigger. ``sqlite`` and ``postgresql`` are its CREATE TRIGGER statements, empty where it is not needed there.

    PostgreSQL's is written exactly as ``pg_get_triggerdef(oid, true)`` gives it back, SQLite keeps it word for word: so
    ``missing`` tells a guard that was replaced by a harmless one of the same name.
    """

    name: str
    table: str
    sqlite: str = ""
    postgresql: str = ""
    function: Function | None = None

    def text(self, vendor: str) -> str:
        return self.sqlite if vendor == "sqlite" else self.postgresql


GUARDS: dict[str, Guard] = {}


def add(guard: Guard) -> None:
    """Register a guard, once, at import of the module that needs it."""
    if guard.name in GUARDS:
        raise ValueError(f"guard {guard.name} is registered twice")
    GUARDS[guard.name] = guard


# 23001 (restrict_violation) reaches Django as IntegrityError, as SQLite's RAISE does.
APPEND_ONLY = Function(
    "guard_append_only",
    """
BEGIN
  IF TG_OP = 'UPDATE' AND TG_NARGS = 1
     AND to_jsonb(OLD) ->> TG_ARGV[0] IS NULL
     AND to_jsonb(NEW) ->> TG_ARGV[0] IS NOT NULL
     AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_RELID::regclass USING ERRCODE = '23001';
END;
""",
)


def append_only(model: type[models.Model], *, once: str = "") -> None:
    """Rows of ``model`` are never changed, deleted, replaced or truncated; the column ``once`` may be filled once."""
    table, key = model._meta.db_table, model._meta.pk.column
    kept = [field.column for field in model._meta.concrete_fields if field.column != once]
    same = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in kept)
    unless = f' WHEN NOT (OLD."{once}" IS NULL AND NEW."{once}" IS NOT NULL AND {same})' if once else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    argument = f"'{once}'" if once else ""

    add(
        Guard(
            f"{table}_no_update",
            table,
            f'CREATE TRIGGER {table}_no_update BEFORE UPDATE ON "{table}"{unless} {refuse}',
            f"CREATE TRIGGER {table}_no_update BEFORE DELETE OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {APPEND_ONLY.name}({argument})",
            APPEND_ONLY,
        )
    )
    add(
        Guard(
            f"{table}_no_delete",
            table,
            f'CREATE TRIGGER {table}_no_delete BEFORE DELETE ON "{table}" {refuse}',
            f"CREATE TRIGGER {table}_no_delete BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {APPEND_ONLY.name}()",
            APPEND_ONLY,
        )
    )
    # INSERT OR REPLACE removes the old row without firing its delete trigger.
    add(
        Guard(
            f"{table}_no_replace",
            table,
            f'CREATE TRIGGER {table}_no_replace BEFORE INSERT ON "{table}" '
            f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}" OR rowid = NEW.rowid) {refuse}',
        )
    )


append_only(Activity)
append_only(Seal, once="published_at")
append_only(SealEntry)


def install(using: str = "default") -> list[str]:
    """Put in place every guard that is missing or altered, on the tables there are; return their names. Does nothing,
    and takes no lock, when all stand."""
    connection = connections[using]
    absent = set(missing(using))
    if not absent:
        return []
    done = []
    with transaction.atomic(using=using), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in GUARDS.values():
            if guard.name in absent and guard.table in tables:
                _create(cursor, connection.vendor, guard)
                done.append(guard.name)
    return done


def _create(cursor: Any, vendor: str, guard: Guard) -> None:
    on = f" ON {guard.table}" if vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")
    if vendor == "postgresql" and guard.function:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {guard.function.name}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $guard${guard.function.body}$guard$"
        )
    cursor.execute(guard.text(vendor))


def missing(using: str = "default") -> list[str]:
    """Names of the guards that are absent, switched off or not as written here."""
    connection = connections[using]
    with connection.cursor() as cursor:
        standing = _standing_sqlite(cursor) if connection.vendor == "sqlite" else _standing_postgresql(cursor)
    return [
        guard.name
        for guard in GUARDS.values()
        if guard.text(connection.vendor) and standing.get(guard.name) != _expected(guard, connection.vendor)
    ]


def needed(using: str = "default") -> int:
    """How many guards this database should have."""
    return sum(bool(guard.text(connections[using].vendor)) for guard in GUARDS.values())


def _expected(guard: Guard, vendor: str) -> tuple[str, str]:
    body = guard.function.body if guard.function and vendor == "postgresql" else ""
    return guard.text(vendor), body


def _standing_sqlite(cursor: Any) -> dict[str, tuple[str, str]]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: (sql, "") for name, sql in cursor.fetchall()}


def _standing_postgresql(cursor: Any) -> dict[str, tuple[str, str]]:
    cursor.execute(
        """
        SELECT trigger.tgname, pg_get_triggerdef(trigger.oid, true), function.prosrc
        FROM pg_trigger AS trigger
        JOIN pg_class AS guarded ON guarded.oid = trigger.tgrelid
        JOIN pg_proc AS function ON function.oid = trigger.tgfoid
        WHERE NOT trigger.tgisinternal AND trigger.tgenabled IN ('O', 'A') AND pg_table_is_visible(guarded.oid)
        """
    )
    return {name: (definition, source) for name, definition, source in cursor.fetchall()}


def require(using: str = "default") -> None:
    """Raise GuardsMissing unless every guard stands."""
    names = missing(using)
    if names:
        raise GuardsMissing(
            _("The database lacks guards that keep the log from being changed (%(names)s). Run “cunlian migrate”.")
            % {"names": ", ".join(names)}
        )
