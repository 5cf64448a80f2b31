"""What anybody may know about the requests of a village: numbers by month, and of single ones only the pictures and words
that staff chose to show once it was put right.

Complaints about service are in no number here. Cells under five are hidden, and no total is given beside them, so that
sums do not give them back (architecture.md, What a number may not tell).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from cunlian.cases.models import Case, Showing
from cunlian.cases.states import OPEN, State
from cunlian.kernel import clock
from cunlian.kernel.models import Attachment
from cunlian.kernel.querysets import AttachmentQuerySet
from cunlian.places.models import Place
from cunlian.places.querysets import code_q

LEAST = 5
# By the person, by a neighbour, by nobody: three numbers, never one.
ENDS = {"confirmed": State.CONFIRMED, "vouched": State.VOUCHED, "elapsed": State.ELAPSED}
NOTHING = dict.fromkeys(("received", "answered", *ENDS), 0)


@dataclass(frozen=True)
class Month:
    """Requests that came in that month, and what became of them by now. None: hidden, because fewer than five."""

    first: date
    received: int | None
    answered: int | None
    confirmed: int | None
    vouched: int | None
    elapsed: int | None

    @property
    def ends(self) -> tuple[int | None, int | None, int | None]:
        """By the person, by a neighbour, by nobody. None: under five, or what one under five could be computed from."""
        return self.confirmed, self.vouched, self.elapsed


def _hidden(count: int) -> int | None:
    return count if count >= LEAST or count == 0 else None


def _hidden_parts(counts: list[int]) -> list[int | None]:
    """Parts of one number: where a single one is hidden, the next smallest too, or it could be computed back."""
    shown = [_hidden(count) for count in counts]
    rest = [count for count in counts if count >= LEAST]
    if shown.count(None) == 1 and rest:
        shown[counts.index(min(rest))] = None
    return shown


def _months_back(today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 - (months - 1)
    return date(index // 12, index % 12 + 1, 1)


def _of_village(village: Place) -> Q:
    return code_q(village.code, "place__") & Q(confidential=False)


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
            **{name: Count("pk", filter=Q(state=str(state))) for name, state in ENDS.items()},
        )
    )
    found: dict[date, Any] = {clock.day_of(row["month"]): row for row in rows}
    lines = []
    for back in range(1, months + 1):
        month = _months_back(today, back)
        row = found.get(month, NOTHING)
        ends = _hidden_parts([row[name] for name in ENDS])
        lines.append(Month(month, _hidden(row["received"]), _hidden(row["answered"]), *ends))
    return lines


@dataclass(frozen=True)
class Shown:
    """Pictures of something that was put right, and the words for everybody; never whose request it was."""

    words: str
    month: date
    pictures: list[Attachment]


def shown_in(village: Place, most: int = 6) -> list[Shown]:
    """The newest first. Two queries."""
    rows = list(Showing.objects.running().filter(code_q(village.code, "case__place__")).select_related("case")[:most])
    pictures = _pictures({row.case_id for row in rows})
    lines = [(row, [one for one in pictures if one.about_id == row.case_id]) for row in rows]
    return [Shown(row.words, clock.day_of(row.shown_at).replace(day=1), found) for row, found in lines if found]


def shown_picture(village: Place, key: UUID) -> Attachment | None:
    """A picture shown on the village's page today, and none other."""
    cases = Showing.objects.running().filter(code_q(village.code, "case__place__")).values("case")
    return _pictures(cases).filter(pk=key).first()


def shown_with(case: Case) -> AttachmentQuerySet:
    """Pictures shown on the receipts of a case."""
    return _pictures(Showing.objects.running().filter(case=case).values("case"))


def _pictures(cases: Any) -> AttachmentQuerySet:
    """Blurred copies that are shown, of these cases."""
    found = Attachment.objects.public().filter(about_kind=Case.KIND, about_id__in=cases, blurred_from__isnull=False)
    return found.select_related("evidence").order_by("created_at", "pk")


def open_now(village: Place) -> int | None:
    """How many wait for an answer today; None when fewer than five."""
    states = sorted(str(state) for state in OPEN)
    return _hidden(Case.objects.filter(_of_village(village), state__in=states).count())
