"""Who brings lists into the register; what of them goes with a person; what is given up by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, jobs, ticks
from cunlian.kernel.access import SYSTEM, add_permission
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.people.imports import work
from cunlian.people.imports.actions import discard_import, forget_list
from cunlian.people.models import ImportLine, ImportTrace, RegisterImport
from cunlian.people.models.imports import BRINGERS

KEPT = timedelta(days=7)

add_permission("people.import_register", _("bring lists into the register"), *BRINGERS)


def forget_imports(person_id: UUID) -> int:
    """What stood in lists about them, and what they were before a list changed it: an erased person cannot go back. A list
    that waits and names them is given up; how the file of one that was taken over was called may name them too."""
    keys = set(ImportLine.objects.filter(person=person_id).values_list("batch", flat=True))
    lists = RegisterImport.objects.filter(pk__in=keys)
    for batch in lists.unfinished():
        forget_list(batch)
    return (
        lists.update(file_name="")
        + ImportLine.objects.filter(person=person_id).delete()[0]
        + ImportTrace.objects.filter(person=person_id).delete()[0]
    )


def tell_imports(person_id: UUID) -> list[Held]:
    """In which rows of which lists they stood, and what a list made or changed."""
    lines = ImportLine.objects.filter(person=person_id).select_related("batch__place").order_by("-pk")
    basis = _now("So that an import can be taken back")
    told = [
        Held(
            line.KIND, _now("Row of a list brought in"),
            facts(
                (_now("Village"), line.batch.place), (_now("Row"), line.number),
                (_now("What came of the row"), line.get_outcome_display()),
            ),
            clock.day_of(line.batch.brought_at), basis,
        )
        for line in lines
    ]  # fmt: skip
    made = ImportTrace.objects.filter(person=person_id).select_related("batch__place").order_by("-pk")
    return told + [
        Held(
            trace.KIND, _now("Entered from a list") if trace.made else _now("Changed by a list; what stood before is kept"),
            facts((_now("Village"), trace.batch.place)), clock.day_of(trace.batch.brought_at), basis,
        )
        for trace in made
    ]  # fmt: skip


def give_up_old(now: datetime) -> int:
    """A list nobody took over within a week goes, with its file: names and numbers do not lie about."""
    old = [batch for batch in RegisterImport.objects.unfinished().filter(brought_at__lt=now - KEPT) if not batch.busy]
    for batch in old:
        discard_import(batch, by=SYSTEM)
    return len(old)


add_eraser("people.imports", forget_imports)
add_teller("people.imports", tell_imports)
ticks.add_tick("people.give_up_imports", 3600, give_up_old)
jobs.add_job(work.JOB, work.run)
