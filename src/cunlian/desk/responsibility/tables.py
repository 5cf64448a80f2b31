"""Lists of units, posts, duties and gaps. Names of holders are read in one query for all rows."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.cases.matters import matter_names
from cunlian.cases.querysets import READERS
from cunlian.desk.responsibility.ranks import rank_names
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Duty, Gap, Organisation, Post, Posting, Rank
from cunlian.organisations.querysets import GapQuerySet
from cunlian.places.territory import territory_q
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag

WHERE = (("mine", _("where I work")),)


class UnitTable(ListTable):
    rows_name = ngettext_lazy("%(n)s unit", "%(n)s units", "total")

    name = Column(verbose_name=_("Unit"), linkify=lambda record: reverse("desk:unit", args=[record.pk]))
    organisation_kind = Column(verbose_name=_("Kind"))
    place = Column(verbose_name=_("Works for"), order_by=("place__code",))
    phone = Column(verbose_name=_("Office phone"))

    class Meta(ListTable.Meta):
        model = Organisation
        fields = ("name", "organisation_kind", "place", "phone")
        empty_text = _("Units stand here. There is none in this choice.")


class PostTable(ListTable):
    rows_name = ngettext_lazy("%(n)s post", "%(n)s posts", "total")

    title = Column(verbose_name=_("Post"), linkify=lambda record: reverse("desk:post", args=[record.pk]))
    organisation = Column(verbose_name=_("Unit"), order_by=("organisation__name_order",))
    place = Column(verbose_name=_("For"), order_by=("place__code",))
    holder = Column(verbose_name=_("Holder"), accessor="running_postings", orderable=False, empty_values=())
    since = Column(verbose_name=_("Starts on"), accessor="running_postings", orderable=False)
    basis = Column(verbose_name=_("Basis"), accessor="running_postings", orderable=False)

    class Meta(ListTable.Meta):
        model = Post
        fields = ("title", "organisation", "place", "holder", "since", "basis")
        empty_text = _("Posts of the units stand here. There is none in this choice.")

    def render_place(self, record: Post) -> str:
        return str(record.area or record.place)

    def render_holder(self, value: list[Any]) -> SafeString | str:
        return value[0].person.name if value else format_html('<span class="late">{}</span>', _now("vacant"))

    def render_since(self, value: list[Any]) -> SafeString | str:
        return day_tag(value[0].starts_on if value else None, year=True)

    def render_basis(self, value: list[Any]) -> str:
        return str(value[0].get_basis_display()) if value else formats.NOT_APPLICABLE


class _OfMatters(ListTable):
    """A list whose rows name a matter by its code: shown by its name, read once for all rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matters = matter_names()

    def render_matter(self, value: str) -> str:
        return self.matters.get(value, value)


class DutyTable(_OfMatters):
    rows_name = ngettext_lazy("%(n)s duty", "%(n)s duties", "total")

    post = Column(verbose_name=_("Post"), linkify=lambda record: reverse("desk:post", args=[record.post_id]),
                  order_by=("post__title",))  # fmt: skip
    capacity = Column(verbose_name=_("As"))
    place = Column(verbose_name=_("For"), order_by=("place__code",))
    matter = Column(verbose_name=_("Matter"))
    starts_on = Column(verbose_name=_("Starts on"))

    class Meta(ListTable.Meta):
        model = Duty
        fields = ("post", "capacity", "place", "matter", "starts_on")
        empty_text = _("Duties that hold on this day stand here. There is none in this choice.")

    def render_place(self, record: Duty) -> str:
        where = record.area or record.place
        number = record.household.number if record.household else ""
        return f"{where} {number}".strip()

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


class PostDutyTable(DutyTable):
    """What one post answers for. ``may_end``: with the link that ends a duty."""

    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = Duty
        fields = ("place", "capacity", "matter", "starts_on", "works")
        sequence = ("place", "capacity", "matter", "starts_on", "works")
        empty_text = _("What the post answers for stands here. It has no duty on this day.")

    def __init__(self, *args: Any, may_end: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=("post",) if may_end else ("post", "works"), **kwargs)

    def render_works(self, record: Duty) -> SafeString | str:
        return _end_link("desk:duty_end", record)


class HolderTable(ListTable):
    """Who holds a post and who held it. ``may_end``: with the link that ends a posting."""

    rows_name = ngettext_lazy("%(n)s holder", "%(n)s holders", "total")

    person = Column(verbose_name=_("Holder"), accessor="person__name", order_by=("person__name",))
    starts_on = Column(verbose_name=_("Starts on"))
    ends_on = Column(verbose_name=_("Until"))
    basis = Column(verbose_name=_("Basis"))
    paper = Column(verbose_name=pgettext_lazy("posting", "Paper"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = Posting
        fields = ("person", "starts_on", "ends_on", "basis", "paper", "works")
        empty_text = _("Who holds the post and who held it stands here. Nobody has held it yet.")

    def __init__(self, *args: Any, may_end: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_end else ("works",), **kwargs)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_ends_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_works(self, record: Posting) -> SafeString | str:
        return _end_link("desk:posting_end", record)


def _end_link(name: str, record: Duty | Posting) -> SafeString | str:
    if record.ends_on:
        return ""
    return format_html('<a href="{}">{}</a>', reverse(name, args=[record.pk]), _now("End it"))


class GapFilter(ListFilter):
    """``actor``: whose own territory "mine" means, as the radar of their workbench counts it."""

    rank = django_filters.ChoiceFilter(label=_("Rank"), choices=Rank, empty_label=_("any"))
    where = django_filters.ChoiceFilter(
        label=_("Which places"), choices=WHERE, empty_label=_("in the whole county"), method="by_where"
    )

    class Meta:
        model = Gap
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.filters["rank"].extra["choices"] = list(rank_names().items())

    def by_where(self, found: GapQuerySet, name: str, value: str) -> Any:
        return found.filter(territory_q(self.actor, READERS))


class GapTable(_OfMatters):
    rows_name = ngettext_lazy("%(n)s gap", "%(n)s gaps", "total")

    place = Column(verbose_name=_("Place"), order_by=("place__code",))
    rank = Column(verbose_name=_("Rank"))
    matter = Column(verbose_name=_("Matter"))
    found_on = Column(verbose_name=_("Found on"))
    days = NumberColumn(verbose_name=_("Days open"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Gap
        fields = ("place", "rank", "matter", "found_on", "days")
        empty_text = _("Where something came in and nobody answers stands here. There is no such place in this choice.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranks = rank_names()

    def render_place(self, record: Gap) -> SafeString:
        return format_html(
            '<a href="{}?place={}">{}</a>', reverse("desk:responsibility"), record.place.code[:12], record.place
        )

    def render_found_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_days(self, record: Gap) -> str:
        return formats.number((clock.today() - record.found_on).days)

    def render_rank(self, record: Gap) -> str:
        return str(self.ranks[record.rank])
