"""The item list: groups and items with what they promise; and the words offices often use."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy
from django_tables2 import Column

from cunlian.cases.models import Category, DeadlineRule, Level, ReplyTemplate
from cunlian.ui import formats
from cunlian.ui.tables import ListTable, WorkColumn
from cunlian.ui.templatetags.ui import day_tag

KINDS = (
    ("is_public_matter", _("public matter")),
    ("needs_power", _("only a department with the power")),
    ("is_dispute", _("dispute")),
)


class DeadlineColumn(Column):
    """How long an answer may take at one level."""

    def __init__(self, level: Level) -> None:
        attrs = {"th": {"class": "num"}, "td": {"class": "num"}}
        super().__init__(verbose_name=level.label, accessor="deadlines", orderable=False, attrs=attrs)
        self.level = level

    def render(self, record: Category) -> str:
        rule = next((rule for rule in record.deadlines.all() if rule.level == self.level), None)
        return time_of(rule) if rule else formats.NOT_APPLICABLE


def time_of(rule: DeadlineRule) -> str:
    if rule.hours:
        return ngettext("%(n)s hour", "%(n)s hours", rule.hours) % {"n": rule.hours}
    return ngettext("%(n)s working day", "%(n)s working days", rule.working_days) % {"n": rule.working_days}


class CategoryTable(ListTable):
    """``may_keep``: with what can be done to each."""

    rows_name = ngettext_lazy("%(n)s group or item", "%(n)s groups and items", "total")

    name = Column(verbose_name=_("Item"), orderable=False)
    code = Column(verbose_name=_("Number code"), attrs={"td": {"class": "mono"}})
    responsible_kind = Column(verbose_name=_("Which kind of unit answers"))
    normal = DeadlineColumn(Level.NORMAL)
    urgent = DeadlineColumn(Level.URGENT)
    emergency = DeadlineColumn(Level.EMERGENCY)
    kinds = Column(verbose_name=_("What it is"), empty_values=(), orderable=False)
    starts_on = Column(verbose_name=_("Starts on"))
    ends_on = Column(verbose_name=_("Until"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = Category
        fields = (
            "name", "code", "responsible_kind", "normal", "urgent", "emergency", "kinds", "starts_on", "ends_on", "works",
        )  # fmt: skip
        empty_text = _("What may be asked here, of whom, and by when it is answered. No item is on the list yet.")

    def __init__(self, *args: Any, may_keep: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_keep else ("works",), **kwargs)

    def render_name(self, record: Category) -> SafeString | str:
        return str(record) if record.parent_id else format_html("<b>{}</b>", record)

    def render_kinds(self, record: Category) -> SafeString | str:
        held = ((label,) for name, label in KINDS if getattr(record, name))
        return format_html_join(" ", '<span class="tag">{}</span>', held)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_ends_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_works(self, record: Category) -> SafeString | str:
        if record.ends_on:
            return ""
        links = (("desk:category_deadline", _now("Deadline")), ("desk:category_end", _now("Take it off")))
        return format_html_join(
            _now(", "), '<a href="{}">{}</a>', ((reverse(name, args=[record.pk]), text) for name, text in links)
        )


class TemplateTable(ListTable):
    """``may_keep``: with the link that removes one."""

    rows_name = ngettext_lazy("%(n)s template", "%(n)s templates", "total")

    name = Column(verbose_name=_("Its name"))
    category = Column(verbose_name=_("For which item"), empty_values=(), order_by=("category__code",))
    text = Column(verbose_name=_("Words"), orderable=False)
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = ReplyTemplate
        fields = ("name", "category", "text", "works")
        empty_text = _("Words an office uses often stand here, to be adapted to each request. There are none yet.")

    def __init__(self, *args: Any, may_keep: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_keep else ("works",), **kwargs)

    def render_category(self, record: ReplyTemplate) -> str:
        return str(record.category) if record.category else _now("any")

    def render_works(self, record: ReplyTemplate) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:template_remove", args=[record.pk]), _now("Remove it"))
