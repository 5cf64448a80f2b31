"""Rows that hold from a day to a day (exclusive)."""

from __future__ import annotations

from datetime import date

from django.db.models import CheckConstraint, F, Q


def on(day: date, prefix: str = "") -> Q:
    """Dated rows that hold on ``day``: started by then and not ended."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": day})
    )


def ends_after_start(name: str) -> CheckConstraint:
    """The constraint every dated table carries: it never ends before it starts."""
    return CheckConstraint(name=name, condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")))
