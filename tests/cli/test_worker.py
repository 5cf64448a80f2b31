"""``cunlian worker`` as it is run: by hand, by cron, two at once, and ended."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from click.testing import CliRunner

from cunlian.cli.worker import worker
from cunlian.kernel import clock, jobs, messages, outbox, promises
from cunlian.kernel.access import Actor
from cunlian.kernel.jobs import Progress
from cunlian.kernel.models import Activity, Job, Message, OutboxEntry, Promise, Seal, Tick
from tests.processes import start

pytestmark = pytest.mark.django_db(transaction=True)


def test_once_does_everything_that_is_due(
    write: Callable[[int], list[Activity]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Activity] = []
    kind = promises.PromiseKind("test.case", "Case", (0, 0))
    monkeypatch.setitem(promises.KINDS, kind.code, kind)
    monkeypatch.setitem(outbox._reactions, "test.done", {"tell": told.append})
    monkeypatch.setitem(jobs.JOBS, "test", count)
    write(3)
    with clock.set_to(clock.at(date(2026, 7, 1), 9)):
        promise = promises.make("test.case", about=Job(), owner_id=None, working_days=1)
    messages.queue("k", "sms", "13912342716", "", "x")
    job = jobs.start("test", "x", Actor("user", user_id=uuid4()))
    result = CliRunner().invoke(worker, ["--once"], catch_exceptions=False)
    assert result.exit_code == 0
    assert len(told) == 3
    assert Promise.objects.get(pk=promise.pk).rung == 2
    assert Message.objects.get().state == "sent"
    assert Job.objects.get(pk=job.pk).state == "done"
    assert Seal.objects.exists()
    assert set(Tick.objects.values_list("name", flat=True)) >= {
        "seals.seal",
        "messages.forget_old",
        "jobs.restart_lost",
    }


def count(job: Job, progress: Progress) -> None:
    progress(1, 1, save=True)


def begin() -> subprocess.Popen[str]:
    child = start("worker", "--interval", "0.1")
    assert child.stderr
    assert "worker started" in child.stderr.readline()
    return child


def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_two_workers_send_everything_once_and_end_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = [begin(), begin()]
    for number in range(30):
        messages.queue(f"k{number}", "sms", "13912342716", "", f"text {number}")
    assert until(lambda: not Message.objects.exclude(state="sent").exists())
    for child in workers:
        child.send_signal(signal.SIGTERM)
    said = [child.communicate(timeout=60) for child in workers]
    assert [child.returncode for child in workers] == [0, 0]
    out = "".join(stdout for stdout, _stderr in said)
    assert sorted(out.count(f"text {number}\n") for number in range(30)) == [1] * 30
    assert all("worker ended" in stderr for _stdout, stderr in said)


def test_a_worker_killed_in_the_middle_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    child = begin()
    for number in range(200):
        messages.queue(f"k{number}", "sms", "13912342716", "", "x")
    assert until(lambda: Message.objects.filter(state="sent").exists())
    child.kill()
    child.communicate()
    with clock.set_to(clock.now() + messages.retries.LEASE * 2):
        CliRunner().invoke(worker, ["--once"], catch_exceptions=False)
    assert Message.objects.filter(state="sent").count() == 200
    assert not OutboxEntry.objects.exclude(state="done").exists()
