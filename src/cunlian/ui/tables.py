"""Lists in the look of the house: a declared table, paged with a true total, sorted and exported without scripts.

::

    class CaseTable(ListTable):
        title = columns.Column(linkify=True)          # the first column is the link
        state = TemplateColumn('{% state record.state record.get_state_display %}')
        class Meta(ListTable.Meta):
            model = Case
            fields = ("title", "place", "state", "due_at")

    table = page_of(request, CaseTable(Case.objects.visible_to(request.actor)))   # {% include "ui/table.html" %}
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.sql.where import WhereNode
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_filters import FilterSet
from django_tables2 import Column, RequestConfig, Table
from django_tables2.data import TableQuerysetData

from cunlian.kernel.refusals import Text
from cunlian.ui import formats

PAGE_SIZE = 50
MOST_ROWS = 200
"""What ``?per_page=`` may ask for at most: an address is no way to have a hundred thousand rows drawn."""


class NumberColumn(Column):
    """A number: right, tabular, its unit in the head."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"th": {"class": "num"}, "td": {"class": "num"}})
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> Any:
        return formats.number(value) if isinstance(value, int) else value


class WorkColumn(Column):
    """What can be done with a row: links, or a button. It stands in no file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed = {"empty_values": (), "orderable": False, "exclude_from_export": True, "attrs": {"td": {"class": "act"}}}
        super().__init__(*args, **{"verbose_name": _("What can be done"), **fixed, **kwargs})


class Rows(TableQuerysetData):
    """The rows of a list. Of a long one a page is found by its keys, and only those rows are then read whole: sorting ten
    thousand rows as wide as a page needs them takes five times as long as sorting their keys."""

    def __len__(self) -> int:
        if self.table.counted is not None:
            return int(self.table.counted)
        if getattr(self, "_length", None) is None:
            most = self.table.count_to
            # By keys: what a page tells of its fifty rows need not be worked out for ten thousand to count them.
            rows = self.data.order_by().values("pk")[: most + 1] if most else self.data
            self._length = rows.count()
        return int(self._length)

    def __getitem__(self, page: Any) -> Any:
        if not isinstance(page, slice) or not type(self.table).count_to:
            return super().__getitem__(page)
        keys = list(self.data.values_list("pk", flat=True)[page])
        whole = self.data.order_by()
        if whole.query.group_by is None:  # else what is counted beside a row may depend on the conditions
            # The keys were found under them a moment ago; asked for again, SQLite goes through a whole village for fifty rows.
            whole.query.where = WhereNode()
        found = {row.pk: row for row in whole.filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]


class ListTable(Table):
    """Base of all lists. ``Meta.empty_text``: what the list is for and what to do next. ``rows_name``: what the rows are, with
    their number: ``ngettext_lazy("%(n)s request", "%(n)s requests", "total")``. ``readers``: roles from whose territory
    the rows come; None: any role of the county. ``exports``: formats offered under the list as ``?export=…``.
    ``filter``: what cut the rows, for the page to draw above them. ``count_to``: more rows than this are counted only
    when asked for (``?count=all``), because counting a million takes seconds. ``counted``: how many there are, where
    the page has counted them already. ``as_of``: the day as of which the rows are told, where that may be another than
    today. Two lists on one page differ by ``prefix``."""

    rows_name: ClassVar[Text] = ngettext_lazy("%(n)s row", "%(n)s rows", "total")
    readers: ClassVar[frozenset[str] | None] = None
    exports: tuple[str, ...] = ()
    count_to: int | None = None
    counted: int | None = None
    as_of: date | None = None

    class Meta:
        template_name = "ui/table.html"
        attrs: ClassVar[dict[str, str]] = {"class": "tb tb-rows"}
        default = "—"
        empty_text: ClassVar[Text] = _("There is nothing here yet.")

    def __init__(self, *args: Any, filter: FilterSet | None = None, **kwargs: Any) -> None:
        rows, *rest = args
        super().__init__(Rows(rows) if isinstance(rows, QuerySet) else rows, *rest, **kwargs)
        self.filter = filter

    @property
    def total(self) -> int:
        """How many rows the whole list has, on all pages: counted, never the size of a page."""
        page: Page[Any] | None = getattr(self, "page", None)
        return page.paginator.count if page else len(self.rows)

    @property
    def has_more(self) -> bool:
        """There are more rows than were counted."""
        return self.count_to is not None and self.total > self.count_to

    @property
    def total_text(self) -> str:
        if self.count_to is not None and self.has_more:
            return str(_("more than %(rows)s") % {"rows": self.text_of(self.count_to)})
        return self.text_of(self.total)

    def text_of(self, total: int) -> str:
        return str(self.rows_name % {"total": total, "n": f"{total:,}"})

    @property
    def export_field(self) -> str:
        """The word of the address that asks for this list's file."""
        return f"{self.prefix}export"

    @property
    def sorted_by(self) -> dict[str, str]:
        """Column → the value its ``aria-sort`` takes; only for columns the list is sorted by."""
        return {alias.bare: "descending" if alias.is_descending else "ascending" for alias in (self.order_by or ())}


class Pages(Paginator[Any]):
    """Pages of at least one row and at most ``MOST_ROWS``, whatever the address asks for."""

    def __init__(self, rows: Any, per_page: int, **options: Any) -> None:
        super().__init__(rows, max(1, min(per_page, MOST_ROWS)), **options)


T = TypeVar("T", bound=ListTable)


def page_of(request: HttpRequest, table: T, *, size: int | None = PAGE_SIZE) -> T:
    """The page and order the URL asks for (``?page=2&sort=-due_at``); a page that does not exist shows the last one.
    ``size=None``: all rows at once, for a sheet that is printed."""
    if request.GET.get("count") == "all":
        table.count_to = None
    pages = {"per_page": size, "silent": True, "paginator_class": Pages} if size else False
    RequestConfig(request, paginate=pages).configure(table)
    return table
