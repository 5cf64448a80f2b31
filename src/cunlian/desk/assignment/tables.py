"""Proposals, the pairs of one beside the lines of the draft, and what each post would carry."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.desk.far import far_text
from cunlian.desk.responsibility.yearly_tables import object_of
from cunlian.organisations.assignment.querysets import READERS
from cunlian.organisations.assignment.states import State
from cunlian.organisations.models import Assignment, AssignmentLine, AssignmentPost
from cunlian.ui.filters import ListFilter
from cunlian.ui.states import add_states
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag, state

add_states("assignment", {"draft": "new", "proposed": "wait", "confirmed": "ok", "dropped": "off"})

BECOMES = (
    ("new", pgettext_lazy("assignment", "new")),
    ("changed", pgettext_lazy("assignment", "another post")),
    ("kept", pgettext_lazy("assignment", "stays")),
    ("nobody", pgettext_lazy("assignment", "nobody yet")),
)


def becoming(line: AssignmentLine) -> str:
    """What confirming makes of the object's line."""
    if line.post_id is None:
        return "nobody"
    if line.before_id is None:
        return "new"
    return "kept" if line.before_id == line.post_id else "changed"


WHERE = {
    "new": Q(before=None, post__isnull=False), "changed": Q(before__isnull=False) & ~Q(before=F("post")) & ~Q(post=None),
    "kept": Q(before=F("post")), "nobody": Q(post=None),
}  # fmt: skip


class AssignmentTable(ListTable):
    rows_name = ngettext_lazy("%(n)s proposal", "%(n)s proposals", "total")
    readers = frozenset(READERS)

    on_list = Column(
        verbose_name=_("For the list"), order_by=("on_list__place__code", "on_list__year"), attrs={"td": {"class": "ttl"}},
        linkify=lambda record: reverse("desk:assignment", args=[record.pk]),
    )  # fmt: skip
    state = Column(verbose_name=_("State"))
    line_count = NumberColumn(verbose_name=_("Lines"))
    begun_at = Column(verbose_name=_("Begun on"))
    ended_on = Column(verbose_name=_("Settled on"))

    class Meta(ListTable.Meta):
        model = Assignment
        fields: ClassVar[tuple[str, ...]] = ("on_list", "state", "line_count", "begun_at", "ended_on")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "Proposals of who takes what stand here. They begin on the page of a yearly list that is a draft."
        )

    def render_state(self, record: Assignment) -> SafeString:
        return state(record.state, record.get_state_display(), kind="assignment")

    def render_begun_at(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    render_ended_on = render_begun_at


class LineFilter(ListFilter):
    becomes = django_filters.ChoiceFilter(
        label=_("What becomes of it"), choices=BECOMES, method="of_kind", empty_label=_("all lines")
    )
    post = django_filters.ModelChoiceFilter(label=_("Post"), empty_label=_("all posts"), queryset=None)

    class Meta:
        model = AssignmentLine
        fields = ("becomes", "post")

    def __init__(self, *args: Any, posts: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["post"].queryset = posts

    def of_kind(self, rows: QuerySet[AssignmentLine], name: str, value: str) -> QuerySet[AssignmentLine]:
        return rows.filter(WHERE[value]) if value in WHERE else rows


class LineTable(ListTable):
    rows_name = ngettext_lazy("%(n)s line", "%(n)s lines", "total")
    readers = frozenset(READERS)

    about = Column(verbose_name=_("For"), empty_values=(), order_by=("place__code",), attrs={"td": {"class": "ttl"}})
    becomes = Column(verbose_name=_("What becomes of it"), empty_values=(), orderable=False)
    before = Column(verbose_name=_("On the draft"), order_by=("before__title",))
    far_before = Column(verbose_name=_("Distance"), orderable=False)
    post = Column(verbose_name=_("Proposed"), order_by=("post__title",))
    far = Column(verbose_name=_("Distance then"), orderable=False)
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = AssignmentLine
        fields: ClassVar[tuple[str, ...]] = ("about", "becomes", "before", "far_before", "post", "far", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("No line of the proposal is like this.")

    def __init__(self, *args: Any, may_rule: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_rule else ("work",), **kwargs)

    def render_about(self, record: AssignmentLine) -> str:
        return object_of(record)

    def render_becomes(self, record: AssignmentLine) -> str:
        return str(dict(BECOMES)[becoming(record)])

    def render_post(self, record: AssignmentLine) -> SafeString | str:
        marks = []
        if record.fixed:
            marks.append(_now("fixed by hand"))
        if record.post_id == record.last_year_id:
            marks.append(_now("as last year"))
        return format_html(
            '{}{}', record.post, format_html(' <span class="meta">{}</span>', " · ".join(marks)) if marks else ""
        )  # fmt: skip

    def render_far(self, record: AssignmentLine, value: int) -> str:
        return far_text(record.assignment.way, value)

    render_far_before = render_far

    def render_work(self, record: AssignmentLine) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:assignment_rule", args=[record.pk]), _("Decide"))


class LoadTable(ListTable):
    """``before`` and ``after``: lines of each post by its key."""

    rows_name = ngettext_lazy("%(n)s post", "%(n)s posts", "total")
    readers = frozenset(READERS)

    post = Column(
        verbose_name=_("Post"), order_by=("post__title",), attrs={"td": {"class": "ttl"}},
        linkify=lambda record: reverse("desk:post", args=[record.post_id]),
    )  # fmt: skip
    before = NumberColumn(verbose_name=_("Carries on the draft"), empty_values=(), orderable=False)
    after = NumberColumn(verbose_name=_("Would carry"), empty_values=(), orderable=False)
    ceiling = NumberColumn(verbose_name=_("At most"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = AssignmentPost
        fields: ClassVar[tuple[str, ...]] = ("post", "before", "after", "ceiling", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("The posts that may answer stand here.")

    def __init__(
        self, *args: Any, before: dict[UUID, int], after: dict[UUID, int], may_rule: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, exclude=() if may_rule else ("work",), **kwargs)
        self.held, self.taken = before, after

    def render_before(self, record: AssignmentPost) -> int:
        return self.held.get(record.post_id, 0)

    def render_after(self, record: AssignmentPost) -> SafeString | int:
        number = self.taken.get(record.post_id, 0)
        url = reverse("desk:assignment", args=[record.assignment_id])
        return (
            format_html('<a class="fig" href="{}?post={}#lines">{}</a>', url, record.post_id, number) if number else 0
        )

    def render_work(self, record: AssignmentPost) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("desk:assignment_ceiling", args=[record.pk]), _("Set how many")
        )


OPEN = frozenset({State.DRAFT, State.PROPOSED})
