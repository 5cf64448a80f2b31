"""The two committees, a village a row; memberships, leads, filings, leavings, declared numbers."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.kernel import clock
from cunlian.kernel.refusals import Text
from cunlian.organisations.composition import TwoCommittees, Warned
from cunlian.organisations.models import Declared, DeclaredNumber, Lead, Leaving, Posting, UnitMembership
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag


class CommitteesTable(ListTable):
    rows_name = ngettext_lazy("%(n)s village", "%(n)s villages", "total")

    place = Column(verbose_name=_("Village"), orderable=False, attrs={"td": {"class": "nowrap"}})
    secretary = Column(verbose_name=_("Party secretary"), orderable=False, empty_values=())
    director = Column(verbose_name=_("Head of the villagers' committee"), orderable=False, empty_values=())
    members = NumberColumn(verbose_name=_("Members, each once"), orderable=False)
    women = NumberColumn(verbose_name=_("Women among them"), orderable=False)
    warnings = Column(verbose_name=_("What to look at"), orderable=False, empty_values=())

    class Meta(ListTable.Meta):
        fields = ("place", "secretary", "director", "members", "women", "warnings")
        empty_text = _("Villages with a committee stand here. None is founded yet.")

    def render_secretary(self, record: TwoCommittees) -> str:
        return _named(record.secretary)

    def render_director(self, record: TwoCommittees) -> str:
        return _named(record.director)

    def render_members(self, record: TwoCommittees) -> int:
        return len(record.members)

    def render_warnings(self, record: TwoCommittees) -> SafeString | str:
        rows = [(_looked_at(one), one.rule) for one in record.warnings]
        return format_html_join("", '<div>{} <span class="meta">{}</span></div>', rows)


def _looked_at(one: Warned) -> SafeString | Text:
    """Its words; where a post tells more, they lead to it."""
    if one.post_id is None:
        return one.text
    return format_html('<a href="{}">{}</a>', reverse("desk:post", args=[one.post_id]), one.text)


def _named(posting: Posting | None) -> str:
    return posting.person.name if posting else _now("vacant")


class MembershipTable(ListTable):
    """Which unit is a member of what; its own unit above beside it, because that stays. ``may_end``: with the link."""

    rows_name = ngettext_lazy("%(n)s membership", "%(n)s memberships", "total")

    unit = Column(verbose_name=_("Unit"), linkify=lambda record: reverse("desk:unit", args=[record.unit_id]),
                  attrs={"td": {"class": "ttl"}}, order_by=("unit__name_order",))  # fmt: skip
    kind = Column(verbose_name=_("Kind"), accessor="unit__get_organisation_kind_display", orderable=False)
    parent = Column(verbose_name=_("Its own unit above"), accessor="unit__parent", orderable=False)
    joined = Column(verbose_name=_("Member of"), empty_values=(), orderable=False, accessor="pk")
    starts_on = Column(verbose_name=_("Starts on"))
    paper = Column(verbose_name=_("Agreement or paper"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = UnitMembership
        fields: ClassVar[tuple[str, ...]] = ("unit", "kind", "parent", "joined", "starts_on", "paper", "works")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Units that are members of a joint body or of an area stand here. None has joined yet.")

    def __init__(self, *args: Any, may_end: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_end else ("works",), **kwargs)

    def render_joined(self, record: UnitMembership) -> str:
        return str(record.body or record.area)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_works(self, record: UnitMembership) -> SafeString | str:
        return _link("desk:unit_separate", record, _now("Separate")) if record.ends_on is None else ""


class LeadTable(ListTable):
    rows_name = ngettext_lazy("%(n)s lead", "%(n)s leads", "total")

    unit = Column(verbose_name=_("Unit"), linkify=lambda record: reverse("desk:unit", args=[record.unit_id]),
                  attrs={"td": {"class": "ttl"}}, order_by=("unit__name_order",))  # fmt: skip
    post = Column(verbose_name=_("Led by the post"), linkify=lambda record: reverse("desk:post", args=[record.post_id]),
                  order_by=("post__title",))  # fmt: skip
    holder = Column(verbose_name=_("Holder"), empty_values=(), orderable=False, accessor="pk")
    led_as = Column(verbose_name=_("As"))
    starts_on = Column(verbose_name=_("Starts on"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = Lead
        fields: ClassVar[tuple[str, ...]] = ("unit", "post", "holder", "led_as", "starts_on", "works")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Cooperatives, farms and teams led by a secretary, an able member or a mentor stand here.")

    def __init__(self, *args: Any, holders: dict[Any, str], may_end: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_end else ("works",), **kwargs)
        self.holders = holders

    def render_holder(self, record: Lead) -> str:
        return self.holders.get(record.post_id) or _now("vacant")

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_works(self, record: Lead) -> SafeString | str:
        return _link("desk:lead_end", record, _now("End the lead")) if record.ends_on is None else ""


class FilingFilter(ListFilter):
    filed = django_filters.ChoiceFilter(
        label=_("In the county's file"), choices=[("yes", _("filed")), ("no", _("not filed yet"))], method="by_filed",
        empty_label=_("any"),
    )  # fmt: skip

    class Meta:
        model = Posting
        fields: tuple[str, ...] = ()

    def by_filed(self, found: Any, name: str, value: str) -> Any:
        return found.filter(filed_on__isnull=value == "no")


class FilingTable(ListTable):
    rows_name = ngettext_lazy("%(n)s secretary", "%(n)s secretaries", "total")

    place = Column(verbose_name=_("Village"), accessor="post__place", order_by=("post__place__code",))
    person = Column(verbose_name=_("Party secretary"), accessor="person__name", order_by=("person__name",))
    starts_on = Column(verbose_name=_("Starts on"))
    basis = Column(verbose_name=_("Basis"))
    filed_on = Column(verbose_name=_("Filed on"), empty_values=())
    filing_paper = Column(verbose_name=_("Number in the county's file"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = Posting
        fields: ClassVar[tuple[str, ...]] = (
            "place", "person", "starts_on", "basis", "filed_on", "filing_paper", "works",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "Party secretaries of villages stand here, in the county's file or not. There is none in this choice."
        )

    def __init__(self, *args: Any, may_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_file else ("works",), **kwargs)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_filed_on(self, record: Posting) -> SafeString | str:
        if record.filed_on:
            return day_tag(record.filed_on, year=True)
        return format_html('<span class="late">{}</span>', _now("not filed yet"))

    def render_works(self, record: Posting) -> SafeString | str:
        return "" if record.filed_on else _link("desk:filing", record, _now("File it"))


class LeavingFilter(ListFilter):
    still = django_filters.ChoiceFilter(
        label=_("Still open"), choices=[("hand_over", _("the hand-over")), ("audit", _("the audit"))], method="by_open",
        empty_label=_("any"),
    )  # fmt: skip

    class Meta:
        model = Leaving
        fields: tuple[str, ...] = ()

    def by_open(self, found: Any, name: str, value: str) -> Any:
        if value == "hand_over":
            return found.filter(handed_on=None)
        return found.filter(audit__isnull=False, audited_on=None)


class LeavingTable(ListTable):
    rows_name = ngettext_lazy("%(n)s leaving", "%(n)s leavings", "total")

    post = Column(
        verbose_name=_("Post"), accessor="posting__post", attrs={"td": {"class": "ttl"}},
        linkify=lambda record: reverse("desk:leaving", args=[record.pk]), order_by=("posting__post__title",),
    )  # fmt: skip
    person = Column(verbose_name=_("Who leaves"), accessor="posting__person__name", orderable=False)
    ends_on = Column(verbose_name=_("Until"), accessor="posting__ends_on")
    handed_on = Column(verbose_name=_("Handed over on"), empty_values=())
    audit = Column(verbose_name=_("Audit on leaving"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Leaving
        fields: ClassVar[tuple[str, ...]] = ("post", "person", "ends_on", "handed_on", "audit")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "Postings that ended stand here, with what is to be handed over and audited. None in this choice."
        )

    def render_ends_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_handed_on(self, record: Leaving) -> SafeString | str:
        return day_tag(record.handed_on, year=True) if record.handed_on else _now("not yet")

    def render_audit(self, record: Leaving) -> SafeString | str:
        if record.audit is None:
            return _now("none due")
        if record.audited_on:
            return format_html("{} {}", day_tag(record.audited_on, year=True), record.audit_paper)
        return format_html("{} {}", _now("Due by"), day_tag(clock.day_of(record.audit.due_at), year=True))


class DeclaredFilter(ListFilter):
    what = django_filters.ChoiceFilter(label=_("What is declared"), choices=Declared, empty_label=_("any"))

    class Meta:
        model = DeclaredNumber
        fields: tuple[str, ...] = ()


class DeclaredTable(ListTable):
    rows_name = ngettext_lazy("%(n)s declared number", "%(n)s declared numbers", "total")

    what = Column(verbose_name=_("What is declared"), attrs={"td": {"class": "ttl"}})
    place = Column(verbose_name=pgettext_lazy("declared", "Of"), order_by=("place__code",))
    number = NumberColumn(verbose_name=pgettext_lazy("declared", "Number"))
    as_of = Column(verbose_name=pgettext_lazy("declared", "As of"))
    source = Column(verbose_name=pgettext_lazy("declared", "Source"))

    class Meta(ListTable.Meta):
        model = DeclaredNumber
        fields: ClassVar[tuple[str, ...]] = ("what", "place", "number", "as_of", "source")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Numbers no register here counts stand here, each with its source. The newest of each holds.")

    def render_place(self, record: DeclaredNumber) -> str:
        return str(record.area or record.place)

    def render_as_of(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


def _link(name: str, record: UnitMembership | Lead | Posting, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(name, args=[record.pk]), words)
