"""The list of cases."""

from __future__ import annotations

from typing import Any

from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.cases.models import Case, Level
from cunlian.cases.querysets import READERS
from cunlian.desk.cases.rows import SHORT
from cunlian.desk.receipts import mark, receipt_text
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import icon, promised, state


class CaseTable(ListTable):
    """``may_pick``: rows can be ticked to be passed on together."""

    rows_name = ngettext_lazy("%(n)s request", "%(n)s requests", "total")
    readers = READERS

    count_to = 10_000

    title = Column(verbose_name=_("Request"), orderable=False, attrs={"td": {"class": "ttl"}})
    receipt = Column(verbose_name=_("Receipt"), attrs={"td": {"class": "no"}}, order_by=("reported_at",))
    place = Column(verbose_name=_("Village"), order_by=("place__code",))
    state = Column(verbose_name=_("State"))
    holder = Column(
        verbose_name=_("With"),
        attrs={"td": {"class": "with"}},
        order_by=("holder__organisation__name_order", "holder__title"),
    )
    due = Column(verbose_name=_("Deadline"), empty_values=(), order_by=("promise__due_at",))

    class Meta(ListTable.Meta):
        model = Case
        fields = ("title", "receipt", "place", "state", "holder", "due")
        sequence = ("title", "receipt", "place", "state", "holder", "due")
        empty_text = _("Here stand the requests of your villages that fit these filters. None does now.")

    def __init__(self, *args: Any, may_pick: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_pick, self.mark = may_pick, mark()

    def render_title(self, record: Case) -> SafeString:
        pick: SafeString | str = ""
        if self.may_pick:
            pick = format_html(
                '<input class="form-check-input" type="checkbox" name="case" value="{}" form="picked" aria-label="{}">',
                record.pk, _now("Tick %(what)s") % {"what": record},
            )  # fmt: skip
        urgent: SafeString | str = ""
        if record.level != Level.NORMAL:
            urgent = format_html(
                ' <span class="tag tag-bad">{}{}</span>', icon("alert-triangle"), record.get_level_display()
            )
        return format_html(
            '<span class="pick-line">{}<a href="{}">{}</a>{}</span>',
            pick, reverse("desk:case", args=[record.pk]), record, urgent,
        )  # fmt: skip

    def render_receipt(self, value: str) -> str:
        return receipt_text(value, self.mark)

    def render_due(self, record: Case) -> SafeString | str:
        return promised(Context({"request": self.request}), record.promise)

    def render_state(self, record: Case) -> SafeString:
        return state(record.state, str(SHORT[record.state]))
