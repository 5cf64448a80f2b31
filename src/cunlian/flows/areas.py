"""Areas drawn anew from what the register and the profiles say of villages, and adopted with the duties that hang on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cunlian.kernel import jobs
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Job
from cunlian.organisations.actions import end_duty
from cunlian.organisations.models import Duty
from cunlian.people.actors import actor_of_account
from cunlian.people.hollow import hollow_of
from cunlian.places.drawing.actions import Fact, adopt_drawing, draw_areas
from cunlian.places.drawing.actions.settle import emptied
from cunlian.places.drawing.actions.work import JOB
from cunlian.places.models import AreaDrawing, Place

STEPS_OF_SOLVING = 4


def facts_of(villages: Iterable[Place], told: Callable[[int], None] = lambda done: None) -> dict[UUID, Fact]:
    """Households and hollow index of each village: from the register where it is complete enough, else from the profile, as
    ``people.hollow`` decides."""
    facts = {}
    for done, village in enumerate(villages, start=1):
        reading = hollow_of(village)
        by_register = {part.code for part, taken in reading.lines if taken}
        of_profile = reading.profile.households if reading.profile else None
        households = reading.counted.households if "houses" in by_register else of_profile
        facts[village.pk] = Fact(households, reading.hollow.value)
        told(done)
    return facts


def run(job: Job, progress: jobs.Progress) -> None:
    """The long work of one drawing, in its owner's name. A run that begins anew finds the drawing as it was."""
    drawing = AreaDrawing.objects.get(pk=UUID(job.parameters["drawing"]))
    villages = [row.village for row in drawing.villages.select_related("village")]
    total = len(villages) + STEPS_OF_SOLVING
    facts = facts_of(villages, lambda done: progress(done, total))
    draw_areas(
        drawing, by=actor_of_account(job.owner_id), facts=facts,
        progress=lambda done, of: progress(len(villages) + done, len(villages) + of),
    )  # fmt: skip


@transaction.atomic
def adopt_areas(drawing: AreaDrawing, *, by: Actor, starts_on: date, reason: str, paper: str) -> AreaDrawing:
    """As ``adopt_drawing``; who answered for an area that ends does so up to that day."""
    ending = emptied(drawing)
    adopted = adopt_drawing(drawing, by=by, starts_on=starts_on, reason=reason, paper=paper)
    running = Q(ends_on=None) | Q(ends_on__gt=starts_on)
    for duty in Duty.objects.filter(running, area__in=ending):
        end_duty(duty, by=SYSTEM, ends_on=max(starts_on, duty.starts_on))
    return adopted


jobs.add_job(JOB, run)
