"""Choices and the candidates of one."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.organisations.choosing.states import OPEN, State
from cunlian.organisations.models import NEEDED, Candidate, Choice
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn
from cunlian.ui.templatetags.ui import day_tag


class ChoiceFilter(ListFilter):
    year = django_filters.NumberFilter(label=_("Year"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[("open", _("under way")), *State.choices], empty_label=_("any"), method="by_state"
    )

    class Meta:
        model = Choice
        fields: tuple[str, ...] = ()

    def by_state(self, found: Any, name: str, value: str) -> Any:
        return found.filter(state__in=OPEN) if value == "open" else found.filter(state=value)


class ChoiceTable(ListTable):
    rows_name = ngettext_lazy("%(n)s choice", "%(n)s choices", "total")

    unit = Column(
        verbose_name=pgettext_lazy("choice", "Committee"), linkify=lambda record: reverse("desk:choice", args=[record.pk]),
        attrs={"td": {"class": "ttl"}}, order_by=("unit__place__code", "unit__name_order"),
    )  # fmt: skip
    votes_on = Column(verbose_name=_("Day of the vote"))
    state = Column(verbose_name=_("State"))
    candidate_count = NumberColumn(verbose_name=_("Candidates"))
    paper = Column(verbose_name=pgettext_lazy("choice", "Paper"))

    class Meta(ListTable.Meta):
        model = Choice
        fields: ClassVar[tuple[str, ...]] = ("unit", "votes_on", "state", "candidate_count", "paper")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "The choices of villagers' committees and village Party bodies stand here, from the proposal to the term. None "
            "is under way in this choice."
        )

    def render_votes_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


def outcome_of(row: Candidate) -> str:
    """What may be told of a candidate beyond the reviewers."""
    if row.withdrawn_on:
        return _now("withdrawn")
    if row.elected_in_id:
        return _now("elected")
    if row.counts.all() and row.choice.state in (State.VOTED, State.SETTLED):
        return _now("not elected")
    if row.may_stand is None:
        return _now("not reviewed yet")
    return _now("may stand") if row.may_stand else _now("may not stand")


class CandidateTable(ListTable):
    rows_name = ngettext_lazy("%(n)s candidate", "%(n)s candidates", "total")

    person = Column(
        verbose_name=_("Candidate"), accessor="person__name", order_by=("person__name",), attrs={"td": {"class": "ttl"}},
        linkify=lambda record: reverse("desk:candidate", args=[record.pk]),
    )  # fmt: skip
    seat = Column(verbose_name=_("Seat"))
    proposed_by = Column(verbose_name=_("Proposed by"))
    papers = Column(verbose_name=_("Papers"), empty_values=(), orderable=False, accessor="pk")
    outcome = Column(verbose_name=_("Outcome"), empty_values=(), orderable=False, accessor="pk")
    votes = Column(verbose_name=_("Votes"), empty_values=(), orderable=False, accessor="pk")

    class Meta(ListTable.Meta):
        model = Candidate
        fields: ClassVar[tuple[str, ...]] = ("person", "seat", "proposed_by", "papers", "outcome", "votes")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Who stands stands here. Before the review is closed only who prepares, reviews, or works in the "
                       "village sees names.")  # fmt: skip

    def render_papers(self, record: Candidate) -> str:
        there = {paper.criterion for paper in record.papers.all()}
        said = {"there": len(there & NEEDED), "all": len(NEEDED)}
        return _now("%(there)s of %(all)s needed") % said

    def render_outcome(self, record: Candidate) -> SafeString | str:
        said = outcome_of(record)
        return format_html("<b>{}</b>", said) if record.elected_in_id else said

    def render_votes(self, record: Candidate) -> str:
        counts = sorted(record.counts.all(), key=lambda row: row.ballot.number)
        return " / ".join(formats.number(row.votes) for row in counts) or formats.NOT_APPLICABLE
