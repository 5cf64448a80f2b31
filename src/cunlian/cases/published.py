"""What anybody may know about the requests of a village: numbers by month, never a line about one of them.

Complaints about service are in no number here. Cells under five are hidden, and no total is given beside them, so that
sums do not give them back (architecture.md, What a number may not tell).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from cunlian.cases.models import Case
from cunlian.cases.states import OPEN, State
from cunlian.kernel import clock
from cunlian.places.models import Place, code_range

LEAST = 5


@dataclass(frozen=True)
class Month:
    """Requests that came in that month, and what became of them by now. None: hidden, because fewer than five."""

    first: date
    received: int | None
    answered: int | None
    confirmed: int | None


def _hidden(count: int) -> int | None:
    return count if count >= LEAST or count == 0 else None


def _months_back(today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 - (months - 1)
    return date(index // 12, index % 12 + 1, 1)


def _of_village(village: Place) -> Q:
    low, high = code_range(village.code)
    return Q(place__code__gte=low, place__code__lt=high, confidential=False)


def by_month(village: Place, months: int = 6) -> list[Month]:
    """The last months, newest first. One query."""
    today = clock.today()
    first = _months_back(today, months)
    rows = (
        Case.objects.filter(_of_village(village), reported_at__gte=clock.at(first))
        .annotate(month=TruncMonth("reported_at", tzinfo=clock.SHANGHAI))
        .values("month")
        .annotate(
            received=Count("pk"),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
            confirmed=Count("pk", filter=Q(state__in=[str(State.CONFIRMED), str(State.VOUCHED)])),
        )
    )
    found = {clock.day_of(row["month"]): row for row in rows}
    lines = []
    for back in range(1, months + 1):
        month = _months_back(today, back)
        row = found.get(month, {"received": 0, "answered": 0, "confirmed": 0})
        lines.append(Month(month, _hidden(row["received"]), _hidden(row["answered"]), _hidden(row["confirmed"])))
    return lines


def open_now(village: Place) -> int | None:
    """How many wait for an answer today; None when fewer than five."""
    states = sorted(str(state) for state in OPEN)
    return _hidden(Case.objects.filter(_of_village(village), state__in=states).count())
