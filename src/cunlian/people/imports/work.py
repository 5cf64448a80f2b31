"""The long work on a list, in the background and in its owner's name."""

from __future__ import annotations

from uuid import UUID

from cunlian.kernel import jobs
from cunlian.kernel.models import Job
from cunlian.people.actors import actor_of_account
from cunlian.people.imports.actions import apply_import, check_import, undo_import
from cunlian.people.models import RegisterImport

JOB = "people.import"
_WORK = {"check": check_import, "apply": apply_import, "undo": undo_import}


def run(job: Job, progress: jobs.Progress) -> None:
    """Asks again what the owner may. A run that begins anew finds the list as it was: each is one transaction."""
    batch = RegisterImport.objects.get(pk=UUID(job.parameters["batch"]))
    _WORK[job.parameters["move"]](batch, by=actor_of_account(job.owner_id), progress=progress)
