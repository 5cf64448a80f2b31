"""How the records behind a figure are listed, by kind. A kind without a table of its own shows its name and place."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.querysets import KNOWERS, MEMBERS
from cunlian.cases.models import Case
from cunlian.cases.querysets import READERS
from cunlian.desk.figures.records import TOLD, Told
from cunlian.desk.instructions.listing import CopyTable
from cunlian.desk.sheets import without_numbers
from cunlian.desk.talent.tables import EntryTable
from cunlian.instructions.models import Copy
from cunlian.kernel import clock
from cunlian.kernel.figures import Figure
from cunlian.talent.models import TalentEntry
from cunlian.ui.formats import NOT_APPLICABLE
from cunlian.ui.tables import ListTable, NumberColumn
from cunlian.ui.templatetags.ui import day_tag, fig, moment_tag
from cunlian.ui.templatetags.ui import state as state_tag


class CaseTrace(ListTable):
    """Cases a figure counted."""

    title = Column(verbose_name=_("In short"), linkify=lambda record: reverse("desk:case", args=[record.pk]))
    place = Column(verbose_name=_("Village"), accessor="place__short_name")
    state = Column(verbose_name=_("State"))
    reported_at = Column(verbose_name=_("Received"))
    answered_at = Column(verbose_name=_("Answered"))
    rows_name = ngettext_lazy("%(n)s request", "%(n)s requests", "total")
    readers = READERS

    class Meta(ListTable.Meta):
        model = Case
        fields: ClassVar[tuple[str, ...]] = ("title", "place", "state", "reported_at", "answered_at")
        empty_text = _("No request counts here in this time. Choose a longer time or another place.")

    def render_title(self, record: Case) -> str:
        return str(record)

    def value_title(self, record: Case) -> str:
        return without_numbers(str(record))

    def render_state(self, record: Case) -> SafeString:
        return state_tag(record.state, record.get_state_display())

    def render_reported_at(self, value: datetime) -> SafeString | str:
        return moment_tag(value)

    def render_answered_at(self, value: datetime) -> SafeString | str:
        return moment_tag(value)


class DisputeTrace(ListTable):
    """Disputes a figure counted: the fact, never what is said in them."""

    number = Column(verbose_name=_("Number"), linkify=lambda record: reverse("desk:dispute", args=[record.pk]))
    place = Column(verbose_name=_("Village"), accessor="place__short_name")
    state = Column(verbose_name=_("State"))
    accepted_at = Column(verbose_name=_("Received"))
    agreed_at = Column(verbose_name=_("Settled"))
    rows_name = ngettext_lazy("%(n)s dispute", "%(n)s disputes", "total")
    readers = KNOWERS | MEMBERS

    class Meta(ListTable.Meta):
        model = Dispute
        fields: ClassVar[tuple[str, ...]] = ("number", "place", "state", "accepted_at", "agreed_at")
        empty_text = _("No dispute counts here in this time. Choose a longer time or another place.")

    def render_state(self, record: Dispute) -> SafeString:
        return state_tag(record.state, record.get_state_display(), kind="dispute")

    def render_accepted_at(self, value: datetime) -> SafeString | str:
        return moment_tag(value)

    def render_agreed_at(self, value: datetime) -> SafeString | str:
        return moment_tag(value)


class AnyTrace(ListTable):
    """Records of a kind that has no list of its own here: what each is, of where, since when, resting on which paper."""

    name = Column(verbose_name=_("Record"), accessor="pk", orderable=False, attrs={"td": {"class": "ttl"}})
    place = Column(verbose_name=_("Place"), accessor="pk", orderable=False)
    day = Column(verbose_name=pgettext_lazy("of a record", "Since or on"), accessor="pk", orderable=False)
    paper = Column(verbose_name=_("Paper or source"), accessor="pk", orderable=False)
    rows_name = ngettext_lazy("%(n)s record", "%(n)s records", "total")

    class Meta(ListTable.Meta):
        empty_text = _("No record counts here in this time.")

    def __init__(self, rows: QuerySet[Any], told: Told, **kwargs: Any) -> None:
        self.told = told
        super().__init__(rows, exclude=() if told.paper else ("paper",), **kwargs)

    def render_name(self, record: Model) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.told.address(record), record)

    def render_place(self, record: Model) -> str:
        return str(self.told.of(record, "place") or NOT_APPLICABLE)

    def render_day(self, record: Model) -> SafeString | str:
        value = self.told.of(record, "day")
        return day_tag(value, year=True) if value else NOT_APPLICABLE

    def render_paper(self, record: Model) -> str:
        return self.told.of(record, "paper") or NOT_APPLICABLE


def table_of(rows: QuerySet[Any]) -> ListTable:
    if not rows.ordered:
        rows = rows.order_by("pk")
    if rows.model is Case:
        return CaseTrace(rows.select_related("place"))
    if rows.model is Dispute:
        return DisputeTrace(rows.select_related("place"))
    if rows.model is Copy:
        return CopyTable(rows.for_list())  # type: ignore[attr-defined]  # a CopyQuerySet
    if rows.model is TalentEntry:
        return EntryTable(rows.for_list())  # type: ignore[attr-defined]  # a TalentEntryQuerySet
    told = TOLD[rows.model]
    return AnyTrace(rows.select_related(*told.joins), told)


class CatalogueTable(ListTable):
    """Every figure there is, with its value for the whole district."""

    rows_name = ngettext_lazy("%(n)s figure", "%(n)s figures", "total")

    name = Column(verbose_name=_("Figure"), accessor="indicator__name")
    code = Column(
        verbose_name=pgettext_lazy("figure", "Code"), accessor="indicator__code", attrs={"td": {"class": "mono"}}
    )
    value = NumberColumn(verbose_name=_("Value"), empty_values=())
    unit = Column(verbose_name=_("Unit"), accessor="indicator__unit")
    nature = Column(verbose_name=_("Nature"), attrs={"td": {"class": "nowrap"}})
    claims = Column(verbose_name=_("Published as"), accessor="indicator__claims")
    reading = Column(verbose_name=_("How it is read"), accessor="indicator__reading")

    class Meta(ListTable.Meta):
        orderable = False
        empty_text = _("No figure is declared.")

    def render_name(self, record: Figure) -> SafeString:
        return format_html('<a href="{}">{}</a>', _address(record), record.indicator.name)

    def render_value(self, record: Figure) -> SafeString | str:
        return fig(record.amount, _address(record)) if record.told else str(_("today only"))

    def render_claims(self, value: tuple[str, ...]) -> str:
        return " ".join(value)


def _address(figure: Figure) -> str:
    """Of its records, on the day it is told as of."""
    address = reverse("desk:figure", args=[figure.indicator.code])
    return f"{address}?on={figure.day}" if figure.day and figure.day != clock.today() else address
