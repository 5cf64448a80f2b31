"""The county decides how often mentor and mentees usually meet."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import Place
from cunlian.talent.mentoring.actions.mentoring import check_rhythm
from cunlian.talent.mentoring.usual import usual_rhythm
from cunlian.talent.models import MentoringRhythm


def _check(every_months: int, reason: str, paper: str) -> None:
    check_rhythm(every_months)
    if not reason.strip():
        raise Invalid(_("Please write why another rhythm is right; mentors read it."), field="reason")
    if not paper.strip():
        raise Invalid(_("Name the paper that decides it, with its number or its day."), field="paper")


@transaction.atomic
def set_rhythm(*, by: Actor, root: Place, every_months: int, reason: str, paper: str) -> MentoringRhythm:
    """Another rhythm for mentoring that begins from now on. What runs keeps the one it has."""
    root = lock(root)
    require(by, "mentoring.set_rhythm", root)
    _check(every_months, reason, paper)
    before = usual_rhythm(root)
    if before.every_months == every_months:
        raise Invalid(_("This rhythm holds already. Write another one, or leave it as it is."), field="every_months")
    decided = MentoringRhythm.objects.create(
        root=root, every_months=every_months, reason=reason.strip(), paper=paper.strip(), post_id=by.post_id,
        decided_at=clock.now(),
    )  # fmt: skip
    changed = {"every_months": (before.every_months, every_months)}
    log.record(by, "mentoring.rhythm_set", decided, changed=changed)
    return decided
