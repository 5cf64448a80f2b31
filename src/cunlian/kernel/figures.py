"""The figure engine: a figure is a query with an address.

A domain declares indicators; the engine computes any of them for any place, area and period, for one viewer, and opens
exactly the records that viewer's own figure counted. Nobody can type a figure. Actual, planned, target, threshold, rule
and ordinal are different natures and are never added up; a distinct count is never added across places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Missing, Text

NATURES = {
    "actual": _("actual"),
    "planned": _("planned"),
    "target": _("target"),
    "threshold": _("threshold"),
    "rule": _("rule"),
    "ordinal": _("ordinal"),
    "structural": _("structural"),
    "declared": _("declared"),
}


@dataclass(frozen=True)
class Period:
    """Whole Shanghai days, both ends included."""

    first: date
    last: date

    def bounds(self) -> tuple[datetime, datetime]:
        return clock.bounds(self.first, self.last)


@dataclass(frozen=True)
class Unit:
    """What a figure counts, as it is said beside one and beside any other number: 1 case, 2 cases."""

    one: Text
    many: Text

    def beside(self, number: int | None) -> str:
        return str(self.one if number == 1 else self.many)

    def __str__(self) -> str:
        return str(self.many)


@dataclass(frozen=True)
class Indicator:
    """What is counted and how.

    ``rows(viewer)``: the records the viewer may see that belong to it, states filtered. ``measure``: count (rows),
    distinct (different values of ``field``), sum (of ``field``), max (of ``field``: the highest number reached), min (of
    ``field``: the fewest any row has, what a rule "at least one each" is checked by), median (of ``field``, an orderable
    alias). ``when``: the time or day field a period cuts (empty: a stock). ``dated``: a stock whose records say from when to
    when they held, so that ``rows(viewer, day)`` are those of a day; any other stock is told as of today only. ``place``:
    path to the place's key, empty where the rows are places.
    ``claims``: ids of published figures this can be checked against. ``reading``: how the words were understood.
    ``unit``: a ``Unit``, or a plain word for what has no singular (%, mu). ``decimals``: how many places of the value lie
    behind the point of that unit (38,331 with two is 383.31).
    """

    code: str
    name: Text
    unit: Unit | Text
    rows: Callable[..., QuerySet[Any]]
    measure: str = "count"
    field: str = "pk"
    when: str = ""
    when_is_day: bool = False
    place: str = "place"
    nature: str = "actual"
    claims: tuple[str, ...] = ()
    reading: Text = ""
    convert: Callable[[Any], int | None] | None = None
    decimals: int = 0
    dated: bool = False

    def tells(self, day: date | None) -> bool:
        """Whether it can be counted as of ``day``. What counts by a period is not asked for one."""
        return bool(self.when) or self.dated or day is None or day == clock.today()

    @property
    def code_path(self) -> str:
        return f"{self.place}__code" if self.place else "code"

    def unit_beside(self, number: int | None) -> str:
        """The unit as it is said with this number: 1 day, 2 days."""
        return self.unit.beside(number) if isinstance(self.unit, Unit) else str(self.unit)


@dataclass(frozen=True)
class Figure:
    """A computed value with all it takes to find it again. ``value`` None: nothing it could be computed from, or a day of
    which it cannot be told. ``day``: of a stock, as of which day."""

    indicator: Indicator
    value: int | None
    period: Period | None
    as_of: datetime
    day: date | None = None

    @property
    def told(self) -> bool:
        return self.indicator.tells(self.day)

    @property
    def amount(self) -> int | Decimal | None:
        """The value in its unit, as it is shown and given to programs."""
        cut = self.indicator.decimals
        return self.value if self.value is None or not cut else Decimal(self.value).scaleb(-cut)

    @property
    def nature(self) -> Text:
        return NATURES[self.indicator.nature]


Ranges = Sequence[tuple[str, str]]
INDICATORS: dict[str, Indicator] = {}


def add_indicator(indicator: Indicator) -> None:
    """Register once, at import of a domain's ``figures.py``."""
    if indicator.code in INDICATORS:
        raise ValueError(f"indicator {indicator.code} is registered twice")
    if indicator.nature not in NATURES:
        raise ValueError(f"{indicator.nature} is not a nature")
    INDICATORS[indicator.code] = indicator


def find(code: str) -> Indicator:
    if code not in INDICATORS:
        raise Missing(_("There is no figure with this name. Choose one from the catalogue."))
    return INDICATORS[code]


def trace(
    indicator: Indicator,
    viewer: Actor,
    *,
    within: Ranges | None = None,
    period: Period | None = None,
    day: date | None = None,
) -> QuerySet[Any]:
    """Exactly the records the figure counts for this viewer. ``within``: code ranges of the place or of the villages of an
    area, as ``places.code_range`` gives them; None: everywhere. ``day``: of a stock, as of which day; none of a day it
    cannot be told of."""
    rows = indicator.rows(viewer, day or clock.today()) if indicator.dated else indicator.rows(viewer)
    if not indicator.tells(day):
        return rows.none()
    if within is not None:
        inside = Q(pk__in=())
        for low, high in within:
            inside |= Q(**{f"{indicator.code_path}__gte": low, f"{indicator.code_path}__lt": high})
        rows = rows.filter(inside)
    if period and indicator.when:
        cut: dict[str, Any] = {f"{indicator.when}__range": (period.first, period.last)}
        if not indicator.when_is_day:
            first, end = period.bounds()
            cut = {f"{indicator.when}__gte": first, f"{indicator.when}__lt": end}
        rows = rows.filter(**cut)
    return rows


def _measure(indicator: Indicator, rows: QuerySet[Any]) -> int | None:
    if indicator.measure == "count":
        return rows.order_by().count()
    if indicator.measure == "distinct":
        return rows.order_by().values(indicator.field).distinct().count()
    if indicator.measure == "sum":
        total = rows.order_by().aggregate(total=Sum(indicator.field))["total"]
        return int(total) if total is not None else 0
    if indicator.measure == "max":
        highest = rows.order_by().aggregate(highest=Max(indicator.field))["highest"]
        return int(highest) if highest is not None else None
    if indicator.measure == "min":
        fewest = rows.order_by().aggregate(fewest=Min(indicator.field))["fewest"]
        return int(fewest) if fewest is not None else None
    return _median(indicator, rows)


def _median(indicator: Indicator, rows: QuerySet[Any]) -> int | None:
    """The lower median, read by position, so that every database gives the same."""
    values = rows.exclude(**{indicator.field: None}).order_by(indicator.field).values_list(indicator.field, flat=True)
    count = values.count()
    if not count:
        return None
    middle = values[(count - 1) // 2]
    return indicator.convert(middle) if indicator.convert else int(middle)


def compute(
    code: str,
    viewer: Actor,
    *,
    within: Ranges | None = None,
    period: Period | None = None,
    day: date | None = None,
) -> Figure:
    """The figure for this viewer; a stock as of ``day``, else of today. Raises Missing for an unknown code."""
    indicator = find(code)
    value = None
    if indicator.tells(day):
        value = _measure(indicator, trace(indicator, viewer, within=within, period=period, day=day))
    return Figure(indicator, value, period, clock.now(), None if indicator.when else day or clock.today())


def by_place(code: str, viewer: Actor, *, within: Ranges | None = None, period: Period | None = None) -> dict[str, int]:
    """Counts and sums per place code in one query; places without records are absent. Raises ValueError for the other
    measures, which do not add up from parts."""
    indicator = find(code)
    if indicator.measure not in ("count", "sum"):
        raise ValueError(f"{code} cannot be split by place in one query")
    rows = trace(indicator, viewer, within=within, period=period).order_by()
    measure = Count("pk") if indicator.measure == "count" else Sum(indicator.field)
    grouped = rows.values_list(indicator.code_path).annotate(n=measure)
    return {place: int(number or 0) for place, number in grouped}


def by_month(
    code: str, viewer: Actor, *, within: Ranges | None = None, period: Period | None = None
) -> dict[date, int]:
    """Counts and sums per Shanghai month (its first day) in one query."""
    indicator = find(code)
    if indicator.measure not in ("count", "sum") or not indicator.when:
        raise ValueError(f"{code} cannot be split by month in one query")
    rows = trace(indicator, viewer, within=within, period=period).order_by()
    measure = Count("pk") if indicator.measure == "count" else Sum(indicator.field)
    month = TruncMonth(indicator.when) if indicator.when_is_day else TruncMonth(indicator.when, tzinfo=clock.SHANGHAI)
    grouped = rows.annotate(month=month).values_list("month").annotate(n=measure).order_by("month")
    return {_as_day(start): int(number or 0) for start, number in grouped}


def _as_day(start: date | datetime) -> date:
    return clock.day_of(start) if isinstance(start, datetime) else start
