"""Calls, applications, agreements, results and bases in lists."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column, TemplateColumn

from cunlian.accounts.roles import STAFF, Role
from cunlian.desk.receipts import receipt_text
from cunlian.kernel import clock
from cunlian.talent.models import (
    Application,
    ComesFrom,
    PartnerCall,
    Partnership,
    ResearchResult,
    TeachingBase,
)
from cunlian.talent.partners.querysets import READERS, PartnershipQuerySet, TeachingBaseQuerySet
from cunlian.talent.partners.states import CallState, PartnershipState
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, WorkColumn
from cunlian.ui.templatetags.ui import day_tag, state


class CallFilter(ListFilter):
    state = django_filters.ChoiceFilter(label=_("State"), choices=CallState, empty_label=_("any"))

    class Meta:
        model = PartnerCall
        fields: tuple[str, ...] = ()


class CallTable(ListTable):
    rows_name = ngettext_lazy("%(n)s call for partners", "%(n)s calls for partners", "total")

    name = Column(
        verbose_name=_("Call"), linkify=lambda record: reverse("desk:partner_call", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    place = Column(
        verbose_name=pgettext_lazy("call for partners", "For"),
        order_by=("place__code",),
        attrs={"td": {"class": "nowrap"}},
    )
    paper = Column(verbose_name=pgettext_lazy("that decides it", "Paper"))
    state = Column(verbose_name=_("State"))
    published_on = Column(verbose_name=_("Published on"))
    open_until = Column(verbose_name=_("Open until"))

    class Meta(ListTable.Meta):
        model = PartnerCall
        fields: ClassVar[tuple[str, ...]] = ("name", "place", "paper", "state", "published_on", "open_until")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Calls for partners stand here, drafts included. None in this choice: draw one up.")

    def render_place(self, record: PartnerCall) -> str:
        return str(record.area or record.place)

    def render_state(self, record: PartnerCall) -> SafeString:
        past = record.state == CallState.OPEN and record.open_until < clock.today()
        return state("closed" if past else record.state, str(_("past its day")) if past else record.get_state_display(),
                     kind="partner_call")  # fmt: skip

    def render_published_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_open_until(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


class ApplicationTable(ListTable):
    rows_name = ngettext_lazy("%(n)s application", "%(n)s applications", "total")
    readers = STAFF - {Role.ADMINISTRATOR}

    receipt = Column(
        verbose_name=_("Receipt"), linkify=lambda record: reverse("desk:partner_application", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    call = Column(verbose_name=_("Call"), order_by=("call__name",))
    person = Column(verbose_name=_("Person"), accessor="masked_name", orderable=False)
    comes_from = Column(verbose_name=pgettext_lazy("partner", "From"))
    state = Column(verbose_name=_("State"))
    sent_at = TemplateColumn("{% day record.sent_at %}", verbose_name=_("Sent"))
    due = TemplateColumn(
        "{% if record.promise and not record.promise.settled_at %}{% due record.promise.due_at %}{% else %}—{% endif %}",
        verbose_name=_("Answer by"), order_by=("promise__due_at",),
    )  # fmt: skip

    class Meta(ListTable.Meta):
        model = Application
        fields: ClassVar[tuple[str, ...]] = (
            "receipt", "call", "person", "comes_from", "state", "sent_at", "due",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Applications your posts review stand here; nobody else sees them. None waits now.")

    def __init__(self, *args: Any, mark: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark = mark

    def render_receipt(self, value: str) -> str:
        return receipt_text(value, self.mark)

    def render_state(self, record: Application) -> SafeString:
        return state(record.state, record.get_state_display(), kind="partner_application")


STANDS = (
    ("in_force", _("in force today")),
    ("run_out", _("past its day, nothing said yet")),
    *PartnershipState.choices,
)


class PartnershipFilter(ListFilter):
    stands = django_filters.ChoiceFilter(label=_("State"), choices=STANDS, empty_label=_("any"), method="by_stands")
    comes_from = django_filters.ChoiceFilter(
        label=pgettext_lazy("partner", "From"), choices=ComesFrom, empty_label=_("any"), field_name="comes_from"
    )

    class Meta:
        model = Partnership
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, queryset: PartnershipQuerySet) -> None:
        super().__init__(data, queryset)

    def by_stands(self, found: PartnershipQuerySet, name: str, value: str) -> Any:
        if value == "in_force":
            return found.in_force()
        return found.run_out() if value == "run_out" else found.filter(state=value)


class PartnershipTable(ListTable):
    rows_name = ngettext_lazy("%(n)s agreement", "%(n)s agreements", "total")
    readers = READERS

    paper = Column(
        verbose_name=pgettext_lazy("partner", "Agreement"),
        linkify=lambda record: reverse("desk:partnership", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    person = Column(verbose_name=_("Partner"), accessor="masked_name", orderable=False)
    unit_name = Column(verbose_name=pgettext_lazy("partner", "Of"))
    place = Column(verbose_name=_("Place"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    project = Column(verbose_name=_("Project"))
    state = Column(verbose_name=_("State"))
    ends_on = Column(verbose_name=pgettext_lazy("agreement", "Until"))

    class Meta(ListTable.Meta):
        model = Partnership
        fields: ClassVar[tuple[str, ...]] = (
            "paper", "person", "unit_name", "place", "project", "state", "ends_on",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "Agreements with partners stand here, with their project and what came of it. None in this choice."
        )

    def render_state(self, record: Partnership) -> SafeString:
        past = record.state == PartnershipState.RUNNING and record.ends_on <= clock.today()
        label = str(_("past its day")) if past else record.get_state_display()
        return state(record.state, label, kind="partnership")

    def render_ends_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


class ResultTable(ListTable):
    rows_name = ngettext_lazy("%(n)s result taken up", "%(n)s results taken up", "total")

    name = Column(verbose_name=_("Result"), attrs={"td": {"class": "ttl"}})
    institute = Column(verbose_name=_("College or institute"), order_by=("institute__name",))
    place = Column(verbose_name=_("Where"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    used_by = Column(verbose_name=_("Used by"))
    taken_up_on = Column(verbose_name=_("Since"))
    outcome = Column(verbose_name=_("What came of it"), orderable=False)
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = ResearchResult
        fields: ClassVar[tuple[str, ...]] = (
            "name", "institute", "place", "used_by", "taken_up_on", "outcome", "work",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Results of colleges and institutes that villages use stand here. None is entered yet.")

    def render_taken_up_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_work(self, record: ResearchResult) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("desk:result_outcome", args=[record.pk]), _("Note the outcome")
        )


class BaseFilter(ListFilter):
    running = django_filters.ChoiceFilter(
        label=_("Which"), choices=[("now", _("of today"))], empty_label=_("any"), method="by_running"
    )

    class Meta:
        model = TeachingBase
        fields: tuple[str, ...] = ()

    def by_running(self, found: TeachingBaseQuerySet, name: str, value: str) -> Any:
        return found.current()


class BaseTable(ListTable):
    rows_name = ngettext_lazy("%(n)s teaching base", "%(n)s teaching bases", "total")

    name = Column(verbose_name=_("Teaching base"), attrs={"td": {"class": "ttl"}})
    institute = Column(verbose_name=_("College or institute"), order_by=("institute__name",))
    place = Column(verbose_name=_("Where"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    paper = Column(verbose_name=pgettext_lazy("partner", "Agreement"))
    starts_on = Column(verbose_name=pgettext_lazy("agreement", "From"))
    ends_on = Column(verbose_name=pgettext_lazy("agreement", "Until"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = TeachingBase
        fields: ClassVar[tuple[str, ...]] = ("name", "institute", "place", "paper", "starts_on", "ends_on", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Teaching bases of colleges stand here, with their agreements. None in this choice.")

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_ends_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_work(self, record: TeachingBase) -> SafeString | str:
        if record.ends_on:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("desk:base_end", args=[record.pk]), _("End it"))
