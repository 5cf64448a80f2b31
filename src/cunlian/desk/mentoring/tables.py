"""Mentoring, plans for reserve cadres, cultivation and studies: as lists."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column, TemplateColumn

from cunlian.desk.learning.people import shown_name
from cunlian.desk.learning.tables import ANY, day_filter
from cunlian.kernel.access import Actor
from cunlian.kernel.moves import Moves
from cunlian.talent.mentoring.querysets import SEERS
from cunlian.talent.mentoring.rules import moves_of
from cunlian.talent.mentoring.states import (
    STAGES,
    STUDY_MOVES,
    MentoringState,
    PlanState,
    Stage,
    StudyState,
)
from cunlian.talent.models import (
    Cultivation,
    CultivationKind,
    EducationUpgrade,
    Mentoring,
    MentoringKind,
    Programme,
    ReservePlan,
)
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag
from cunlian.ui.templatetags.ui import state as state_tag


def named(row: Any) -> str:
    """Who is kept because they hold a post stands with the name; who agreed is masked."""
    return shown_name(row.person, not row.by_consent)


def links(table: Moves, record: Any, actor: Actor, url_name: str) -> SafeString:
    """The moves of a row as links."""
    found = ((reverse(url_name, args=[record.pk, move.name]), move.label) for move in moves_of(table, record, actor))
    return format_html_join(" · ", '<a href="{}">{}</a>', found)


class MentoringFilter(ListFilter):
    FIRST = ("kind", "state")

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="mentoring_kind", choices=MentoringKind, empty_label=ANY
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=MentoringState, empty_label=ANY)
    since = day_filter(_("Begins from"), "starts_on", "gte")
    until = day_filter(_("until"), "starts_on", "lte")

    class Meta:
        model = Mentoring
        fields: tuple[str, ...] = ()


class MentoringTable(ListTable):
    rows_name = ngettext_lazy("%(n)s mentoring", "%(n)s mentorings", "total")
    readers = SEERS

    mentor = Column(
        verbose_name=_("Mentor"), linkify=lambda record: reverse("desk:mentoring", args=[record.pk]), orderable=False,
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    mentoring_kind = Column(verbose_name=_("Kind"))
    place = Column(verbose_name=_("Village"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    mentee_count = NumberColumn(verbose_name=_("Mentored"))
    starts_on = Column(verbose_name=_("Term"))
    meeting_count = NumberColumn(verbose_name=_("Meetings"))
    last_met = Column(verbose_name=_("Last met"))
    meet_next_on = TemplateColumn(
        template_name="desk/mentoring/cell_next.html", verbose_name=_("Next meeting"), order_by=("meet_next_on",)
    )
    state = Column(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = Mentoring
        fields: ClassVar[tuple[str, ...]] = (
            "mentor", "mentoring_kind", "place", "mentee_count", "starts_on", "meeting_count", "last_met",
            "meet_next_on", "state",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Who mentors whom in your villages stands here. None fits this choice.")

    def render_starts_on(self, record: Mentoring) -> str:
        return formats.span(record.starts_on, record.ended_on or record.ends_on)

    def render_last_met(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_state(self, record: Mentoring) -> SafeString:
        return state_tag(record.state, record.get_state_display(), kind="mentoring")


class PlanFilter(ListFilter):
    year = django_filters.NumberFilter(label=_("Year"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=PlanState, empty_label=ANY)

    class Meta:
        model = ReservePlan
        fields: tuple[str, ...] = ()


class PlanTable(ListTable):
    """``named``: persons counted; a declared number stands in a column of its own and is never added to it."""

    rows_name = ngettext_lazy("%(n)s plan", "%(n)s plans", "total")
    readers = SEERS

    place = Column(
        verbose_name=_("Place"), linkify=lambda record: reverse("desk:reserve_plan", args=[record.pk]),
        order_by=("place__code",), attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    year = Column(verbose_name=_("Year"))
    wanted = NumberColumn(verbose_name=pgettext_lazy("reserve plan", "Planned"))
    named = NumberColumn(verbose_name=_("Cultivated"))
    declared_count = NumberColumn(verbose_name=_("Declared"))
    state = Column(verbose_name=_("State"))
    paper = Column(verbose_name=pgettext_lazy("that decides it", "Paper"))

    class Meta(ListTable.Meta):
        model = ReservePlan
        fields: ClassVar[tuple[str, ...]] = ("place", "year", "wanted", "named", "declared_count", "state", "paper")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Plans for reserve cadres stand here: one for a place and a year. None fits this choice.")

    def render_year(self, value: int) -> str:
        return str(value)

    def render_state(self, record: ReservePlan) -> SafeString:
        return state_tag(record.state, record.get_state_display(), kind="plan")


class CultivationFilter(ListFilter):
    FIRST = ("kind", "state")

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="cultivation_kind", choices=CultivationKind, empty_label=ANY
    )
    state = django_filters.ChoiceFilter(label=_("Stage"), choices=Stage, empty_label=ANY)
    since = day_filter(_("From"), "starts_on", "gte")
    until = day_filter(_("until"), "starts_on", "lte")

    class Meta:
        model = Cultivation
        fields: tuple[str, ...] = ()


class CultivationTable(ListTable):
    rows_name = ngettext_lazy("%(n)s cultivation", "%(n)s cultivations", "total")
    readers = SEERS

    person = Column(
        verbose_name=pgettext_lazy("person", "Name"), order_by=("person__name",), attrs={"td": {"class": "ttl"}}
    )
    cultivation_kind = Column(verbose_name=pgettext_lazy("cultivation", "As"))
    place = Column(verbose_name=_("Village"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    aim = Column(verbose_name=pgettext_lazy("cultivation", "What for"), orderable=False)
    starts_on = Column(verbose_name=_("Since"))
    state = Column(verbose_name=_("Stage"))
    outcome = Column(verbose_name=_("Outcome"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = Cultivation
        fields: ClassVar[tuple[str, ...]] = (
            "person", "cultivation_kind", "place", "aim", "starts_on", "state", "outcome", "work",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Who is being cultivated, as what and how far, stands here. Nobody fits this choice.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def render_person(self, record: Cultivation) -> str:
        return named(record)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_state(self, record: Cultivation) -> SafeString:
        return state_tag(record.state, record.get_state_display(), kind="cultivation")

    def render_outcome(self, record: Cultivation) -> str:
        return " ".join(filter(None, [record.get_outcome_display(), str(record.post or "")]))

    def render_work(self, record: Cultivation) -> SafeString:
        return links(STAGES, record, self.actor, "desk:cultivation_move")


class StudyFilter(ListFilter):
    FIRST = ("programme", "state")

    programme = django_filters.ChoiceFilter(label=_("Programme"), choices=Programme, empty_label=ANY)
    state = django_filters.ChoiceFilter(label=_("State"), choices=StudyState, empty_label=ANY)
    since = day_filter(_("Won over from"), "won_on", "gte")
    until = day_filter(_("until"), "won_on", "lte")

    class Meta:
        model = EducationUpgrade
        fields: tuple[str, ...] = ()


class StudyTable(ListTable):
    rows_name = ngettext_lazy("%(n)s course of study", "%(n)s courses of study", "total")
    readers = SEERS

    person = Column(
        verbose_name=pgettext_lazy("person", "Name"), order_by=("person__name",), attrs={"td": {"class": "ttl"}}
    )
    programme = Column(verbose_name=_("Programme"))
    school = Column(verbose_name=_("School"))
    place = Column(verbose_name=_("Village"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    won_on = Column(verbose_name=_("Won over on"))
    term = Column(verbose_name=_("From–until"), empty_values=(), order_by=("starts_on",))
    state = Column(verbose_name=_("State"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = EducationUpgrade
        fields: ClassVar[tuple[str, ...]] = (
            "person", "programme", "school", "place", "won_on", "term", "state", "work",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Who raises their schooling, where and until when, stands here. Nobody fits this choice.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def render_person(self, record: EducationUpgrade) -> str:
        return named(record)

    def render_won_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_term(self, record: EducationUpgrade) -> str:
        last = record.ended_on or record.until
        return formats.span(record.starts_on, last) if record.starts_on and last else formats.NOT_APPLICABLE

    def render_state(self, record: EducationUpgrade) -> SafeString:
        return state_tag(record.state, record.get_state_display(), kind="study")

    def render_work(self, record: EducationUpgrade) -> SafeString:
        return links(STUDY_MOVES, record, self.actor, "desk:study_move")
