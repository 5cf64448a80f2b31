"""What the district page says, each number with the address of its records.

Counts per village and month are asked for once each and added up here for areas and the whole; medians and distinct
counts are never added, each is computed for its own place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from cunlian.cases.models import Category
from cunlian.cases.querysets import READERS
from cunlian.desk.figures.map import Picture, picture
from cunlian.kernel import clock, figures
from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Period, Ranges
from cunlian.places.models import Area, AreaMembership, District, Place, code_range, on
from cunlian.places.territory import territory_q
from cunlian.ui import formats
from cunlian.ui.pieces import Bar, Chart, Series

VILLAGE_DIGITS = 12


@dataclass(frozen=True)
class Card:
    """A figure of the strip at the top, with one line below it. ``before``: its value in the same days a year earlier, and
    the address of the records of then."""

    label: str
    value: int | None
    unit: str
    url: str
    note: str = ""
    share: tuple[int, int] | None = None
    before: tuple[int, str] | None = None

    @property
    def change(self) -> str:
        """How the value stands against that of a year earlier, in words."""
        if self.before is None or self.value is None:
            return ""
        more = self.value - self.before[0]
        if more == 0:
            return _("as many")
        said = (
            pgettext("than a year earlier", "%(n)s more")
            if more > 0
            else pgettext("than a year earlier", "%(n)s fewer")
        )
        return said % {"n": formats.number(abs(more))}


@dataclass(frozen=True)
class Row:
    """A line of the table by area or village."""

    label: str
    url: str
    villages: int
    received: int
    open: int
    overdue: int
    answered: int
    in_time: int
    query: str


@dataclass(frozen=True)
class Check:
    """Two numbers that must agree."""

    sentence: str
    agrees: bool


def default_period() -> Period:
    """The twelve months up to today."""
    today = clock.today()
    first = date(today.year - 1, today.month, 1)
    return Period((first + timedelta(days=32)).replace(day=1), today)


def a_year_before(period: Period) -> Period:
    """The same days of the year before; 29 February falls on the 28th."""

    def back(day: date) -> date:
        return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)

    return Period(back(period.first), back(period.last))


def months_of(period: Period) -> list[date]:
    found, month = [], period.first.replace(day=1)
    while month <= period.last:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


class Overview:
    """All parts of the page for one viewer, one place and one period."""

    def __init__(self, viewer: Actor, place: Place, period: Period, area: Area | None = None) -> None:
        self.viewer, self.place, self.period, self.area = viewer, place, period, area
        self.within: Ranges = self._ranges()
        self._values: dict[str, int | None] = {}

    def _ranges(self) -> Ranges:
        if self.area is None:
            return [code_range(self.place.code)]
        members = AreaMembership.objects.filter(on(clock.today()), area=self.area)
        return [code_range(code) for code in members.values_list("place__code", flat=True)]

    @property
    def partial(self) -> bool:
        """The viewer works for less than the page is about, so that it counts less."""
        held = [(grant.low, grant.high) for grant in self.viewer.grants if grant.role in READERS]
        return any(not any(low <= first and last <= high for low, high in held) for first, last in self.within)

    def url(self, code: str, **more: str) -> str:
        """The address of a figure: the page that lists exactly the records it counts."""
        query = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat(), "place": self.place.code}
        if self.area is not None:
            query["area"] = str(self.area.pk)
        return f"{reverse('desk:figure', args=[code])}?{urlencode(query | more)}"

    def value(self, code: str) -> int | None:
        """Counted once a page: cards, steps, sums and the table's last line tell the same number."""
        if code not in self._values:
            self._values[code] = figures.compute(code, self.viewer, within=self.within, period=self.period).value
        return self._values[code]

    def number(self, code: str) -> int:
        return self.value(code) or 0

    def _before(self, code: str) -> tuple[int, str] | None:
        """None where nothing is on record of a year earlier: no number is compared with an empty register."""
        then = a_year_before(self.period)
        value = figures.compute(code, self.viewer, within=self.within, period=then).value
        url = self.url(code, **{"from": then.first.isoformat(), "to": then.last.isoformat()})
        return (value, url) if value else None

    def _cases(self, label: str, code: str, note: str = "", of: int | None = None) -> Card:
        value = self.number(code)
        share = None if of is None else (value, of)
        return Card(label, value, npgettext("unit", "request", "requests", value), self.url(code), note, share)

    def cards(self) -> list[Card]:
        answered, settled = self.number("cases.handled"), self.number("disputes.settled")
        vouched, days = self.number("cases.vouched"), self.value("cases.median_days")
        return [
            replace(self._cases(_("Received"), "cases.received"), before=self._before("cases.received")),
            self._cases(_("Answered in time"), "cases.in_time", of=answered),
            self._cases(
                _("Confirmed by the person"), "cases.confirmed", _("%(n)s more by a neighbour") % {"n": vouched}
            ),
            self._cases(_("Overdue"), "cases.overdue"),
            Card(
                _("Median time to the answer"), days, npgettext("unit", "day", "days", days or 0),
                self.url("cases.median_days"), _("half of the answers came sooner"),
                before=self._before("cases.median_days"),
            ),
            self._cases(_("Opened again"), "cases.reopened", of=answered),
            Card(
                _("Disputes settled"), settled, npgettext("unit", "dispute", "disputes", settled),
                self.url("disputes.settled"), _("by the day of the agreement"),
            ),
        ]  # fmt: skip

    def _monthly(self, code: str) -> dict[date, int]:
        return figures.by_month(code, self.viewer, within=self.within, period=self.period)

    def trend(self) -> Chart:
        months = months_of(self.period)
        received, answered, in_time = map(self._monthly, ("cases.received", "cases.handled", "cases.in_time"))
        waiting = self._monthly("cases.open")

        def addresses(code: str) -> list[str]:
            return [
                self.url(code, **{"from": month.isoformat(), "to": _month_end(month).isoformat()}) for month in months
            ]

        late = [answered.get(month, 0) - in_time.get(month, 0) for month in months]
        totals = [received.get(month, 0) for month in months]
        return Chart(
            title=_("Received month by month, and whether it was answered in time"),
            sentence=_("From %(first)s to %(last)s between %(low)s and %(high)s were received each month.")
            % {
                "first": formats.month(months[0]), "last": formats.month(months[-1]),
                "low": formats.number(min(totals)), "high": formats.number(max(totals)),
            },
            lead=_("By the month it was received; each counted once"),
            corner=f"{months[0]:%Y}–{months[-1]:%Y}" if months[0].year != months[-1].year else f"{months[0]:%Y}",
            columns=[formats.month(month, year=False) for month in months],
            series=[
                Series(_("in time"), [in_time.get(month, 0) for month in months], addresses("cases.in_time"), "k1"),
                Series(_("answered late"), late, addresses("cases.late"), "k2"),
                Series(_("not answered yet"), [waiting.get(m, 0) for m in months], addresses("cases.open"), "k0"),
            ],
            more=[Series(_("received"), totals, addresses("cases.received"))],
        )  # fmt: skip

    def steps(self) -> list[Bar]:
        """Where the received ones are now. Confirmed by the person, by a neighbour and by nobody stay three rows."""
        rows = [
            ("cases.confirmed", _("Confirmed by the person"), "k1"), ("cases.vouched", _("By a neighbour"), "k3"),
            ("cases.elapsed", _("No reply in the window"), "k0"), ("cases.awaiting", _("Answered, not confirmed"), "k3"),
            ("cases.open", _("Not answered yet"), "k2"), ("cases.otherwise", _("Ended otherwise"), "k5"),
        ]  # fmt: skip
        return [Bar(label, self.number(code), self.url(code), series) for code, label, series in rows]

    def subjects(self) -> list[Bar]:
        """The groups of matters, most frequent first."""
        names = {group.pk: str(group) for group in Category.objects.filter(parent=None)}
        indicator = figures.find("cases.received")
        rows = figures.trace(indicator, self.viewer, within=self.within, period=self.period)
        counted: dict[UUID | None, int] = defaultdict(int)
        grouped = rows.order_by().values_list("category__parent", "category").annotate(number=Count("pk"))
        for parent, own, number in grouped:
            counted[parent or own] += number
        ordered = sorted(counted.items(), key=lambda item: -item[1])
        return [
            Bar(names.get(key, _("Not sorted yet")) if key else _("Not sorted yet"), number,
                self.url("cases.received", **{"group": str(key or "none")}))
            for key, number in ordered
        ]  # fmt: skip

    def _by_village(self, code: str) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for place, number in figures.by_place(code, self.viewer, within=self.within, period=self.period).items():
            found[place[:VILLAGE_DIGITS]] += number
        return found

    def _rows(self, groups: Sequence[tuple[str, str, list[str]]]) -> list[Row]:
        """One line per (label, query, village codes)."""
        received, waiting, overdue, answered, in_time = map(
            self._by_village, ("cases.received", "cases.open", "cases.overdue", "cases.handled", "cases.in_time")
        )
        period = f"from={self.period.first}&to={self.period.last}"
        counted = self._counted()
        return [
            Row(
                label, f"{reverse('desk:district')}?{query}&{period}", len(counted.intersection(codes)), _over(received, codes),
                _over(waiting, codes), _over(overdue, codes), _over(answered, codes), _over(in_time, codes),
                f"{query}&{period}",
            )
            for label, query, codes in groups
            if codes
        ]  # fmt: skip

    def _counted(self) -> set[str]:
        """Codes of the villages that the district counts: not all that the national list names."""
        return set(District.current().counted().values_list("code", flat=True))

    def _seen(self) -> set[str]:
        """Codes of the villages whose requests this viewer's post covers; others would only show empty lines."""
        places = Place.objects.current().villages().within(self.place)
        return set(places.filter(territory_q(self.viewer, READERS, "")).values_list("code", flat=True))

    def areas(self) -> list[Row]:
        """By management area of today."""
        members: dict[Area, list[str]] = defaultdict(list)
        seen = self._seen()
        rows = AreaMembership.objects.filter(
            on(clock.today()), area__root=self.place, area__area_kind=Area.AreaKind.MANAGEMENT
        ).select_related("area", "place")
        for row in rows.order_by("area__starts_on", "area__id", "place__code"):
            members[row.area] += [row.place.code] if row.place.code in seen else []
        return self._rows(
            [(area.name, f"place={self.place.code}&area={area.pk}", codes) for area, codes in members.items()]
        )

    def villages(self) -> list[Row]:
        places = Place.objects.current().villages().within(self.place).order_by("code")
        seen = self._seen()
        inside = (place for place in places if any(low <= place.code < high for low, high in self.within))
        wanted = [place for place in inside if place.code in seen]
        return self._rows([(place.short_name, f"place={place.code}", [place.code]) for place in wanted])

    def total(self) -> Row:
        """The line under the table: the whole of what the page is about, also what came in at no village of it."""
        received, waiting, overdue, answered, in_time = map(
            self.number, ("cases.received", "cases.open", "cases.overdue", "cases.handled", "cases.in_time")
        )
        query = urlsplit(self.url("cases.received")).query
        codes = self._seen() & self._counted()
        villages = sum(any(low <= code < high for low, high in self.within) for code in codes)
        return Row(_("Total"), "", villages, received, waiting, overdue, answered, in_time, query)

    def map(self) -> Picture:
        """The schematic of the villages in view, shaded by what waits."""
        places = Place.objects.current().villages().within(self.place)
        inside = Q(pk__in=())
        for low, high in self.within:
            inside |= Q(code__gte=low, code__lt=high)
        period = f"from={self.period.first}&to={self.period.last}"
        return picture(
            places.filter(inside, code__in=self._seen()), self._by_village("cases.open"),
            lambda code: f"{reverse('desk:district')}?place={code}&{period}",
        )  # fmt: skip

    def checks(self) -> list[Check]:
        """Sums that must agree, computed on two ways."""
        received, parts = self.number("cases.received"), sum(bar.value for bar in self.steps())
        monthly = sum(self._monthly("cases.received").values())
        steps = {"a": formats.number(received), "b": formats.number(parts)}
        months = {"a": formats.number(received), "b": formats.number(monthly)}
        return [
            Check(_("received %(a)s = all steps %(b)s") % steps, received == parts),
            Check(_("received %(a)s = all months %(b)s") % months, received == monthly),
        ]


def _over(numbers: dict[str, int], codes: list[str]) -> int:
    return sum(numbers.get(code, 0) for code in codes)


def _month_end(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def roster_sentence(district: District) -> dict[str, int]:
    """Both numbers: what the national list names here, and what the district counts."""
    return {"listed": district.listed().count(), "counted": district.counted().count()}
