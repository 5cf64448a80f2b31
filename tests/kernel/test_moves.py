"""Moves are data: what starts where, where it leads, and what is said when it is not possible."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import models

from cunlian.kernel import clock
from cunlian.kernel.models import Job
from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import IllegalMove

pytestmark = pytest.mark.django_db


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"


MOVES = Moves(
    State,
    [
        Move("begin", frozenset({"waiting"}), "running", "Begin", "jobs.begin"),
        Move("note", frozenset({"waiting", "running"}), None, "Note", "jobs.note"),
        Move("end", frozenset({"running"}), "done", "End", "jobs.end"),
    ],
)


@pytest.fixture
def job() -> Job:
    now = clock.now()
    return Job.objects.create(owner_id=uuid4(), name="x", title="x", started_at=now, heartbeat_at=now)


@pytest.mark.parametrize(
    ("state", "names"), [("waiting", ["begin", "note"]), ("running", ["note", "end"]), ("done", [])]
)
def test_the_table_says_what_starts_where(state: str, names: list[str]) -> None:
    assert [move.name for move in MOVES.starting_from(state)] == names


def test_a_move_changes_the_state_and_says_what_changed(job: Job) -> None:
    changed = MOVES.apply(job, "begin", done=1)
    assert changed == {"state": ("waiting", "running"), "done": (0, 1)}
    job.refresh_from_db()
    assert (job.state, job.done) == ("running", 1)


def test_a_move_that_stays_changes_only_its_values(job: Job) -> None:
    assert MOVES.apply(job, "note", done=2) == {"done": (0, 2)}
    assert MOVES.apply(job, "note", done=2) == {}


def test_a_move_saves_only_its_own_fields(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(title="changed by somebody else")
    MOVES.apply(job, "begin")
    job.refresh_from_db()
    assert job.title == "changed by somebody else"


@pytest.mark.parametrize(
    ("state", "name"), [("waiting", "end"), ("running", "begin"), ("done", "begin"), ("done", "note")]
)
def test_a_move_from_elsewhere_is_refused_with_where_it_stands(job: Job, state: str, name: str) -> None:
    job.state = state
    with pytest.raises(IllegalMove) as refused:
        MOVES.apply(job, name)
    assert str(State(state).label) in str(refused.value)
    assert refused.value.status == 409
    job.refresh_from_db()
    assert job.state == "waiting"


def test_an_unknown_move_is_a_fault_of_ours(job: Job) -> None:
    with pytest.raises(KeyError):
        MOVES.check(job, "fly")
