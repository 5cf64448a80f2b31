"""What a row of the log holds, and what it never holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cunlian.kernel import clock, ids, log
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Activity, Job, Look, OutboxEntry
from cunlian.kernel.outbox import wire
from cunlian.kernel.seals import is_genuine

Write = Callable[[int], list[Activity]]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("write")]
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
PLAIN = st.recursive(st.none() | st.booleans() | st.integers() | TEXT, st.lists, max_leaves=5)


def record(**changed: tuple[Any, Any]) -> Activity:
    return Activity.objects.get(pk=log.record(SYSTEM, "test.done", Job(), changed=changed).pk)


def test_a_row_says_who_did_what_to_what_and_on_whose_word() -> None:
    user, person, post, job = ids.uuid7(), ids.uuid7(), ids.uuid7(), Job()
    actor = Actor("user", user_id=user, post_id=post).for_("phone", person)
    row = log.record(actor, "test.done", job, changed={"done": (1, 2)})
    row.refresh_from_db()
    assert (row.actor_kind, row.actor_id, row.post_id) == ("user", user, post)
    assert (row.behalf_channel, row.behalf_id) == ("phone", person)
    assert (row.object_kind, row.object_id, row.changed) == ("job", job.id, {"done": [1, 2]})


def test_a_personal_field_stands_there_by_name_only() -> None:
    row = log.build(SYSTEM, "test.done", Job(), changed={"title": ("王秀英", "王秀莲"), "done": (0, 1)})
    assert row.changed == {"title": None, "done": [0, 1]}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (date(2026, 7, 1), "2026-07-01"),
        (clock.at(date(2026, 7, 1), 9), "2026-07-01T01:00:00+00:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ((1, "二"), [1, "二"]),
    ],
)
def test_values_are_kept_plainly(value: Any, kept: Any) -> None:
    assert record(done=(None, value)).changed == {"done": [None, kept]}


def test_a_fraction_does_not_belong_in_the_log() -> None:
    with pytest.raises(TypeError, match="float"):
        record(done=(0, 0.1))


def test_a_verb_nobody_registered_is_refused() -> None:
    with pytest.raises(KeyError):
        log.record(SYSTEM, "test.nosuch", Job())


def test_a_thing_without_a_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        log.record(SYSTEM, "test.done", Look())


def test_a_verb_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        log.add_verb("test.done", "", "")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(TEXT, st.tuples(PLAIN, PLAIN), max_size=3))
def test_whatever_it_holds_the_row_comes_back_genuine(changed: dict[str, tuple[Any, Any]]) -> None:
    assert is_genuine(record(**changed))


def test_when_it_happened_is_the_clocks_and_when_it_was_recorded_is_not(
    frozen_clock: Callable[[datetime], None],
) -> None:
    frozen_clock(clock.at(date(2020, 1, 1)))
    row = record()
    assert row.happened_at == clock.at(date(2020, 1, 1))
    assert datetime.now(UTC) - row.recorded_at < timedelta(minutes=1)


def test_a_reaction_is_queued_with_the_row_or_not_at_all() -> None:
    wire([("test.done", "test-reaction", lambda row: None)])
    record()
    assert [entry.reaction for entry in OutboxEntry.objects.all()] == ["test-reaction"]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record()
        raise ZeroDivisionError
    assert (Activity.objects.count(), OutboxEntry.objects.count()) == (1, 1)
