"""The database refuses to forget."""

from __future__ import annotations

import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from cunlian.kernel import guards, log
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, CalendarDay, Job, Seal, SealEntry
from tests.guards import lift, lifted

pytestmark = pytest.mark.django_db
LOG = [Activity, Seal, SealEntry]


@pytest.fixture(autouse=True)
def verb(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(log.VERBS, "test.done", log.Verb("test.done", "Done", "did it"))
    return "test.done"


@pytest.fixture
def filled(verb: str) -> None:
    row = log.record(SYSTEM, verb, Job())
    seal = Seal.objects.create(number=1, previous=b"", root=b"", count=1, digest=b"", sealed_at=row.recorded_at)
    SealEntry.objects.create(activity_id=row.id, seal=seal, position=0, leaf=b"")


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except IntegrityError as error:
        assert "is append-only" in str(error)
        return True
    return False


def test_all_guards_stand_after_migrate() -> None:
    assert guards.missing() == []
    assert guards.install() == []


@pytest.mark.parametrize("model", LOG)
@pytest.mark.usefixtures("filled")
def test_a_row_of_the_log_is_neither_changed_nor_deleted(model: type[models.Model]) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    assert refused(f"UPDATE {table} SET {key} = {key}")
    assert refused(f"DELETE FROM {table}")
    assert model._base_manager.count() == 1


@pytest.mark.parametrize("model", LOG)
@pytest.mark.usefixtures("filled")
def test_a_row_of_the_log_is_not_replaced(model: type[models.Model]) -> None:
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        connection.check_constraints()  # else PostgreSQL refuses for a reason of its own: pending checks of keys
        assert refused(f"TRUNCATE {table} CASCADE")
    else:
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        assert refused(f"UPDATE OR REPLACE {table} SET rowid = rowid + 1")


@pytest.mark.usefixtures("filled")
def test_a_seal_is_published_once_and_nothing_else_of_it_changes() -> None:
    assert refused("UPDATE kernel_seal SET published_at = sealed_at, count = 2")
    assert not refused("UPDATE kernel_seal SET published_at = sealed_at")
    assert refused("UPDATE kernel_seal SET published_at = NULL")
    assert refused("UPDATE kernel_seal SET published_at = sealed_at")


def test_missing_guards_are_named_and_put_back() -> None:
    lift()
    assert "kernel_activity_no_update" in guards.missing()
    with pytest.raises(guards.GuardsMissing, match="kernel_activity_no_update"):
        guards.require()
    assert "kernel_activity_no_update" in guards.install()
    guards.require()


def test_a_guard_replaced_by_a_harmless_one_is_missing() -> None:
    harmless = {
        "sqlite": "CREATE TRIGGER kernel_activity_no_update BEFORE UPDATE ON kernel_activity BEGIN SELECT 1; END",
        "postgresql": "CREATE TRIGGER kernel_activity_no_update BEFORE DELETE OR UPDATE ON kernel_activity "
        "FOR EACH ROW WHEN (false) EXECUTE FUNCTION guard_append_only()",
    }
    with lifted(), connection.cursor() as cursor:
        cursor.execute(harmless[connection.vendor])
        assert "kernel_activity_no_update" in guards.missing()


def test_a_guard_switched_off_or_hollowed_out_is_missing() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite can neither switch a trigger off nor call a function from it")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_seal DISABLE TRIGGER kernel_seal_no_update")
        assert guards.missing() == ["kernel_seal_no_update"]
        cursor.execute("ALTER TABLE kernel_seal ENABLE TRIGGER kernel_seal_no_update")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN NEW; END $$"
        )
    assert set(guards.missing()) == {name for name, guard in guards.GUARDS.items() if guard.postgresql}


@pytest.mark.django_db(transaction=True)
def test_guards_come_back_after_a_migration_rebuilds_the_table() -> None:
    old, new = Activity._meta.get_field("verb"), models.CharField(max_length=61)
    new.set_attributes_from_name("verb")
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(Activity, old, new, strict=True)
        if connection.vendor == "sqlite":
            assert "kernel_activity_no_update" in guards.missing(), "SQLite has learned to keep triggers: simplify"
        call_command("migrate", verbosity=0)
        assert guards.missing() == []
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Activity, new, old, strict=True)
        guards.install()


@pytest.mark.django_db(transaction=True)
def test_the_test_switch_empties_the_log_and_puts_the_guards_back(verb: str) -> None:
    thread = threading.Thread(target=lambda: (log.record(SYSTEM, verb, Job()), connection.close()))
    thread.start()
    thread.join()
    assert Activity.objects.count() == 1
    assert not CalendarDay.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_after_a_committing_test_the_log_is_empty_and_guarded() -> None:
    assert not Activity.objects.exists()
    assert guards.missing() == []
