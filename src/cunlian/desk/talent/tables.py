"""The lists of the register of skills. Names are masked on the page and in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column, TemplateColumn

from cunlian.desk.places.road_tables import far
from cunlian.organisations.models import Post
from cunlian.places.distance import Near
from cunlian.talent.models import AdvisoryGroup, AdvisoryMember, Skill, TalentEntry, TalentSearch
from cunlian.talent.register.querysets import SEERS
from cunlian.ui import formats
from cunlian.ui.states import add_states
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag, masked, moment_tag, state

add_states("talent", {"asked": "wait", "listed": "ok", "resting": "off", "declined": "off"})

SEP = pgettext_lazy("between the parts of a list", ", ")


def skills_text(entry: TalentEntry) -> str:
    """All skills of an entry; what nobody verified says so."""
    return str(SEP).join(
        str(row.skill) if row.verified_on else _now("%(skill)s (not verified)") % {"skill": row.skill}
        for row in entry.skills.all()
    )


def where_text(entry: TalentEntry) -> str:
    return _now("away") if entry.person.is_away else _now("at home")


class EntryColumns(ListTable):
    """What every list of entries says of one: who (masked), where from, what, and whether at home."""

    readers = frozenset(SEERS)

    person = Column(verbose_name=_("Person"), orderable=False, attrs={"td": {"class": "ttl"}})
    village = Column(verbose_name=_("Village"), order_by=("person__place__code",), attrs={"td": {"class": "nowrap"}})
    skills = Column(verbose_name=_("Skills"), empty_values=(), orderable=False)
    where = Column(verbose_name=pgettext_lazy("person", "Where"), empty_values=(), order_by=("person__is_away",))

    def render_person(self, record: TalentEntry) -> SafeString:
        name = masked(record.person.masked_name)
        return format_html('<a href="{}">{}</a>', reverse("desk:talent_entry", args=[record.pk]), name)

    def value_person(self, record: TalentEntry) -> str:
        return record.person.masked_name

    def render_skills(self, record: TalentEntry) -> str:
        return skills_text(record)

    def render_where(self, record: TalentEntry) -> str:
        return where_text(record)


class EntryTable(EntryColumns):
    rows_name = ngettext_lazy("%(n)s entry", "%(n)s entries", "total")
    count_to = 10_000

    state = Column(verbose_name=pgettext_lazy("register of skills", "State"))
    owed = TemplateColumn(
        template_name="desk/talent/cell_owed.html", verbose_name=pgettext_lazy("register of skills", "Owed by"),
        orderable=False,
    )  # fmt: skip
    confirmed_on = Column(verbose_name=_("Last confirmed"))

    class Meta(ListTable.Meta):
        model = TalentEntry
        fields: ClassVar[tuple[str, ...]] = ("person", "village", "skills", "where", "state", "owed", "confirmed_on")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "People with skills who agreed to stand here, and those who are being asked. None fits these filters: enter "
            "somebody, or recommend them."
        )

    def render_state(self, record: TalentEntry) -> SafeString:
        return state(record.state, record.get_state_display(), "talent")

    def value_state(self, record: TalentEntry) -> str:
        return str(record.get_state_display())

    def render_confirmed_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


class FoundTable(EntryColumns):
    """``near``: how far each village is, by code."""

    rows_name = ngettext_lazy("%(n)s person found", "%(n)s people found", "total")

    distance = Column(verbose_name=_("Distance"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = TalentEntry
        fields: ClassVar[tuple[str, ...]] = ("person", "village", "distance", "skills", "where")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "Nobody of your territory stands in the register with this skill so near. Look further, or leave the other "
            "conditions out."
        )

    def __init__(self, *args: Any, near: Mapping[str, Near], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near = near

    def render_distance(self, record: TalentEntry) -> str:
        one = self.near.get(record.person.place.code) if record.person.place else None
        return distance_text(one) if one else formats.NOT_APPLICABLE


def distance_text(one: Near) -> str:
    """11.1 km as the crow flies; 30 minutes by road; same town."""
    if one.distance.value is None:
        return str(one.distance.basis.label)
    if one.distance.value == 0:
        return _now("in the village")
    return f"{far(one)} {one.distance.basis.label}"


class SearchTable(ListTable):
    """``posts``: whose post it was, by key."""

    rows_name = ngettext_lazy("%(n)s search", "%(n)s searches", "total")
    readers = frozenset(SEERS)

    skills = Column(
        verbose_name=pgettext_lazy("search", "Looked for"), orderable=False, attrs={"td": {"class": "ttl"}},
        linkify=lambda record: reverse("desk:talent_found", args=[record.pk]),
    )  # fmt: skip
    searched_at = Column(verbose_name=pgettext_lazy("search", "When"))
    post = Column(verbose_name=_("Post"), empty_values=(), orderable=False)
    place = Column(verbose_name=_("Around"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    purpose = Column(verbose_name=_("What for"), orderable=False)
    found = NumberColumn(verbose_name=_("Found"))

    class Meta(ListTable.Meta):
        model = TalentSearch
        fields: ClassVar[tuple[str, ...]] = ("skills", "place", "purpose", "found", "post", "searched_at")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Every search of the register stands here with its purpose. Nobody has searched yet.")

    def __init__(self, *args: Any, posts: Mapping[Any, Post], names: Mapping[str, Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts, self.names = posts, names

    def render_searched_at(self, value: Any) -> SafeString | str:
        return moment_tag(value)

    def render_post(self, record: TalentSearch) -> str:
        return str(self.posts.get(record.post_id) or formats.NOT_APPLICABLE)

    def render_skills(self, value: list[str]) -> str:
        return str(SEP).join(str(self.names.get(code, code)) for code in value)


class GroupTable(ListTable):
    rows_name = ngettext_lazy("%(n)s advisory group", "%(n)s advisory groups", "total")
    readers = frozenset(SEERS)

    name = Column(
        verbose_name=_("Advisory group"), linkify=lambda record: reverse("desk:advisory_group", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    place = Column(verbose_name=_("Works for"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    field = Column(verbose_name=_("Advises on"), orderable=False)
    member_count = NumberColumn(verbose_name=_("Advisers"))
    starts_on = Column(verbose_name=_("Since"))
    ends_on = Column(verbose_name=_("Until"))

    class Meta(ListTable.Meta):
        model = AdvisoryGroup
        fields: ClassVar[tuple[str, ...]] = ("name", "place", "field", "member_count", "starts_on", "ends_on")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Groups of able people who advise on a field stand here. None is set up yet.")

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    render_ends_on = render_starts_on


class MemberTable(ListTable):
    """``may_keep``: with what can be done about a seat."""

    rows_name = ngettext_lazy("%(n)s adviser", "%(n)s advisers", "total")

    entry = Column(verbose_name=_("Member"), orderable=False, attrs={"td": {"class": "ttl"}})
    village = Column(
        verbose_name=_("Village"), order_by=("entry__person__place__code",), attrs={"td": {"class": "nowrap"}}
    )
    skills = Column(verbose_name=_("Skills"), empty_values=(), orderable=False)
    starts_on = Column(verbose_name=_("From"))
    ends_on = Column(verbose_name=_("Until"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = AdvisoryMember
        fields: ClassVar[tuple[str, ...]] = ("entry", "village", "skills", "starts_on", "ends_on", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Members are drawn from the register of skills. Nobody sits here yet.")

    def __init__(self, *args: Any, may_keep: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_keep else ("work",), **kwargs)

    def render_entry(self, record: AdvisoryMember) -> SafeString:
        name = masked(record.entry.person.masked_name)
        return format_html('<a href="{}">{}</a>', reverse("desk:talent_entry", args=[record.entry_id]), name)

    def value_entry(self, record: AdvisoryMember) -> str:
        return record.entry.person.masked_name

    def render_skills(self, record: AdvisoryMember) -> str:
        return skills_text(record.entry)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    render_ends_on = render_starts_on

    def render_work(self, record: AdvisoryMember) -> SafeString | str:
        if record.ends_on:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("desk:advisory_unseat", args=[record.pk]), _now("Leaves"))


class SkillTable(ListTable):
    rows_name = ngettext_lazy("%(n)s skill", "%(n)s skills", "total")

    code = Column(verbose_name=pgettext_lazy("skill", "Code"), attrs={"td": {"class": "no"}})
    name = Column(verbose_name=_("Skill"), empty_values=(), order_by=("name",), attrs={"td": {"class": "ttl"}})
    parent = Column(verbose_name=pgettext_lazy("skill", "Group"), order_by=("parent__code",))
    words = Column(verbose_name=_("Words people use for it"), orderable=False)
    starts_on = Column(verbose_name=_("Since"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = Skill
        fields: ClassVar[tuple[str, ...]] = ("code", "name", "parent", "words", "starts_on", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("What people can do, in two levels, as the county keeps it. Take over the usual tree to begin.")

    def __init__(self, *args: Any, may_keep: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_keep else ("work",), **kwargs)

    def render_name(self, record: Skill) -> str:
        return str(record)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_work(self, record: Skill) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("desk:skill_end", args=[record.pk]), _now("Take off the tree")
        )
