"""Lists of units, posts, duties and gaps. Names of holders are read in one query for all rows."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from cunlian.cases.matters import matter_names
from cunlian.kernel import clock
from cunlian.organisations.models import Duty, Gap, Organisation, Post
from cunlian.ui import formats
from cunlian.ui.tables import ListTable, NumberColumn
from cunlian.ui.templatetags.ui import day_tag


class UnitTable(ListTable):
    rows_name = _("%(n)s units")

    name = Column(verbose_name=_("Unit"), linkify=lambda record: reverse("desk:unit", args=[record.pk]))
    organisation_kind = Column(verbose_name=_("Kind"))
    place = Column(verbose_name=_("Works for"), order_by=("place__code",))
    phone = Column(verbose_name=_("Office phone"))

    class Meta(ListTable.Meta):
        model = Organisation
        fields = ("name", "organisation_kind", "place", "phone")
        empty_text = _("Units that work here stand here. None is founded yet.")


class PostTable(ListTable):
    rows_name = _("%(n)s posts")

    title = Column(verbose_name=_("Post"), linkify=lambda record: reverse("desk:post", args=[record.pk]))
    organisation = Column(verbose_name=_("Unit"), order_by=("organisation__name",))
    place = Column(verbose_name=_("For"), order_by=("place__code",))
    holder = Column(verbose_name=_("Holder"), accessor="running_postings", orderable=False, empty_values=())
    since = Column(verbose_name=_("Starts on"), accessor="running_postings", orderable=False)
    basis = Column(verbose_name=_("Basis"), accessor="running_postings", orderable=False)

    class Meta(ListTable.Meta):
        model = Post
        fields = ("title", "organisation", "place", "holder", "since", "basis")
        empty_text = _("Posts of the units stand here. None is created yet.")

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
    rows_name = _("%(n)s duties")

    post = Column(verbose_name=_("Post"), linkify=lambda record: reverse("desk:post", args=[record.post_id]),
                  order_by=("post__title",))  # fmt: skip
    capacity = Column(verbose_name=_("As"))
    place = Column(verbose_name=_("For"), order_by=("place__code",))
    matter = Column(verbose_name=_("Matter"))
    starts_on = Column(verbose_name=_("Starts on"))

    class Meta(ListTable.Meta):
        model = Duty
        fields = ("post", "capacity", "place", "matter", "starts_on")
        empty_text = _("Duties that hold on this day stand here. There are none.")

    def render_place(self, record: Duty) -> str:
        where = record.area or record.place
        number = record.household.number if record.household else ""
        return f"{where} {number}".strip()

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


class GapTable(_OfMatters):
    rows_name = _("%(n)s gaps")

    place = Column(verbose_name=_("Place"), order_by=("place__code",))
    rank = Column(verbose_name=_("Rank"))
    matter = Column(verbose_name=_("Matter"))
    found_on = Column(verbose_name=_("Found on"))
    days = NumberColumn(verbose_name=_("Days open"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Gap
        fields = ("place", "rank", "matter", "found_on", "days")
        empty_text = _("Where something came in and nobody answers stands here. Somebody answers everywhere.")

    def render_place(self, record: Gap) -> SafeString:
        return format_html(
            '<a href="{}?place={}">{}</a>', reverse("desk:responsibility"), record.place.code[:12], record.place
        )

    def render_found_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_days(self, record: Gap) -> str:
        return formats.number((clock.today() - record.found_on).days)
