"""Handing a case to whoever the way to it ends at."""

from __future__ import annotations

from uuid import UUID

from cunlian.cases.routing import Route
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import record_gap


def hand_to(found: Route) -> UUID | None:
    """The key of the post it goes to; whoever was missing on the way is on record."""
    for gap in found.gaps:
        record_gap(by=SYSTEM, place=gap.place, matter=gap.matter, rank=gap.rank)
    return found.post.pk if found.post else None
