"""Each domain erases its own; the search for what is left looks everywhere."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from cunlian.kernel import clock, erasure, ids
from cunlian.kernel.models import Job, Look, Message
from tests.traces import find_traces

pytestmark = pytest.mark.django_db
PERSON = UUID("018f0000-0000-7000-8000-0000000000aa")


@pytest.fixture
def erasers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "ERASERS", {})
    erasure.add_eraser("looks", lambda person: Look.objects.filter(person_id=person).delete()[0])
    erasure.add_eraser("jobs", lambda person: Job.objects.filter(parameters__person=str(person)).delete()[0])


@pytest.fixture
def traces() -> None:
    Look.objects.create(person_id=PERSON, purpose="查看", happened_at=clock.now())
    about = {"person": str(PERSON), "name": "王秀英"}
    Job.objects.create(owner_id=ids.uuid7(), parameters=about, started_at=clock.now(), heartbeat_at=clock.now())


@pytest.mark.usefixtures("traces", "erasers")
def test_every_domain_erases_and_says_how_much() -> None:
    assert find_traces(PERSON, "王秀英") == {"kernel_look.person_id", "kernel_job.parameters"}
    assert erasure.erase(PERSON) == {"looks": 1, "jobs": 1}
    assert find_traces(PERSON, "王秀英") == set()
    assert erasure.erase(PERSON) == {"looks": 0, "jobs": 0}


@pytest.mark.usefixtures("traces", "erasers")
def test_when_one_domain_fails_nothing_is_erased() -> None:
    def fail(person: UUID) -> int:
        raise RuntimeError

    erasure.add_eraser("broken", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        erasure.erase(PERSON)
    assert Look.objects.count() == 1


@pytest.mark.usefixtures("erasers")
def test_an_eraser_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        erasure.add_eraser("looks", lambda person: 0)


@pytest.mark.usefixtures("traces")
def test_the_search_reads_text_json_keys_and_bytes() -> None:
    Message.objects.create(key="k", channel="sms", address=b"13800000000", try_at=clock.now(), body="致王秀英")
    assert find_traces("13800000000") == {"kernel_message.address"}
    assert find_traces("王秀英") == {"kernel_message.body", "kernel_job.parameters"}
    assert find_traces("nobody at all") == set()
