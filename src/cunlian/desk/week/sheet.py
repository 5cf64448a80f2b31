"""What stands on the sheet. No words of anybody, no name, no receipt, no exact place: a neighbour reads it on the wall."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.cases.models import Case, Category
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Capacity, Duty, Organisation
from cunlian.places.models import Place
from cunlian.places.querysets import code_q
from cunlian.ui.apps import YEARS
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import day_tag

WEEK = re.compile(r"(\d{4})-W(\d{2})")
# By the person, by a neighbour, by nobody: three numbers, never one.
ENDS = {"confirmed": State.CONFIRMED, "vouched": State.VOUCHED, "elapsed": State.ELAPSED}


@dataclass(frozen=True)
class Week:
    """Monday to Sunday in Shanghai."""

    first: date

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def name(self) -> str:
        year, number, _day = self.first.isocalendar()
        return f"{year}-W{number:02d}"

    def holds(self, instant: datetime | None) -> bool:
        return instant is not None and self.first <= clock.day_of(instant) <= self.last


def week_asked(text: str) -> Week:
    """The week named as 2026-W47, else the last whole one."""
    if not text:
        today = clock.today()
        return Week(today - timedelta(days=today.weekday() + 7))
    found = WEEK.fullmatch(text)
    try:
        if found and int(found[1]) in YEARS:
            return Week(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError:
        pass
    raise Invalid(_("“%(text)s” is not a week. Write it as 2026-W47.") % {"text": text}, field="week")


def public_matters(village: Place, week: Week, actor: Actor) -> Any:
    """Public matters of the village that came in, were answered or said to be fixed in the week."""
    start, end = clock.bounds(week.first, week.last)
    moved = Q()
    for name in ("reported_at", "answered_at", "ended_at"):
        moved |= Q(**{f"{name}__gte": start, f"{name}__lt": end})
    open_ones = Case.objects.visible_to(actor).filter(
        moved, code_q(village.code, "place__"), confidential=False, category__is_public_matter=True
    )
    return open_ones.select_related("category__parent", "holder__organisation", "promise").order_by("reported_at", "pk")


class WeekTable(ListTable):
    """The matters, in columns. Nothing in them is about a person."""

    rows_name = ngettext_lazy("%(n)s public matter", "%(n)s public matters", "total")

    category = Column(verbose_name=_("Matter"))
    reported_at = Column(verbose_name=_("Came in"))
    state = Column(verbose_name=_("How far it is"))
    holder = Column(verbose_name=_("Post in charge"), empty_values=())
    due = Column(verbose_name=_("Answer due"), accessor="promise__due_at")

    class Meta(ListTable.Meta):
        model = Case
        orderable = False
        fields = ("category", "reported_at", "state", "holder", "due")
        empty_text = _("No public matter came in, was answered or said to be fixed this week.")

    def render_category(self, value: Category) -> str:
        return f"{value.parent} › {value}" if value.parent else str(value)

    def render_reported_at(self, value: datetime) -> SafeString | str:
        return day_tag(value)

    def render_state(self, record: Case) -> str:
        return record.get_state_display()

    def render_holder(self, value: Any) -> str:
        return str(value or _("The dispatch desk looks for one"))

    def render_due(self, value: datetime) -> SafeString | str:
        return day_tag(value)


def sheet(village: Place, week: Week, cases: Iterable[Case], actor: Actor) -> dict[str, Any]:
    """What stands around the matters: how many, and who to turn to."""
    cases = list(cases)
    units = Organisation.objects.visible_to(actor).current().of_place(village).exclude(phone="").order_by("name_order")
    workers = (
        Duty.objects.visible_to(actor)
        .on(clock.today())
        .filter(
            capacity__in=[Capacity.GRID_WORKER, Capacity.VILLAGE_HEAD],
            place__code__startswith=village.code,
            household=None,
        )
    )
    return {
        "village": village, "week": week, "printed_at": clock.now(), "units": units,
        "received": sum(week.holds(case.reported_at) for case in cases),
        "answered": sum(week.holds(case.answered_at) for case in cases),
        **{
            name: sum(case.state == state and week.holds(case.ended_at) for case in cases)
            for name, state in ENDS.items()
        },
        "workers": workers.select_related("post__organisation", "place").order_by("-capacity", "place__code", "pk"),
    }  # fmt: skip
