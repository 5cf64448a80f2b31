"""The county says what one post should carry at most."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Capacity, DutyCeiling
from cunlian.places.models import Place

HIGHEST = 500


@transaction.atomic
def decide_ceiling(*, by: Actor, root: Place, capacity: str, most: int, paper: str) -> DutyCeiling:
    """From now on a post with more duties of this capacity stands in the view of what is too much. Nothing is taken away by
    it: people decide."""
    root = lock(root)
    require(by, "organisations.decide_ceiling", root)
    if capacity not in Capacity.values:
        raise Invalid(_("Please choose in what capacity the posts answer."), field="capacity")
    if not 1 <= most <= HIGHEST:
        raise Invalid(_("Write a number from 1 to %(most)s.") % {"most": HIGHEST}, field="most")
    if not paper.strip():
        raise Invalid(_("Name the paper that decides it, with its number or its day."), field="paper")
    ceiling = DutyCeiling.objects.create(
        root=root, capacity=capacity, most=most, paper=paper.strip(), post_id=by.post_id, decided_at=clock.now()
    )
    log.record(
        by, "organisations.duty_ceiling_set", ceiling, changed={"most": (None, most), "capacity": (None, capacity)}
    )
    return ceiling
