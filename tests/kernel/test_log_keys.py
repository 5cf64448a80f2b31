"""The key of the log is changed, old rows keep theirs, and ``verify`` says which keys it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from cunlian.cli.integrity import verify as verify_command
from cunlian.kernel import log, seals
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Job
from cunlian.kernel.verification import verify
from tests.guards import lifted

Write = Callable[[int], list[Activity]]
pytestmark = pytest.mark.django_db
OLD, NEW = log.name_of("old"), log.name_of("new")
HOUR = timedelta(hours=1)


@pytest.fixture
def changed(write: Write, settings: Any) -> list[Activity]:
    """Two sealed rows under the old key and, with the new one in front, two under the new."""
    settings.LOG_KEY = "old"
    rows = write(2)
    seals.seal()
    settings.LOG_KEY = "new, old"
    rows += write(2)
    seals.seal()
    return rows


def findings() -> list[tuple[str, str]]:
    return [(finding.kind, finding.activity) for finding in verify().findings]


def test_each_row_names_the_key_it_was_written_with_and_not_the_key(changed: list[Activity]) -> None:
    assert [row.log_key for row in Activity.objects.order_by("pk")] == [OLD, OLD, NEW, NEW]
    assert "old" not in OLD and log.name_of("old2") != OLD and len(OLD) == 8


def test_old_and_new_rows_are_proven_each_by_its_key(changed: list[Activity]) -> None:
    report = verify()
    assert report.ok and dict(report.keys.rows) == {OLD: 2, NEW: 2}


@pytest.mark.parametrize("which", [0, 3])
def test_a_row_changed_under_either_key_is_named(changed: list[Activity], which: int) -> None:
    with lifted():
        Activity.objects.filter(pk=changed[which].pk).update(verb="test.undone")
    assert findings() == [("changed", changed[which].id.hex)]


def test_a_row_cannot_be_put_under_another_key(changed: list[Activity]) -> None:
    with lifted():
        Activity.objects.filter(pk=changed[0].pk).update(log_key=NEW)
        Activity.objects.filter(pk=changed[1].pk).update(log_key="12345678")
    assert findings() == [("changed", changed[0].id.hex), ("changed", changed[1].id.hex)]


def test_a_missing_key_is_named_with_the_rows_that_need_it(changed: list[Activity], settings: Any) -> None:
    settings.LOG_KEY = "new"
    [finding] = verify().findings
    assert finding.kind == "key" and OLD in finding.sentence and "2" in finding.sentence
    settings.LOG_KEY = "new, old"
    assert verify().ok


def test_what_was_changed_is_named_even_while_its_key_is_missing(changed: list[Activity], settings: Any) -> None:
    settings.LOG_KEY = "new"
    with lifted():
        Activity.objects.filter(pk=changed[0].pk).update(verb="test.undone")
    assert findings() == [("changed", changed[0].id.hex), ("key", "")]


def test_a_row_with_an_invented_key_is_named_and_never_sealed(changed: list[Activity]) -> None:
    row = log.build(SYSTEM, "test.done", Job())
    row.log_key = "12345678"
    row.save(force_insert=True)
    assert seals.seal(full=True) == []
    assert findings() == [("added", row.id.hex)]


def written_with_the_old_key(after: timedelta, settings: Any) -> Activity:
    settings.LOG_KEY, both = "old", settings.LOG_KEY
    row = log.build(SYSTEM, "test.done", Job())
    row.recorded_at += after
    row.mac = log.digest(row)
    row.save(force_insert=True)
    settings.LOG_KEY = both
    return row


@pytest.mark.parametrize("sealed", [True, False])
def test_a_key_that_was_changed_writes_no_more_rows(changed: list[Activity], settings: Any, sealed: bool) -> None:
    """Whoever kept the old key and has the database, may date the row back as they like: it is sealed too late."""
    late = log.build(SYSTEM, "test.done", Job())
    late.recorded_at += 2 * HOUR
    late.mac = log.digest(late)
    late.save(force_insert=True)
    seals.seal(full=True)
    row = written_with_the_old_key(-2 * HOUR, settings)
    if sealed:
        seals.seal(full=True)
    assert ("key", row.id.hex) in findings()


def test_a_process_that_still_had_the_old_key_is_no_finding(changed: list[Activity], settings: Any) -> None:
    written_with_the_old_key(HOUR / 60, settings)
    seals.seal(full=True)
    assert verify().ok


def test_the_command_says_which_keys_are_needed_and_which_are_not(changed: list[Activity], settings: Any) -> None:
    settings.LOG_KEY = "new, old, oldest"
    said = CliRunner().invoke(verify_command).output
    assert f"{OLD} (2)" in said and f"{NEW} (2)" in said and log.name_of("oldest") in said
