"""Notes go after their time; one from which something is still owed waits for it."""

from __future__ import annotations

from django.db import transaction

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.organisations.models import VisitNote

AT_ONCE = 500


@transaction.atomic
def erase_visits(*, by: Actor) -> int:
    """Erase what is past its day. Returns how many notes went."""
    require(by, "organisations.erase_visits")
    over = VisitNote.objects.filter(kept_until__lte=clock.today())
    due = list(over.exclude(promise__settled_at=None, promise__isnull=False).order_by("pk")[:AT_ONCE])
    for note in due:
        log.record(by, "organisations.visit_erased", note)
        note.delete()
    return len(due)
