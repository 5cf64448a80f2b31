"""``verify`` names what a hand in the database did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from cunlian.kernel import log, seals
from cunlian.kernel.models import Activity, Seal, SealEntry
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.verification import Report, verify
from tests.guards import lift, lifted

Write = Callable[[int], list[Activity]]
pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(write: Write) -> list[Activity]:
    """Nine rows in three seals."""
    written = write(9)
    seals.seal(3)
    return written


def findings(report: Report) -> list[tuple[str, int | None, str]]:
    return [(finding.kind, finding.seal, finding.activity) for finding in report.findings]


def test_an_untouched_log_is_what_it_was(rows: list[Activity], write: Write) -> None:
    write(2)
    report = verify()
    assert report.ok
    assert (report.rows, report.seals, report.waiting) == (9, 3, 2)


def test_a_changed_row_is_named(rows: list[Activity]) -> None:
    with lifted():
        Activity.objects.filter(pk=rows[4].pk).update(verb="test.undone")
    assert findings(verify()) == [("changed", 2, rows[4].id.hex)]


@pytest.mark.parametrize("column", ["verb", "object_id", "place_id", "actor_id", "changed", "happened_at", "mac"])
def test_no_column_can_be_changed_unnoticed(rows: list[Activity], column: str) -> None:
    other = {"verb": "y", "changed": {}, "happened_at": rows[0].happened_at, "mac": b"1" * 32}
    with lifted():
        Activity.objects.filter(pk=rows[8].pk).update(**{column: other.get(column, rows[0].id)})
    assert findings(verify()) == [("changed", 3, rows[8].id.hex)]


def test_a_deleted_row_is_named(rows: list[Activity]) -> None:
    with lifted():
        Activity.objects.filter(pk=rows[0].pk).delete()
    assert findings(verify()) == [("missing", 1, rows[0].id.hex)]


def test_a_row_deleted_with_its_entry_leaves_a_hole(rows: list[Activity]) -> None:
    with lifted():
        SealEntry.objects.filter(pk=rows[4].pk).delete()
        Activity.objects.filter(pk=rows[4].pk).delete()
    assert findings(verify()) == [("missing", 2, ""), ("list", 2, "")]


def test_an_added_row_is_named(rows: list[Activity]) -> None:
    added = Activity.objects.get(pk=rows[0].pk)
    added.id = added.object_id
    added.save(force_insert=True)
    assert findings(verify()) == [("added", None, added.id.hex)]


def test_a_row_that_cannot_be_read_any_more_is_named(rows: list[Activity]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets nobody write what is no time")
    with lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_activity SET happened_at = 'yesterday' WHERE id = %s", [rows[4].id.hex])
    assert findings(verify()) == [("changed", 2, rows[4].id.hex)]


def test_a_missing_seal_breaks_the_chain(rows: list[Activity]) -> None:
    with lifted():
        SealEntry.objects.filter(seal_id=2).delete()
        Seal.objects.filter(number=2).delete()
    assert ("chain", 2, "") in findings(verify())


def test_a_changed_seal_breaks_the_chain(rows: list[Activity]) -> None:
    with lifted():
        Seal.objects.filter(number=2).update(count=4)
    assert {("chain", 2, ""), ("list", 2, "")} == set(findings(verify()))


def sent(folder: Path) -> Path:
    """The letters the auditor kept, words and all."""
    file = folder / "seals.txt"
    lines = [seals.line_of(seal) for seal in Seal.objects.order_by("number")]
    file.write_text("Dear auditor,\n\n" + "\n".join(lines), encoding="utf-8")
    return file


def forge(key: str) -> None:
    """What somebody with the database and the county's key can do: rewrite a row and every seal from there on."""
    row = Activity.objects.get(pk=key)
    row.verb = "test.undone"
    row.mac = log.digest(row)
    row.save()
    SealEntry.objects.filter(pk=row.pk).update(leaf=seals.leaf_of(row))
    previous = seals.ORIGIN
    for seal in Seal.objects.order_by("number"):
        tree = seals.Tree(bytes(leaf) for leaf in seal.entries.order_by("position").values_list("leaf", flat=True))
        seal.previous, seal.root = previous, tree.root
        seal.digest = previous = seals.digest_of(seal.number, previous, tree.root, seal.count)
        seal.save()


def test_a_chain_recomputed_with_the_key_is_caught_by_the_auditors_file(rows: list[Activity], tmp_path: Path) -> None:
    file = sent(tmp_path)
    assert verify(file).ok
    with lifted():
        forge(rows[4].id.hex)
    assert verify().ok, "without the file nothing in the database tells"
    assert findings(verify(file)) == [("file", 2, ""), ("file", 3, "")]


def test_a_log_cut_off_at_its_end_is_caught_by_the_auditors_file(rows: list[Activity], tmp_path: Path) -> None:
    file = sent(tmp_path)
    with lifted():
        SealEntry.objects.filter(seal_id=3).delete()
        Seal.objects.filter(number=3).delete()
        Activity.objects.filter(pk__in=[row.pk for row in rows[6:]]).delete()
    assert verify().ok
    assert findings(verify(file)) == [("file", 3, "")]


@pytest.mark.parametrize("text", ["", "no seals", '{"number": 1}', '{"number": 1, "digest": "zz"}', "{"])
def test_a_file_without_seals_is_refused(rows: list[Activity], tmp_path: Path, text: str) -> None:
    file = tmp_path / "x"
    file.write_text(text)
    with pytest.raises(Invalid):
        verify(file)


def test_a_missing_guard_is_named(rows: list[Activity]) -> None:
    with connection.cursor() as cursor:
        on = " ON kernel_seal" if connection.vendor == "postgresql" else ""
        cursor.execute("DROP TRIGGER kernel_seal_no_delete" + on)
    report = verify()
    assert [finding.kind for finding in report.findings] == ["guards"]
    assert "kernel_seal_no_delete" in report.findings[0].sentence


def test_a_database_without_any_guard_is_refused() -> None:
    lift()
    with pytest.raises(Exception, match="cunlian migrate"):
        verify()


def test_of_many_findings_the_first_hundred_are_kept(write: Write) -> None:
    write(150)
    seals.seal()
    with lifted():
        Activity.objects.update(verb="test.undone")
    report = verify()
    assert (report.found, len(report.findings)) == (150, 100)
    assert json.dumps(report.findings)
