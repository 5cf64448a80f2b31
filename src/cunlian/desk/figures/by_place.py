"""The district page's table: a line an area or a village, every number with its records."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.cases.querysets import READERS
from cunlian.desk.figures.asked import Asked
from cunlian.desk.figures.district import Overview, Row
from cunlian.ui import formats
from cunlian.ui.tables import ListTable, NumberColumn
from cunlian.ui.templatetags.ui import fig


class FigureColumn(NumberColumn):
    """A number of the line that opens the records of its figure."""

    def __init__(self, code: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.code = code

    def render(self, value: int, record: Row) -> SafeString | str:  # type: ignore[override]
        return fig(value, f"{reverse('desk:figure', args=[self.code])}?{record.query}")

    def footer(self, bound_column: Any, table: PlaceTable) -> SafeString | str:
        return self.render(getattr(table.sum, bound_column.name), table.sum)


class ShareColumn(FigureColumn):
    """The number as a share of the answered ones: 96.3% (52 / 54)."""

    def render(self, value: int, record: Row) -> SafeString | str:  # type: ignore[override]
        if not record.answered:
            return formats.NOT_APPLICABLE
        return fig(formats.share(value, record.answered), f"{reverse('desk:figure', args=[self.code])}?{record.query}")

    def value(self, **kwargs: Any) -> Any:
        """In the file the number alone: what it is a share of stands in the column before it."""
        return kwargs["value"]


class PlaceTable(ListTable):
    rows_name = ngettext_lazy("%(n)s place", "%(n)s places", "total")
    readers = READERS

    label = Column(
        verbose_name=_("Place"),
        linkify=lambda record: record.url,
        orderable=False,
        footer=lambda table: table.sum.label,
    )
    villages = NumberColumn(verbose_name=_("Villages"), footer=lambda table: formats.number(table.sum.villages))
    received = FigureColumn("cases.received", verbose_name=_("Received"))
    open = FigureColumn("cases.open", verbose_name=_("Not answered yet"))
    overdue = FigureColumn("cases.overdue", verbose_name=_("Overdue"))
    answered = FigureColumn("cases.handled", verbose_name=_("Answered"))
    in_time = ShareColumn("cases.in_time", verbose_name=_("Answered in time"))

    def __init__(self, *args: Any, sum: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sum = sum

    class Meta(ListTable.Meta):
        empty_text = _(
            "Areas and villages with their numbers stand here. No whole village lies in your territory, or no area is drawn "
            "yet; the numbers above are yours."
        )


def by_village(ask: Asked, query: QueryDict) -> bool:
    """Villages where asked for, and where there is nothing between them and the place."""
    return query.get("by") == "village" or not ask.whole


def table_of(overview: Overview, villages: bool) -> PlaceTable:
    return PlaceTable(overview.villages() if villages else overview.areas(), sum=overview.total())
