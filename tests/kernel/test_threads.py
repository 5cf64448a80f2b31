"""What came of what, and what strangers may read of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from cunlian.kernel import threads
from cunlian.kernel.access import Actor
from cunlian.kernel.models import CalendarDay, Job, Message, Promise, ThreadLink
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.threads import PublicLine

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 9)


def lines(keys: Collection[UUID]) -> dict[UUID, PublicLine]:
    return {key: PublicLine("Case", "Shuanghe", "Closed", DAY, "case") for key in keys}


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "_kinds", {})
    threads.add_public_line("message", lines, personal=True)
    threads.add_public_line("job", lines)


def test_a_thread_is_told_in_order_from_any_of_its_records() -> None:
    talk, case, project = Message(), Message(), Job()
    threads.link(talk, case, "became")
    threads.link(case, project, "led_to")
    told = [(step.ref.id, step.direction, step.relation) for step in threads.chain(case)]
    assert told == [
        (talk.pk, "before", "became"),
        (case.pk, "here", ""),
        (project.pk, "after", "led_to"),
    ]
    assert [step.ref.id for step in threads.chain(project)] == [talk.pk, case.pk, project.pk]


def test_linking_twice_links_once() -> None:
    one, other = Job(), Job()
    assert threads.link(one, other, "became") == threads.link(one, other, "became")
    assert ThreadLink.objects.count() == 1


def test_nothing_comes_of_itself() -> None:
    one, two, three = Job(), Job(), Job()
    threads.link(one, two, "became")
    threads.link(two, three, "became")
    for source, target in ((one, one), (two, one), (three, one)):
        with pytest.raises(Invalid):
            threads.link(source, target, "became")
    assert ThreadLink.objects.count() == 2


def test_a_long_thread_is_cut_and_costs_a_query_a_generation(django_assert_max_num_queries: Any) -> None:
    hub = Job()
    for _ in range(60):
        threads.link(Job(), hub, "merged")
    with django_assert_max_num_queries(2):
        assert len(threads.chain(hub)) == threads.MOST + 1


def test_a_ring_in_the_table_does_not_hang_the_page() -> None:
    one, two = uuid4(), uuid4()
    for source, target in ((one, two), (two, one)):
        ThreadLink.objects.create(
            source_kind="job",
            source_id=source,
            target_kind="job",
            target_id=target,
            relation="x",
            made_at="2026-07-09T00:00Z",
        )
    assert len(threads.chain(Job(id=one))) == 3


def test_strangers_read_of_a_personal_step_neither_day_nor_link() -> None:
    case, project = Message(), Job()
    threads.link(case, project, "led_to")
    before, here = threads.public_chain(project)
    assert before.line == PublicLine("Case", "Shuanghe", "Closed", None, "")
    assert here.line == PublicLine("Case", "Shuanghe", "Closed", DAY, "case")


def test_what_has_no_public_line_is_absent_for_strangers() -> None:
    promise, project = Promise(), Job()
    threads.link(promise, project, "led_to")
    assert [step.ref.id for step in threads.public_chain(project)] == [project.pk]


def test_what_is_withheld_ends_the_thread_for_that_viewer_only(monkeypatch: pytest.MonkeyPatch) -> None:
    origin, complaint, result = Job(), Message(), Job()
    threads.link(origin, complaint, "became")
    threads.link(complaint, result, "led_to")
    viewer, other = Actor("user", user_id=uuid4()), Actor("user", user_id=uuid4())
    monkeypatch.setattr(threads, "_kinds", {})
    threads.add_public_line("message", lines, withheld=lambda actor, keys: keys if actor == viewer else ())
    assert [step.ref.id for step in threads.chain(result, viewer)] == [result.pk]
    assert [step.ref.id for step in threads.chain(result, other)] == [origin.pk, complaint.pk, result.pk]


def test_only_records_can_be_linked() -> None:
    with pytest.raises(TypeError):
        threads.link(CalendarDay(), Job(), "became")
