"""Long work: one result for its owner, a sentence when it fails, and it always ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from cunlian.kernel import jobs
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor
from cunlian.kernel.jobs import Progress
from cunlian.kernel.models import Activity, Job
from cunlian.kernel.refusals import Forbidden, Invalid

pytestmark = pytest.mark.django_db(transaction=True)
OWNER = Actor("user", user_id=uuid4())
Give = Callable[[jobs.Function], None]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    def register(function: jobs.Function) -> None:
        monkeypatch.setitem(jobs.JOBS, "test", function)

    return register


def start(**parameters: Any) -> Job:
    return jobs.start("test", "Cases of July", OWNER, **parameters)


def export(job: Job, progress: Progress) -> None:
    rows = int(job.parameters["rows"])
    with progress.file("cases.csv").open("w") as file:
        for row in range(rows):
            file.write(f"{row}\n")
            progress(row + 1, rows)


def test_the_queue_runs_it_and_only_its_owner_gets_the_file(give: Give, media: Path) -> None:
    give(export)
    job = start(rows=3)
    assert job.state == "waiting"
    jobs.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.attempts) == ("done", 3, 3, 1)
    assert jobs.path_of(job).read_text() == "0\n1\n2\n"
    assert jobs.path_of(job).is_relative_to(media / "jobs")
    assert list(Job.objects.visible_to(OWNER)) == [job]
    for other in (Actor("user", user_id=uuid4()), ANONYMOUS, SYSTEM):
        assert not Job.objects.visible_to(other).exists()
    assert Activity.objects.get(verb="jobs.started").object_id == job.pk


def test_only_an_account_can_start_one(give: Give) -> None:
    give(export)
    with pytest.raises(Forbidden):
        jobs.start("test", "x", ANONYMOUS)
    with pytest.raises(KeyError):
        jobs.start("unknown", "x", OWNER)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_refusal_is_told_in_its_own_words(give: Give) -> None:
    def refuse(job: Job, progress: Progress) -> None:
        progress.file("half.csv").write_text("half")
        raise Invalid(_("Choose fewer places."))

    give(refuse)
    job = start()
    jobs.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "Choose fewer places.")
    assert not jobs.path_of(job).exists()


def test_a_fault_is_told_without_personal_data_and_kept_for_whoever_mends_it(give: Give) -> None:
    def fail(job: Job, progress: Progress) -> None:
        raise RuntimeError("13912342716 is odd")

    give(fail)
    job = start(language="en")
    jobs.run_waiting()
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.ended_at
    assert "RuntimeError" in job.message
    assert "139" not in job.message
    assert "13912342716 is odd" in DBTaskResult.objects.get().traceback


def test_a_job_whose_worker_died_is_started_again_and_finishes(give: Give) -> None:
    give(export)
    job = start(rows=2)
    DBTaskResult.objects.update(status="RUNNING")  # the worker took it and died
    begun = jobs._begin(job.pk)
    assert begun
    Progress(begun).file("half.csv").write_text("half")
    half = jobs.path_of(begun)
    now = datetime.now(UTC)
    assert jobs.restart_lost(now) == 0
    assert jobs.restart_lost(now + timedelta(minutes=6)) == 1
    jobs.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert not half.exists()


def test_a_job_that_was_taken_and_never_begun_is_started_again(give: Give) -> None:
    give(export)
    job = start(rows=2)
    later = datetime.now(UTC) + timedelta(minutes=6)
    assert jobs.restart_lost(later) == 0  # it only waits its turn
    DBTaskResult.objects.update(status="RUNNING")
    assert jobs.restart_lost(later) == 1
    jobs.run_waiting()
    job.refresh_from_db()
    assert job.state == "done"


def test_a_job_that_kills_every_worker_fails_in_the_end(give: Give) -> None:
    give(export)
    job = start(rows=2)
    now = datetime.now(UTC)
    for _round in range(jobs.RUNS):
        assert jobs._begin(job.pk)
        now += timedelta(minutes=10)
        assert jobs.restart_lost(now) == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.message
    assert jobs.restart_lost(now + timedelta(days=1)) == 0


def test_a_slow_run_that_was_overtaken_stops_itself_and_changes_nothing(give: Give) -> None:
    job = start_one(give)
    slow = jobs._begin(job.pk)
    assert slow
    jobs.restart_lost(datetime.now(UTC) + timedelta(minutes=6))
    jobs.run_waiting()
    with pytest.raises(jobs.Overtaken):
        Progress(slow)(1, 2, save=True)
    jobs._fail(slow, "too late")
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "")
    assert jobs.path_of(job).exists()


def start_one(give: Give) -> Job:
    give(export)
    return start(rows=2)


def test_an_export_that_never_ends_is_ended(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(job: Job, progress: Progress) -> None:
        while True:
            progress(1, 2)

    monkeypatch.setattr(jobs, "LONGEST", timedelta(seconds=0.2))
    give(forever)
    job = start()
    jobs.run_waiting()
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.message


def test_a_worker_that_is_asked_to_end_puts_its_job_back(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(job: Job, progress: Progress) -> None:
        jobs.stopping.set()
        progress(1, 2, save=True)

    give(interrupted)
    job = start()
    jobs.run_waiting(limit=1)
    jobs.stopping.clear()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)
    give(lambda job, progress: None)
    jobs.run_waiting()
    job.refresh_from_db()
    assert job.state == "done"


def test_progress_is_saved_at_most_once_a_second(give: Give, django_assert_num_queries: Any) -> None:
    give(export)
    begun = jobs._begin(start(rows=1).pk)
    assert begun
    progress = Progress(begun)
    with django_assert_num_queries(0):
        for row in range(1000):
            progress(row, 1000)
    progress._saved -= 2
    with django_assert_num_queries(1):
        progress(1000, 1000)


def test_jobs_and_their_files_go_after_a_week(give: Give) -> None:
    job = start_one(give)
    jobs.run_waiting()
    job.refresh_from_db()
    path = jobs.path_of(job)
    assert jobs.forget_old(datetime.now(UTC) + timedelta(days=6)) == 0
    assert jobs.forget_old(datetime.now(UTC) + timedelta(days=8)) == 1
    assert not path.parent.exists()
    assert not Job.objects.exists()
