"""Courses, sessions, who must attend and who has, who came, certificates: as lists."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.desk.learning.people import shown_name
from cunlian.kernel.access import Actor
from cunlian.people.models import Person
from cunlian.people.querysets import READERS
from cunlian.talent.learning.roster import WHO, for_list, roster
from cunlian.talent.learning.states import CourseState, SessionState
from cunlian.talent.models import Attendance, Certificate, Course, CourseKind, Session
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag
from cunlian.ui.templatetags.ui import state as state_tag

ANY = _("any")


def day_filter(label: Any, name: str, lookup: str) -> django_filters.DateFilter:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(label=label, field_name=name, lookup_expr=lookup, widget=widget)


class CourseFilter(ListFilter):
    FIRST = ("q", "kind", "state")

    q = django_filters.CharFilter(label=pgettext_lazy("course", "Called"), field_name="title", lookup_expr="contains")
    kind = django_filters.ChoiceFilter(label=_("Kind"), field_name="course_kind", choices=CourseKind, empty_label=ANY)
    state = django_filters.ChoiceFilter(label=_("State"), choices=CourseState, empty_label=ANY)
    since = day_filter(_("Begins from"), "starts_on", "gte")
    until = day_filter(_("until"), "starts_on", "lte")

    class Meta:
        model = Course
        fields: tuple[str, ...] = ()


class CourseTable(ListTable):
    rows_name = ngettext_lazy("%(n)s course", "%(n)s courses", "total")

    title = Column(
        verbose_name=_("Course"), linkify=lambda record: reverse("desk:course", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    course_kind = Column(verbose_name=_("Kind"))
    place = Column(
        verbose_name=pgettext_lazy("course", "For"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}}
    )
    given = Column(verbose_name=pgettext_lazy("course", "Given by"), accessor="given_by", orderable=False)
    starts_on = Column(verbose_name=_("Begins on"))
    held = NumberColumn(verbose_name=_("Sessions held"))
    state = Column(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = Course
        fields: ClassVar[tuple[str, ...]] = ("title", "course_kind", "place", "given", "starts_on", "held", "state")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("The courses of your county stand here. None fits this choice. Plan one, or clear the filter.")

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_state(self, record: Course) -> SafeString:
        return state_tag(record.state, record.get_state_display(), kind="course")


class SessionFilter(ListFilter):
    FIRST = ("kind", "state")

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="course__course_kind", choices=CourseKind, empty_label=ANY
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=SessionState, empty_label=ANY)
    since = day_filter(_("From"), "held_on", "gte")
    until = day_filter(_("until"), "held_on", "lte")

    class Meta:
        model = Session
        fields: tuple[str, ...] = ()


class SessionTable(ListTable):
    """``person_times``: of those the viewer may see; a declared number stands in a column of its own."""

    rows_name = ngettext_lazy("%(n)s session", "%(n)s sessions", "total")

    held_on = Column(
        verbose_name=_("Day"), linkify=lambda record: reverse("desk:session", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    course = Column(verbose_name=_("Course"), order_by=("course__title",))
    where = Column(verbose_name=_("Where"), empty_values=(), order_by=("place__code",))
    hours = NumberColumn(verbose_name=_("Hours"))
    level = Column(verbose_name=_("Level"))
    teacher = Column(verbose_name=_("Teacher"))
    person_times = NumberColumn(verbose_name=_("Person-times"))
    declared_count = NumberColumn(verbose_name=_("Declared"))
    state = Column(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = Session
        fields: ClassVar[tuple[str, ...]] = (
            "held_on", "course", "where", "hours", "level", "teacher", "person_times", "declared_count", "state",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Sessions stand here with who came. None fits this choice.")

    def render_held_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_where(self, record: Session) -> str:
        return " ".join(filter(None, [str(record.place), record.destination or record.venue]))

    def render_state(self, record: Session) -> SafeString:
        return state_tag(record.state, record.get_state_display(), kind="session")


WHOM = dict(
    zip(
        WHO,
        (
            _("must attend"), _("must attend and have"), _("must attend and have not"),
            _("came without having to"), _("came"),
        ),
        strict=True,
    )
)  # fmt: skip


class RosterFilter(ListFilter):
    """``who`` is asked of the roster itself: which persons of the course."""

    who = django_filters.ChoiceFilter(
        label=_("Which"), choices=list(WHOM.items()), empty_label=_("all"), method="by_who"
    )

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, course: Course, actor: Actor) -> None:
        self.course, self.actor = course, actor
        super().__init__(data, for_list(roster(course, actor), course, actor))

    def by_who(self, rows: Any, name: str, value: str) -> Any:
        return for_list(roster(self.course, self.actor, value), self.course, self.actor)


class RosterTable(ListTable):
    rows_name = ngettext_lazy("%(n)s person", "%(n)s persons", "total")
    readers = READERS

    name = Column(verbose_name=pgettext_lazy("person", "Name"), attrs={"td": {"class": "ttl"}}, order_by=("name",))
    post = Column(verbose_name=_("Post"), empty_values=(), orderable=False)
    times = NumberColumn(verbose_name=_("Times"))
    hours = NumberColumn(verbose_name=_("Hours"))
    stands = Column(verbose_name=_("Attended"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Person
        fields: ClassVar[tuple[str, ...]] = ("name", "post", "times", "hours", "stands")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Who must attend and who came stands here. Nobody fits this choice.")

    def render_name(self, record: Any) -> str:
        return shown_name(record, bool(record.posts_then))

    def render_post(self, record: Any) -> str:
        return "; ".join(str(posting.post) for posting in record.posts_then) or formats.NOT_APPLICABLE

    def render_stands(self, record: Any) -> SafeString | str:
        return str(_("yes")) if record.times else format_html('<span class="late">{}</span>', _("not yet"))


class AttendanceTable(ListTable):
    rows_name = ngettext_lazy("%(n)s person-time", "%(n)s person-times", "total")
    readers = READERS

    person = Column(
        verbose_name=pgettext_lazy("person", "Name"),
        empty_values=(),
        attrs={"td": {"class": "ttl"}},
        order_by=("person__name",),
    )
    post = Column(verbose_name=_("Post"), order_by=("post__title",))
    village = Column(
        verbose_name=_("Village"),
        accessor="person__place",
        order_by=("person__place__code",),
        attrs={"td": {"class": "nowrap"}},
    )
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = Attendance
        fields: ClassVar[tuple[str, ...]] = ("person", "post", "village", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Who came stands here. Enter it from the signed sheet, or declare a number with its source.")

    def __init__(
        self, *args: Any, may_change: bool = False, hidden: frozenset[Any] = frozenset(), **kwargs: Any
    ) -> None:
        super().__init__(*args, exclude=() if may_change else ("work",), **kwargs)
        self.hidden = hidden

    def render_person(self, record: Attendance) -> str:
        if record.person is None or record.pk in self.hidden:
            return str(_("without a name"))
        return shown_name(record.person, record.post_id is not None)

    def render_village(self, record: Attendance, value: Any) -> str:
        return formats.NOT_APPLICABLE if record.pk in self.hidden else str(value)

    def render_work(self, record: Attendance) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:attendance_out", args=[record.pk]), _("Take out"))


class CertificateTable(ListTable):
    rows_name = ngettext_lazy("%(n)s certificate", "%(n)s certificates", "total")
    readers = READERS

    code = Column(
        verbose_name=_("Check code"), accessor="shown_code", order_by=("code",), attrs={"td": {"class": "ttl mono"}}
    )
    person = Column(verbose_name=pgettext_lazy("person", "Name"), order_by=("person__name",))
    hours = NumberColumn(verbose_name=_("Hours"))
    issued_on = Column(verbose_name=_("Issued on"))
    revoked_on = Column(verbose_name=pgettext_lazy("certificate", "Taken back"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = Certificate
        fields: ClassVar[tuple[str, ...]] = ("code", "person", "hours", "issued_on", "revoked_on", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("The certificates of this course stand here. None is issued yet.")

    def render_issued_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_revoked_on(self, record: Certificate, value: Any) -> SafeString:
        return format_html("{} {}", day_tag(value, year=True), record.revoked_because)

    def render_work(self, record: Certificate) -> SafeString | str:
        if record.revoked_on:
            return ""
        return format_html(
            '<a href="{}">{}</a> <a href="{}">{}</a>', reverse("desk:certificate_print", args=[record.pk]), _("Print"),
            reverse("desk:certificate_revoke", args=[record.pk]), pgettext_lazy("certificate", "Take back"),
        )  # fmt: skip
