"""What the worker does for applications: what was not taken is forgotten after half a year."""

from __future__ import annotations

from datetime import datetime

from cunlian.talent.partners.actions.apply import forget_application
from cunlian.talent.partners.forgetting import long_over


def forget_over(now: datetime) -> int:
    return len([forget_application(one) for one in long_over(now)])
