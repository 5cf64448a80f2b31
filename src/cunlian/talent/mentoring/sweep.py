"""What the worker does for mentoring: a meeting whose day has come is owed from then on."""

from __future__ import annotations

from datetime import datetime

from cunlian.kernel import clock
from cunlian.talent.mentoring.actions.meetings import call_meeting
from cunlian.talent.models import Mentoring


def call_meetings(now: datetime, limit: int = 500) -> int:
    """Returns how many were called."""
    due = Mentoring.objects.meeting_due(clock.day_of(now)).order_by("meet_next_on", "pk")
    return len([call_meeting(one) for one in list(due[:limit])])
