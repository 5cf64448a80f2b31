"""The county decides how long mediation may take."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.deadlines import LONGEST_CHECK, LONGEST_MEDIATION, deadlines
from cunlian.cases.disputes.models import MediationDeadline
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import Place


def _check(mediate_days: int, check_days: int, reason: str, paper: str) -> None:
    for name, days, most in (
        ("mediate_days", mediate_days, LONGEST_MEDIATION),
        ("check_days", check_days, LONGEST_CHECK),
    ):
        if not 1 <= days <= most:
            raise Invalid(_("Write 1 to %(most)s working days.") % {"most": most}, field=name)
    if not reason.strip():
        raise Invalid(_("Please write why other days are right; mediators read it."), field="reason")
    if not paper.strip():
        raise Invalid(_("Name the paper that decides it, with its number or its day."), field="paper")


@transaction.atomic
def set_deadlines(
    *, by: Actor, root: Place, mediate_days: int, check_days: int, reason: str, paper: str
) -> MediationDeadline:
    """Other days for what is taken on or agreed from now on. Days already promised do not move."""
    root = lock(root)
    require(by, "disputes.set_deadlines", root)
    _check(mediate_days, check_days, reason, paper)
    before = deadlines(root)
    if (before.mediate_days, before.check_days) == (mediate_days, check_days):
        raise Invalid(_("These days hold already. Write other ones, or leave it as it is."), field="mediate_days")
    decided = MediationDeadline.objects.create(
        root=root, mediate_days=mediate_days, check_days=check_days, reason=reason.strip(), paper=paper.strip(),
        post_id=by.post_id, decided_at=clock.now(),
    )  # fmt: skip
    changed = {name: (getattr(before, name), getattr(decided, name)) for name in ("mediate_days", "check_days")}
    log.record(by, "disputes.deadlines_set", decided, changed=changed)
    return decided
