"""Proposals are made and confirmed by who draws the list up; the long work of a large one."""

from __future__ import annotations

from uuid import UUID

from cunlian.kernel import jobs
from cunlian.kernel.access import Actor, may
from cunlian.kernel.models import Job
from cunlian.kernel.moves import Move
from cunlian.organisations.assignment.actions.work import JOB, work_out
from cunlian.organisations.assignment.states import MAY, MOVES, State
from cunlian.organisations.models import Assignment
from cunlian.people.actors import actor_of_account


def available_moves(one: Assignment, by: Actor) -> list[Move]:
    """The moves this actor could make now."""
    return MOVES.starting_from(State(one.state)) if may(by, MAY, one.on_list) else []


def run(job: Job, progress: jobs.Progress) -> None:
    """In its owner's name. A run that begins anew finds the proposal as it was."""
    one = Assignment.objects.get(pk=UUID(job.parameters["assignment"]))
    work_out(one, by=actor_of_account(job.owner_id), progress=progress)


jobs.add_job(JOB, run)
