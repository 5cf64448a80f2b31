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

from typing import Any, ClassVar, TypeVar

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from django_tables2 import Column, RequestConfig, Table

from cunlian.kernel.refusals import Text

PAGE_SIZE = 50


class NumberColumn(Column):
    """A number: right, tabular, its unit in the head."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"th": {"class": "num"}, "td": {"class": "num"}})
        super().__init__(*args, **kwargs)


class ListTable(Table):
    """Base of all lists. ``Meta.empty_text``: what the list is for and what to do next. ``rows_name``: what one row is,
    with the number in it ("%(n)s cases"). ``exports``: formats offered under the list as ``?export=…``. ``filter``: what
    cut the rows, for the page to draw above them."""

    rows_name: ClassVar[Text] = _("%(n)s in all")
    exports: tuple[str, ...] = ()

    class Meta:
        template_name = "ui/table.html"
        attrs: ClassVar[dict[str, str]] = {"class": "tb tb-rows"}
        default = "—"
        empty_text: ClassVar[Text] = _("There is nothing here yet.")

    def __init__(self, *args: Any, filter: FilterSet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filter = filter

    @property
    def total(self) -> int:
        """How many rows the whole list has, on all pages: counted, never the size of a page."""
        page: Page[Any] | None = getattr(self, "page", None)
        return page.paginator.count if page else len(self.rows)

    @property
    def total_text(self) -> str:
        return self.text_of(self.total)

    def text_of(self, total: int) -> str:
        return str(self.rows_name) % {"n": f"{total:,}"}

    @property
    def sorted_by(self) -> dict[str, str]:
        """Column → the value its ``aria-sort`` takes; only for columns the list is sorted by."""
        return {alias.bare: "descending" if alias.is_descending else "ascending" for alias in (self.order_by or ())}


T = TypeVar("T", bound=ListTable)


def page_of(request: HttpRequest, table: T, *, size: int = PAGE_SIZE) -> T:
    """The page and order the URL asks for (``?page=2&sort=-due_at``); a page that does not exist shows the last one."""
    config = RequestConfig(request, paginate={"per_page": size, "silent": True})
    config.configure(table)
    return table
