"""Yearly lists and the lines of one."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.organisations.models import AssignmentLine, Capacity, ResponsibilityLine, ResponsibilityList
from cunlian.organisations.responsibility.states import State
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag


def object_of(line: ResponsibilityLine | AssignmentLine) -> str:
    """What a line is about, with the village where the name alone would not say."""
    if line.area:
        return str(line.area)
    if line.household:
        return _now("%(village)s household %(number)s") % {"village": line.place, "number": line.household.number}
    if line.group:
        return _now("%(village)s group %(group)s") % {"village": line.place, "group": line.group}
    return f"{line.place} {line.lane}" if line.lane else str(line.place)


class YearlyFilter(ListFilter):
    year = django_filters.NumberFilter(label=_("Year"))
    capacity = django_filters.ChoiceFilter(label=_("As"), choices=Capacity, empty_label=_("any"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=State, empty_label=_("any"))

    class Meta:
        model = ResponsibilityList
        fields: tuple[str, ...] = ()


class YearlyTable(ListTable):
    rows_name = ngettext_lazy("%(n)s yearly list", "%(n)s yearly lists", "total")

    capacity = Column(
        verbose_name=_("As"), linkify=lambda record: reverse("desk:yearly_list", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    place = Column(verbose_name=_("Place"), order_by=("place__code",))
    year = Column(verbose_name=_("Year"))
    line_count = NumberColumn(verbose_name=pgettext_lazy("yearly list", "Lines"))
    state = Column(verbose_name=_("State"))
    paper = Column(verbose_name=pgettext_lazy("yearly list", "Paper"))
    published_on = Column(verbose_name=pgettext_lazy("yearly list", "Published on"))

    class Meta(ListTable.Meta):
        model = ResponsibilityList
        fields: ClassVar[tuple[str, ...]] = (
            "capacity", "place", "year", "line_count", "state", "paper", "published_on",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "The yearly lists of who answers for what stand here: one for a place, a year and a capacity. None is drawn up "
            "yet in this choice."
        )

    def render_year(self, value: int) -> str:
        return str(value)

    def render_published_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


class LineTable(ListTable):
    """``will``: what publishing makes of each line, by its key; empty for a list that is published."""

    rows_name = ngettext_lazy("%(n)s line", "%(n)s lines", "total")

    post = Column(
        verbose_name=_("Post"), linkify=lambda record: reverse("desk:post", args=[record.post_id]),
        attrs={"td": {"class": "ttl"}}, order_by=("post__title",),
    )  # fmt: skip
    holder = Column(verbose_name=_("Holder"), empty_values=(), orderable=False)
    about = Column(verbose_name=_("For"), empty_values=(), order_by=("place__code",))
    stands = Column(verbose_name=pgettext_lazy("yearly list", "Stands"), empty_values=(), orderable=False)
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = ResponsibilityLine
        fields: ClassVar[tuple[str, ...]] = ("post", "holder", "about", "stands", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Who answers for what stands here. Add a line, or take over the duties that run.")

    def __init__(
        self, *args: Any, holders: dict[Any, str], will: dict[Any, str], may_change: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, exclude=() if may_change else ("work",), **kwargs)
        self.holders, self.will = holders, will

    def render_holder(self, record: ResponsibilityLine) -> SafeString | str:
        name = self.holders.get(record.post_id)
        return name or format_html('<span class="late">{}</span>', _("vacant"))

    def render_about(self, record: ResponsibilityLine) -> str:
        return object_of(record)

    def render_stands(self, record: ResponsibilityLine) -> SafeString | str:
        if record.pk in self.will:
            return self.will[record.pk]
        if record.duty is None:
            return formats.NOT_APPLICABLE
        if record.duty.ends_on:
            return format_html(_now("until {day}"), day=day_tag(record.duty.ends_on, year=True))
        return format_html(_now("since {day}"), day=day_tag(record.duty.starts_on, year=True))

    def render_work(self, record: ResponsibilityLine) -> SafeString | str:
        return format_html('<a href="{}">{}</a>', reverse("desk:yearly_line_out", args=[record.pk]), _("Take out"))
