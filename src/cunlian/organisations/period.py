"""Days a row holds: from a day to a day (exclusive)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from cunlian.kernel import days
from cunlian.kernel.refusals import Invalid


def check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on <= starts_on:
        raise Invalid(_("The last day must lie after the first."), field="ends_on")


def check_end(starts_on: date, ends_on: date) -> None:
    """What runs may be ended from its first day on: on that day it never began."""
    if ends_on < starts_on:
        raise Invalid(
            _("It begins on %(day)s only. Choose that day, and it never begins, or a later one.")
            % {"day": days.day(starts_on)},
            field="ends_on",
        )
