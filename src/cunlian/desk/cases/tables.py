"""The list of cases."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column, TemplateColumn

from cunlian.cases.models import Case
from cunlian.cases.querysets import READERS
from cunlian.desk.cases.rows import SHORT
from cunlian.desk.receipts import mark, receipt_text
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import state


class CaseTable(ListTable):
    """``may_pick``: rows can be ticked to be passed on together."""

    rows_name = ngettext_lazy("%(n)s request", "%(n)s requests", "total")
    readers = READERS

    count_to = 10_000

    title = TemplateColumn(
        verbose_name=_("Request"), template_name="desk/cases/cell_title.html", orderable=False,
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    receipt = Column(verbose_name=_("Receipt"), attrs={"td": {"class": "no"}}, order_by=("reported_at",))
    place = Column(verbose_name=_("Village"), order_by=("place__code",))
    state = Column(verbose_name=_("State"))
    holder = Column(
        verbose_name=_("With"),
        attrs={"td": {"class": "with"}},
        order_by=("holder__organisation__name", "holder__title"),
    )
    due = TemplateColumn(
        template_name="desk/cases/cell_due.html", verbose_name=_("Deadline"), order_by=("promise__due_at",)
    )

    class Meta(ListTable.Meta):
        model = Case
        fields = ("title", "receipt", "place", "state", "holder", "due")
        sequence = ("title", "receipt", "place", "state", "holder", "due")
        empty_text = _("Here stand the requests of your villages that fit these filters. None does now.")

    def __init__(self, *args: Any, may_pick: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_pick, self.mark = may_pick, mark()
        self.columns["title"].column.extra_context = {"may_pick": may_pick}

    def render_receipt(self, value: str) -> str:
        return receipt_text(value, self.mark)

    def render_state(self, record: Case) -> SafeString:
        return state(record.state, str(SHORT[record.state]))
