"""What the worker does for paths home: looks in that fall due are called, what was said is forgotten a year after the end."""

from __future__ import annotations

from datetime import datetime

from cunlian.kernel import clock
from cunlian.talent.coming_home.actions.end import forget_path
from cunlian.talent.coming_home.actions.stay import call_care
from cunlian.talent.coming_home.forgetting import long_over
from cunlian.talent.models import Homecoming


def call_cares(now: datetime, limit: int = 500) -> int:
    """Returns how many were called."""
    due = Homecoming.objects.care_due(clock.day_of(now)).select_related("promise").order_by("next_care_on", "pk")
    return len([call_care(path) for path in list(due[:limit])])


def forget_over(now: datetime) -> int:
    return len([forget_path(path) for path in long_over(now)])
