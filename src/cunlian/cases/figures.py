"""What is counted about cases. Confirmed by the person, by a neighbour, and not at all are three figures, never one
"satisfaction"; handled is not fixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.cases.models import Case
from cunlian.cases.querysets import CaseQuerySet
from cunlian.cases.states import State
from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator

CASES = Unit(pgettext_lazy("unit", "request"), _("requests"))
DAYS = Unit(pgettext_lazy("unit", "day"), _("days"))


def _cases(viewer: Actor) -> CaseQuerySet:
    return Case.objects.visible_to(viewer)


def _in_state(state: State) -> Callable[[Actor], QuerySet[Case]]:
    return lambda viewer: _cases(viewer).filter(state=str(state))


def _answered(viewer: Actor) -> CaseQuerySet:
    return _cases(viewer).filter(answered_at__isnull=False)


def _taking(viewer: Actor) -> QuerySet[Case]:
    taken = ExpressionWrapper(F("answered_at") - F("reported_at"), output_field=DurationField())
    return _answered(viewer).annotate(taken=taken)


def whole_days(span: timedelta) -> int:
    """Calendar days begun: an answer the same day took one day."""
    return span.days + 1


for indicator in (
    Indicator("cases.received", _("Received"), CASES, _cases, when="reported_at"),
    Indicator("cases.handled", _("Answered"), CASES, _answered, when="reported_at"),
    Indicator(
        "cases.in_time", _("Answered in time"), CASES, lambda v: _cases(v).answered_in_time(), when="reported_at"
    ),
    Indicator("cases.confirmed", _("Confirmed by the person"), CASES, _in_state(State.CONFIRMED), when="reported_at"),
    Indicator("cases.vouched", _("Confirmed by a neighbour"), CASES, _in_state(State.VOUCHED), when="reported_at"),
    Indicator("cases.elapsed", _("No reply in the window"), CASES, _in_state(State.ELAPSED), when="reported_at"),
    Indicator("cases.awaiting", _("Answered, not confirmed yet"), CASES, _in_state(State.ANSWERED), when="reported_at"),
    Indicator("cases.open", _("Not answered yet"), CASES, lambda v: _cases(v).open(), when="reported_at"),
    Indicator("cases.overdue", _("Overdue and not answered"), CASES, lambda v: _cases(v).overdue(), when="reported_at"),
    Indicator(
        "cases.late", _("Answered late"), CASES, lambda v: _answered(v).answered_late(), when="reported_at"
    ),
    Indicator(
        "cases.otherwise", _("Ended otherwise"), CASES, lambda v: _cases(v).ended_otherwise(), when="reported_at",
        reading=_("not taken on, joined with another, withdrawn, or with the petition office"),
    ),
    Indicator("cases.reopened", _("Opened again"), CASES, lambda v: _cases(v).filter(reopened__gt=0), when="reported_at"),
    Indicator(
        "cases.median_days", _("Median time to the answer"), DAYS, _taking, measure="median", field="taken",
        when="reported_at", convert=whole_days,
    ),
):  # fmt: skip
    add_indicator(indicator)
