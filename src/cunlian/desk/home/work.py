"""What waits for the viewer: the tabs with their true counts, and the rows of the chosen one grouped by deadline.

"Mine" is what the posts of this very account hold, own or stood in for; a territory is not a to-do list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, F, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.querysets import DisputeQuerySet
from cunlian.cases.models import Case
from cunlian.cases.querysets import CaseQuerySet
from cunlian.cases.states import State
from cunlian.desk.cases import moves
from cunlian.desk.cases.rows import SHORT_MOVES, Line, lines
from cunlian.desk.disputes import rows as dispute_rows
from cunlian.desk.disputes.moves import address
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text

SHOWN = 40
SHORT = 5


@dataclass(frozen=True)
class Tab:
    """``query``: the filter of the list of cases that shows the same rows in full, and of the list of disputes where
    there are such."""

    key: str
    label: Text
    query: str
    rows: Callable[[CaseQuerySet, Actor], CaseQuerySet]
    disputes: Callable[[DisputeQuerySet, Actor], DisputeQuerySet] = lambda found, actor: found.none()
    bad: bool = False


TABS = (
    Tab(
        "waiting",
        _("Waiting for me"),
        "mine=waiting",
        lambda c, a: c.waiting_for(a),
        lambda d, a: d.waiting_for(a),
    ),
    Tab(
        "overdue",
        pgettext_lazy("requests", "Overdue"),
        "mine=waiting&due=overdue",
        lambda c, a: c.waiting_for(a).overdue(),
        lambda d, a: d.waiting_for(a).overdue(),
        bad=True,
    ),
    Tab(
        "today",
        _("Due today"),
        "mine=waiting&due=today",
        lambda c, a: c.waiting_for(a).due_on(clock.today()),
        lambda d, a: d.waiting_for(a).due_on(clock.today()),
    ),
    Tab("returned", _("Sent back"), "mine=waiting&state=returned", lambda c, a: c.waiting_for(a).returned()),
    Tab("word", _("Waiting for the person's word"), "mine=word", lambda c, a: c.word_awaited_by(a)),
    Tab("passed", _("Passed on by me"), "mine=passed", lambda c, a: c.passed_on_by(a)),
)


@dataclass(frozen=True)
class TabCount:
    tab: Tab
    count: int
    current: bool


@dataclass(frozen=True)
class Row:
    """One request (``line``) or one dispute. ``act``: the step it waits for from this viewer, with the address of its
    form; empty when it is not their turn."""

    rank: int
    due_at: datetime | None
    line: Line | None = None
    dispute: Dispute | None = None
    state: Text = ""
    act: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Group:
    """``count``: how many requests there are in all, ``disputes``: how many disputes; ``rows`` may be fewer."""

    label: Text
    note: Text
    count: int
    disputes: int
    rows: list[Row]

    @property
    def left_out(self) -> int:
        return self.count + self.disputes - len(self.rows)


GROUPS: tuple[tuple[Text, Text], ...] = (
    (pgettext_lazy("requests", "Overdue"), _("the posts above are told")),
    (_("Due today"), ""),
    (_("Sent back"), _("another post must be found")),
    (_("Coming up"), ""),
)


def tab_named(key: str) -> Tab:
    return next((tab for tab in TABS if tab.key == key), TABS[0])


def tabs(actor: Actor, chosen: Tab) -> list[TabCount]:
    """Counted over all rows, never over a page of them."""
    seen = Case.objects.visible_to(actor)
    return [
        TabCount(tab, tab.rows(seen, actor).count() + disputes_of(tab, actor).count(), tab is chosen) for tab in TABS
    ]


def disputes_of(tab: Tab, actor: Actor) -> DisputeQuerySet:
    return tab.disputes(Dispute.objects.visible_to(actor), actor)


def _rank(*, running: Q, due: str, sent_back: Q) -> models.Case:
    """The group a row stands in. Late before due today before sent back."""
    low, high = clock.bounds(clock.today())
    return models.Case(
        When(running & Q(**{f"{due}__lt": clock.now()}), then=Value(0)),
        When(running & Q(**{f"{due}__gte": low, f"{due}__lt": high}), then=Value(1)),
        When(sent_back, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _ranked(cases: CaseQuerySet) -> CaseQuerySet:
    running, sent_back = Q(promise__state="open"), Q(state=str(State.RETURNED))
    return cases.annotate(rank=_rank(running=running, due="promise__due_at", sent_back=sent_back))


def _ranked_disputes(disputes: DisputeQuerySet) -> DisputeQuerySet:
    """Those that wait have their promise running, or none yet."""
    running = Q(due_at__isnull=False)
    return disputes.with_due().annotate(rank=_rank(running=running, due="due_at", sent_back=Q(pk__in=())))


def groups(tab: Tab, actor: Actor) -> list[Group]:
    """The rows of the tab by deadline, at most ``SHOWN`` of each kind, with the step each waits for. Constant queries."""
    cases = _ranked(tab.rows(Case.objects.visible_to(actor), actor))
    mediated = _ranked_disputes(disputes_of(tab, actor))
    totals, more = _totals(cases), _totals(mediated)
    rows = sorted(
        [*_rows(cases, actor), *_dispute_rows(mediated)],
        key=lambda row: (row.due_at is None, row.due_at),
    )
    return [
        Group(label, note, totals.get(rank, 0), more.get(rank, 0), [row for row in rows if row.rank == rank])
        for rank, (label, note) in enumerate(GROUPS)
        if rank in totals or rank in more
    ]


def _totals(ranked: Any) -> dict[int, int]:
    return dict(ranked.order_by().values_list("rank").annotate(n=Count("pk")))


def _rows(ranked: CaseQuerySet, actor: Actor) -> list[Row]:
    order = ("rank", F("promise__due_at").asc(nulls_last=True), "pk")
    found = lines(ranked.for_list().with_joined().prefetch_related("extensions").order_by(*order)[:SHOWN])
    return [_row(line, actor) for line in found]


def _row(line: Line, actor: Actor) -> Row:
    case: Any = line.case
    move = moves.next_move(case, actor) if case.holder_id in actor.post_ids else None
    act = SHORT_MOVES.get(move.name, move.label) if move else ""
    url = moves.address(case, move.name) if move else ""
    return Row(case.rank, case.promise.due_at, line, state=line.state, act=act, url=url)


def _dispute_rows(ranked: Any) -> list[Row]:
    """In all of them the viewer mediates: the step is told by the table."""
    found = []
    for dispute in ranked.for_list().order_by("rank", F("due_at").asc(nulls_last=True), "pk")[:SHOWN]:
        move = dispute_rows.next_move(dispute)
        act = dispute_rows.SHORT_MOVES.get(move.name, move.label) if move else ""
        url = address(dispute, move.name) if move else ""
        found.append(Row(dispute.rank, dispute.due_at, None, dispute, dispute_rows.SHORT[dispute.state], act, url))
    return found


def short(tab: Tab, actor: Actor) -> list[Line]:
    """The few of a tab that stand below the list, what is due first."""
    return lines(tab.rows(Case.objects.visible_to(actor), actor).for_list().by_due()[:SHORT])
