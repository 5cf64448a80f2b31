"""Long work that a person starts and comes back for: an export, an import.

The database is the queue (django-tasks). What goes wrong with long work is settled here:

* a run whose worker died, or that hangs, is silent for ``SILENCE`` and is started again, at most ``RUNS`` times; then the
  job fails with a sentence;
* a run that is only slow and was overtaken so stops itself at its next sign of progress: one result, from one run;
* a run that never ends is ended after ``LONGEST``, with a sentence that says what to do;
* a worker that is asked to stop puts its job back in the queue.

So a job function calls ``progress`` often, at least every few seconds of work, and can be run again from the start.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cunlian.kernel import clock, faults, log, ticks
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Job
from cunlian.kernel.refusals import Forbidden, Refusal

log.add_verb("jobs.started", gettext_lazy("Started"), gettext_lazy("started a long piece of work"), icon="player-play")

SILENCE = timedelta(minutes=5)
LONGEST = timedelta(hours=1)
RUNS = 3
KEPT = timedelta(days=7)
BACKEND = "default"
_State = Job.State
_UNFINISHED = (_State.WAITING, _State.RUNNING)
stopping = threading.Event()
"""Set when this process was asked to end: a running job puts itself back at its next sign of progress."""


class Overtaken(Exception):
    """Another run of the same job has begun; this one's result is not wanted."""


class Stopped(Exception):
    """The worker was asked to end; the job goes back to the queue."""


class TooLong(Refusal):
    code = "too-long"


class Progress:
    """How far a run is. Handed to the job's function: ``progress(done, total)``, saved at most once a second."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._begun = self._saved = monotonic()

    def __call__(self, done: int, total: int | None = None, *, save: bool = False) -> None:
        self.job.done = done
        self.job.total = total if total is not None else self.job.total
        now = monotonic()
        if now - self._begun > LONGEST.total_seconds():
            raise TooLong(_("This took longer than an hour and was stopped. Choose a shorter time or fewer places."))
        if not save and now - self._saved < 1:
            return
        self._saved = now
        if stopping.is_set():
            raise Stopped
        _save(self.job, done=self.job.done, total=self.job.total, heartbeat_at=clock.now())

    def file(self, name: str) -> Path:
        """Where to write the result: below MEDIA_ROOT, in a folder nobody can guess. Only the job's owner is handed it."""
        folder = Path("jobs") / secrets.token_urlsafe(24)
        (settings.MEDIA_ROOT / folder).mkdir(parents=True, mode=0o700)
        _save(self.job, file=str(folder / Path(name).name))
        return path_of(self.job)


Function = Callable[[Job, Progress], None]
JOBS: dict[str, Function] = {}


def add_job(name: str, function: Function) -> None:
    """Register what a job of this name does, once."""
    if name in JOBS:
        raise ValueError(f"job {name} is registered twice")
    JOBS[name] = function


@transaction.atomic
def start(name: str, title: str, by: Actor, **parameters: Any) -> Job:
    """Put a job in the queue for the person who asks. ``parameters`` are plain JSON values. It runs after commit, in the
    worker, in the name of its owner: the function asks again what the owner may see."""
    if by.user_id is None:
        raise Forbidden(gettext_lazy("Log in to start this: only the account that starts it can fetch the result."))
    if name not in JOBS:
        raise KeyError(name)
    now = clock.now()
    parameters = {"language": get_language(), **parameters}
    job = Job.objects.create(
        owner_id=by.user_id, name=name, title=title, parameters=parameters, started_at=now, heartbeat_at=now
    )
    _enqueue(job)
    log.record(by, "jobs.started", job, changed={"name": (None, name)})
    return job


def path_of(job: Job) -> Path:
    """The job's result file. Missing (empty) until the run has made one."""
    return Path(settings.MEDIA_ROOT) / job.file


@task(backend=BACKEND)
def run(job_id: str) -> None:
    """One run of a job, by the worker, in the language of the page it was started from."""
    job = _begin(UUID(job_id))
    if job is not None:
        with override(job.parameters.get("language") or settings.LANGUAGE_CODE):
            _run(job, Progress(job))


def _run(job: Job, progress: Progress) -> None:
    try:
        JOBS[job.name](job, progress)
        progress(job.total or job.done, save=True)
    except Overtaken:
        return
    except Stopped:
        _again(job, clock.now())
    except Exception as error:
        _fail(job, _sentence(error))
        if not isinstance(error, Refusal):
            raise  # the queue keeps the trace for whoever looks after the system
    else:
        _save(job, state=_State.DONE, ended_at=clock.now())


def run_waiting(limit: int | None = None) -> None:
    """Run what waits in the queue in this process and return. For tests and ``cunlian worker --once``."""
    queue_worker(batch=True, limit=limit).run()


def queue_worker(*, batch: bool = False, limit: int | None = None) -> Worker:
    """A worker of the queue; call ``run()``. Set ``running`` to False to end it after the task it is at."""
    return Worker(
        queue_names=["default"],
        interval=1,
        batch=batch,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=limit,
        worker_id=secrets.token_hex(8),
        excluded_queue_names=[],
    )


def restart_lost(now: datetime) -> int:
    """Start again what has been silent for too long, or fail it when it has been tried enough. Returns how many."""
    silent = Job.objects.filter(state__in=_UNFINISHED, heartbeat_at__lt=now - SILENCE)
    return sum(_restart(key, now) for key in list(silent.values_list("pk", flat=True)))


def forget_old(now: datetime) -> int:
    """Delete jobs a week after they ended, and their files."""
    old = list(Job.objects.filter(ended_at__lt=now - KEPT))
    for job in old:
        _discard(job)
        job.delete()
    return len(old)


def _enqueue(job: Job) -> None:
    result = run.enqueue(str(job.pk))
    Job.objects.filter(pk=job.pk).update(task_id=result.id)


@transaction.atomic
def _begin(job_id: UUID) -> Job | None:
    """The job, marked as running, or None when there is nothing to do: it has ended, or another run is at it."""
    job = Job.objects.select_for_update(no_key=True).filter(pk=job_id, state=_State.WAITING).first()
    if job is None:
        return None
    _discard(job)
    job.state, job.attempts, job.done, job.heartbeat_at = _State.RUNNING, job.attempts + 1, 0, clock.now()
    job.file = ""
    job.save(update_fields=["state", "attempts", "done", "heartbeat_at", "file"])
    return job


def _save(job: Job, **values: Any) -> None:
    """Save, if this is still the run that counts."""
    mine = Job.objects.filter(pk=job.pk, state=_State.RUNNING, attempts=job.attempts)
    if not mine.update(**values):
        raise Overtaken
    for name, value in values.items():
        setattr(job, name, value)


def _sentence(error: Exception) -> str:
    if isinstance(error, Refusal):
        return str(error)
    return _(
        "Something went wrong on our side (%(what)s). Start it again; if it happens again, tell the county's office."
    ) % {"what": faults.describe(error).partition(":")[0]}


def _fail(job: Job, sentence: str) -> None:
    try:
        _save(job, state=_State.FAILED, ended_at=clock.now(), message=sentence)
    except Overtaken:
        return
    _discard(job)


@transaction.atomic
def _again(job: Job, now: datetime) -> None:
    """Back into the queue without counting the run against the job."""
    _save(job, state=_State.WAITING, attempts=job.attempts - 1, heartbeat_at=now)
    _enqueue(job)


@transaction.atomic
def _restart(key: UUID, now: datetime) -> bool:
    job = Job.objects.select_for_update(no_key=True).get(pk=key)
    if job.state not in _UNFINISHED or job.heartbeat_at >= now - SILENCE:
        return False
    if job.state == _State.WAITING and _queued(job):
        return False
    if job.attempts >= RUNS:
        message = _(
            "It was started %(times)d times and stopped each time. Choose less at once, or tell the county's office."
        )
        job.state, job.ended_at, job.message = _State.FAILED, now, message % {"times": RUNS}
        _discard(job)
    else:
        job.state, job.heartbeat_at = _State.WAITING, now
        _enqueue(job)
    job.save(update_fields=["state", "ended_at", "message", "heartbeat_at"])
    return True


def _queued(job: Job) -> bool:
    """Whether the queue still has the job's entry: a long queue is no reason to start again."""
    return (
        job.task_id is not None and DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.READY).exists()
    )


def _discard(job: Job) -> None:
    """Delete the file of a run, finished or not."""
    if job.file:
        shutil.rmtree(path_of(job).parent, ignore_errors=True)


ticks.add_tick("jobs.restart_lost", 60, restart_lost)
ticks.add_tick("jobs.forget_old", 3600, forget_old)
