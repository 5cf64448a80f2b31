"""What the worker does for this domain: duties and stand-ins that begin today close gaps without anybody pressing a key."""

from __future__ import annotations

from datetime import datetime

from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import close_gaps
from cunlian.organisations.models import Gap


def sweep_gaps(now: datetime) -> int:
    """Close every gap somebody answers for by now. Returns how many."""
    places = {gap.place for gap in Gap.objects.open().select_related("place")}
    return sum(len(close_gaps(by=SYSTEM, place=place)) for place in places)
