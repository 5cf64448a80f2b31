"""Every row lies in exactly one seal, and the seals hang together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from cunlian.kernel import clock, log, seals
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Job, Message, Seal, SealEntry
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.verification import verify
from tests.guards import lifted

Write = Callable[[int], list[Activity]]
pytestmark = pytest.mark.django_db


def rfc6962(leaves: list[bytes]) -> bytes:
    """The definition as the RFC writes it, section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + rfc6962(leaves[:split]) + rfc6962(leaves[split:])).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70))
def test_the_root_is_that_of_the_standard(leaves: list[bytes]) -> None:
    assert seals.Tree(leaves).root == rfc6962(leaves)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True), st.data())
def test_no_leaf_is_changed_moved_added_or_left_out_unnoticed(leaves: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    other = list(leaves)
    match data.draw(st.sampled_from(["change", "leave out", "add", "turn"])):
        case "change":
            other[at] = bytes(byte ^ 1 for byte in other[at])
        case "leave out":
            other.pop(at)
        case "add":
            other.insert(at, b"x" * 32)
        case _:
            other.reverse()
    root = seals.Tree(leaves).root
    assert other == leaves or not other or seals.Tree(other).root != root


@given(st.integers(1, 2**60), st.binary(min_size=32, max_size=32), st.integers(1, 2**31 - 1))
def test_the_digest_covers_number_and_count(number: int, root: bytes, count: int) -> None:
    digest = seals.digest_of(number, seals.ORIGIN, root, count)
    assert digest != seals.digest_of(number + 1, seals.ORIGIN, root, count)
    assert digest != seals.digest_of(number, seals.ORIGIN, root, count + 1)
    assert digest != seals.digest_of(number, root or b"x", seals.ORIGIN[:-1] + b"x", count)


def test_an_empty_log_writes_no_seal() -> None:
    assert seals.seal() == []


def test_a_backlog_goes_into_several_seals_that_continue_each_other(write: Write) -> None:
    rows = write(7)
    told: list[int] = []
    written = seals.seal(3, progress=told.append)
    assert told == [seal.count for seal in written] == [3, 3, 1]
    assert [seal.number for seal in written] == [1, 2, 3]
    assert [bytes(seal.previous) for seal in written] == [seals.ORIGIN, *(bytes(s.digest) for s in written[:-1])]
    assert set(SealEntry.objects.values_list("activity_id", flat=True)) == {row.id for row in rows}
    assert seals.seal() == []


def test_a_row_without_the_key_is_never_sealed(write: Write) -> None:
    write(2)
    Activity(**{**forged(), "mac": b"0" * 32}).save(force_insert=True)
    assert [seal.count for seal in seals.seal(1)] == [1, 1]


def forged() -> dict[str, object]:
    now = datetime.now(UTC)
    values = {"verb": "x", "object_kind": "job", "object_id": Activity().id, "actor_kind": "system"}
    return {**values, "happened_at": now, "recorded_at": now}


def test_an_unreadable_row_does_not_stop_the_others(write: Write) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets nobody write what is no UUID")
    write(2)
    with connection.cursor() as cursor:
        columns = [field.column for field in Activity._meta.concrete_fields][1:]
        names = ", ".join(columns)
        cursor.execute(
            f"INSERT INTO kernel_activity (id, {names}) SELECT 'garbage', {names} FROM kernel_activity LIMIT 1"
        )
    write(1)
    assert sum(seal.count for seal in seals.seal(1)) == 3
    assert [finding.activity for finding in verify().findings if finding.kind == "added"] == ["garbage"]


def test_a_row_that_came_late_is_named_until_the_full_look_finds_it(write: Write) -> None:
    write(1)
    seals.seal()
    late = log.build(SYSTEM, "test.done", Job())
    late.recorded_at -= timedelta(hours=3)
    late.mac = log.digest(late)
    late.save(force_insert=True)
    assert seals.seal() == []
    assert [(f.kind, f.activity) for f in verify().findings] == [("unsealed", late.id.hex)]
    assert [seal.count for seal in seals.seal(full=True)] == [1]
    assert verify().ok


def test_the_minutes_look_reaches_back_over_any_pause_of_the_sealer(write: Write) -> None:
    write(1)
    seals.seal()
    with lifted():
        Seal.objects.update(sealed_at=F("sealed_at") - timedelta(days=30))
    old = log.build(SYSTEM, "test.done", Job())
    old.recorded_at -= timedelta(days=20)
    old.mac = log.digest(old)
    old.save(force_insert=True)
    assert [seal.count for seal in seals.seal()] == [1]


def test_each_days_last_seal_is_published_once(
    write: Write, frozen_clock: Callable[[datetime], None], settings: Any
) -> None:
    settings.AUDITOR_EMAIL = "auditor@example.org"
    for days in (2, 1):
        write(2)
        written = seals.seal(1)
        with lifted():
            Seal.objects.filter(number__gte=written[0].number).update(sealed_at=clock.now() - timedelta(days=days))
    write(1)
    seals.seal()
    assert [seal.number for seal in seals.publish_due()] == [2, 4]
    assert [seal.number for seal in seals.published_seals()] == [4, 2]
    assert seals.publish_due() == []
    assert Message.objects.count() == 2
    assert seals.line_of(Seal.objects.get(number=4)) in Message.objects.get(key="seal:4").body
    frozen_clock(clock.now() + timedelta(days=1))
    assert [seal.number for seal in seals.publish_due()] == [5]


def test_a_day_that_is_not_over_is_not_published(write: Write) -> None:
    with pytest.raises(Invalid, match="."):
        seals.publish_day(clock.today())
    assert seals.publish_day(clock.today() - timedelta(days=1)) is None
