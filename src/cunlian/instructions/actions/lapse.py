"""What is not done by the instruction's end is over: nothing hangs on a village for ever."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.instructions.models import Copy
from cunlian.instructions.promises import settle
from cunlian.instructions.states import MOVES
from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import IllegalMove


@transaction.atomic
def lapse_copy(copy: Copy, *, by: Actor = SYSTEM) -> Copy:
    """The instruction's last day has passed and this copy is not done."""
    copy = lock(copy)
    require(by, "instructions.lapse", copy)
    MOVES.check(copy, "lapse")
    if clock.today() <= copy.instruction.ends_on:
        raise IllegalMove(_("The instruction has not ended yet."))
    settle(copy, "lapsed")
    changed = MOVES.apply(copy, "lapse", ended_at=clock.now(), extra_asked=None)
    log.record(by, "instructions.lapsed", copy, changed=changed)
    return copy


def lapse_due(now: datetime, limit: int = 500) -> int:
    """End what is past its end. Run by the worker; returns how many."""
    due = list(Copy.objects.past_end(clock.day_of(now)).select_related("instruction").order_by("pk")[:limit])
    for copy in due:
        lapse_copy(copy)
    return len(due)
