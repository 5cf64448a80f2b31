"""Lists of what is missing, of rules, of who leads and of what is too much. Posts and places; persons only where they hold a
public post, and never sorted by what they carry."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.desk.decisions import DecisionTable
from cunlian.kernel import clock, promises
from cunlian.kernel.access import Actor
from cunlian.organisations.coverage.catalogue import BY_CODE
from cunlian.organisations.coverage.open_matters import OPEN, Why
from cunlian.organisations.coverage.overload import Load
from cunlian.organisations.coverage.reading import Coverage
from cunlian.organisations.coverage.rules import ARRANGERS
from cunlian.organisations.coverage.seated import NEVER
from cunlian.organisations.models import Duty, DutyCeiling
from cunlian.organisations.responsibility.aims import Aim
from cunlian.ui import formats
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag, fig

LONG = 30
"""Days from which a gap is shown as late."""


class RadarTable(ListTable):
    rows_name = ngettext_lazy("%(n)s gap", "%(n)s gaps", "total")

    title = Column(verbose_name=_("Where nobody answers"), attrs={"td": {"class": "ttl"}})
    rule = Column(verbose_name=_("Who is missing"))
    lies_in = Column(verbose_name=_("In"), order_by=("at",), attrs={"td": {"class": "nowrap"}})
    why = Column(verbose_name=_("Why"))
    owner_name = Column(verbose_name=_("Post"))
    open_since = Column(verbose_name=pgettext_lazy("gap", "Since"))
    days = NumberColumn(verbose_name=_("Days open"), accessor="open_since", orderable=False)
    works = WorkColumn(accessor="key")

    class Meta(ListTable.Meta):
        fields: ClassVar[tuple[str, ...]] = (
            "title", "rule", "lies_in", "why", "owner_name", "open_since", "days", "works",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Every place and every open matter in this choice has a current person who answers.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def render_title(self, value: str, record: dict[str, Any]) -> SafeString | str:
        # To the form that closes it, or for an open matter to the matter: nothing for who may do neither.
        if record["rule"] != OPEN and not self._may_close(record):
            return title_of(record)
        return format_html('<a href="{}">{}</a>', _page(record), title_of(record))

    def _may_close(self, record: dict[str, Any]) -> bool:
        return self.actor.holds(ARRANGERS, record["owner_at"] or record["at"])

    def value_title(self, value: str, record: dict[str, Any]) -> str:
        return title_of(record)

    def render_rule(self, value: str) -> str:
        return str(_("Open matter") if value == OPEN else BY_CODE[value].who)

    def render_why(self, value: str) -> str:
        return str(Why(value).label)

    def render_owner_name(self, value: str, record: dict[str, Any]) -> SafeString | str:
        if not record["owner"]:
            return formats.NOT_APPLICABLE
        return format_html('<a href="{}">{}</a>', reverse("desk:post", args=[record["owner"]]), value)

    def render_open_since(self, value: date) -> SafeString | str:
        return _now("never named") if value <= NEVER else day_tag(value, year=True)

    def value_open_since(self, value: date) -> str:
        return "" if value <= NEVER else value.isoformat()

    def render_days(self, value: date) -> SafeString | str:
        if value <= NEVER:
            return formats.NOT_APPLICABLE
        days = (clock.today() - value).days
        shown = formats.number(days)
        # Not the cell's own child: on a phone a deadline says itself what it is, a number of days needs the column's head.
        return format_html('<span><span class="late">{}</span></span>', shown) if days >= LONG else shown

    def value_days(self, value: date) -> int | str:
        return "" if value <= NEVER else (clock.today() - value).days

    def render_works(self, record: dict[str, Any]) -> SafeString | str:
        if not self._may_close(record):
            return ""
        if record["rule"] == OPEN and not record["owner"]:
            return ""
        words = _now("Name a stand-in") if record["owner"] else _now("Name who answers")
        return format_html('<a href="{}">{}</a>', _page(record), words)


def title_of(record: dict[str, Any]) -> str:
    """What nobody answers for, as it reads by itself."""
    title: str = record["title"]
    if record["rule"] == OPEN:
        return str(promises.KINDS[title].label)
    kind = BY_CODE[record["rule"]].kind
    if kind == Aim.GROUP and title.isdigit():
        return _now("Group %(number)s") % {"number": title}
    return _now("Household %(number)s") % {"number": title} if kind == Aim.HOUSEHOLD else title


def _page(record: dict[str, Any]) -> str:
    return reverse("desk:radar_gap", args=[record["rule"], record["key"]])


class CoverageTable(ListTable):
    """``query``: the part of the district the numbers are of, as it stands in the address."""

    rows_name = ngettext_lazy("%(n)s rule", "%(n)s rules", "total")

    who = Column(verbose_name=_("Who is to answer"), accessor="rule__who", attrs={"td": {"class": "ttl"}})
    kind = Column(verbose_name=_("For each"), accessor="rule__kind")
    needed = NumberColumn(verbose_name=_("At least"), accessor="rule__needed")
    total = NumberColumn(verbose_name=_("There are"))
    covered = NumberColumn(verbose_name=_("Covered"))
    share = Column(
        verbose_name=_("Share"), accessor="covered", attrs={"td": {"class": "barcell"}, "th": {"class": "barcell"}}
    )
    missing = NumberColumn(verbose_name=_("Missing"))
    source = Column(
        verbose_name=_("What is counted, and whence"), accessor="rule__source", attrs={"td": {"class": "meta"}}
    )

    class Meta(ListTable.Meta):
        orderable = False
        fields: ClassVar[tuple[str, ...]] = ("who", "kind", "needed", "total", "covered", "share", "missing", "source")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("No rule is declared.")

    def __init__(self, *args: Any, query: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = query

    def _address(self, record: Coverage) -> str:
        return f"{reverse('desk:coverage_missing', args=[record.rule.code])}{self.query}"

    def render_kind(self, record: Coverage) -> str:
        return str(record.rule.kind.label)

    def render_share(self, record: Coverage) -> SafeString | str:
        if not record.total:
            return _now("there are none")
        width = f"{record.covered * 100 / record.total:.1f}%"
        css = "k1" if not record.missing else "k3"
        bar = format_html('<i class="bar {}" style="--w:{}"></i>', css, width) if record.covered else ""
        return format_html("{}<span class=meta>{}</span>", bar, formats.percent(record.covered, record.total))

    def value_share(self, record: Coverage) -> str:
        return formats.percent(record.covered, record.total) if record.total else ""

    def render_missing(self, record: Coverage) -> SafeString | str:
        return fig(record.missing, self._address(record))

    def render_source(self, record: Coverage) -> str:
        return f"{record.rule.counted} · {record.rule.source}"


class MissingTable(RadarTable):
    """The places missing under one rule."""

    rows_name = ngettext_lazy("%(n)s is missing", "%(n)s are missing", "total")

    class Meta(RadarTable.Meta):
        fields: ClassVar[tuple[str, ...]] = ("title", "lies_in", "why", "owner_name", "open_since", "days", "works")
        sequence: ClassVar[tuple[str, ...]] = fields
        exclude: ClassVar[tuple[str, ...]] = ("rule",)
        empty_text = _("All are covered in this choice: each has somebody who answers.")


class LeadingTable(ListTable):
    """Duties by which somebody leads at one level. ``holders``: who sits on the posts."""

    rows_name = ngettext_lazy("%(n)s duty", "%(n)s duties", "total")

    about = Column(verbose_name=_("Leads"), accessor="place", order_by=("place__code",), attrs={"td": {"class": "ttl"}})
    post = Column(verbose_name=_("Post"), linkify=lambda record: reverse("desk:post", args=[record.post_id]),
                  order_by=("post__title",))  # fmt: skip
    holder = Column(verbose_name=_("Holder"), empty_values=(), orderable=False)
    capacity = Column(verbose_name=_("As"))
    starts_on = Column(verbose_name=_("Starts on"))

    class Meta(ListTable.Meta):
        model = Duty
        fields: ClassVar[tuple[str, ...]] = ("about", "post", "holder", "capacity", "starts_on")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Nobody who is there leads at this level. The radar shows where somebody is missing.")

    def __init__(self, *args: Any, holders: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = holders

    def render_about(self, record: Duty) -> str:
        return str(record.area or record.lane or record.place)

    def render_holder(self, record: Duty) -> str:
        return self.holders.get(record.post_id, formats.NOT_APPLICABLE)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


class OverloadTable(ListTable):
    """Posts that carry more than the county wants, in the order of their places."""

    rows_name = ngettext_lazy("%(n)s post", "%(n)s posts", "total")

    place = Column(verbose_name=_("Place"), attrs={"td": {"class": "ttl"}})
    post = Column(verbose_name=_("Post"))
    capacity = Column(verbose_name=_("As"))
    carries = NumberColumn(verbose_name=_("Carries"))
    most = NumberColumn(verbose_name=_("At most"))

    class Meta(ListTable.Meta):
        orderable = False  # by place alone: no ranking of who carries how much
        fields: ClassVar[tuple[str, ...]] = ("place", "post", "capacity", "carries", "most")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "No post carries more than the county decided. Without a decision for a capacity nothing is compared."
        )

    def render_post(self, record: Load) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:post", args=[record.post.pk]), record.post)

    def render_carries(self, record: Load) -> SafeString | str:
        return fig(record.carries, reverse("desk:post", args=[record.post.pk]))


class CeilingTable(DecisionTable):
    capacity = Column(verbose_name=_("As"), attrs={"td": {"class": "ttl"}})
    most = NumberColumn(verbose_name=_("Duties of one post at most"))

    class Meta(DecisionTable.Meta):
        model = DutyCeiling
        sequence = ("decided_at", "capacity", "most", "paper", "post")
        empty_text = _("What one post should carry at most stands here, capacity by capacity. Nothing is decided yet.")
