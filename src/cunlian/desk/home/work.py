"""What waits for the viewer: the tabs with their true counts, and the rows of the chosen one grouped by deadline.

"Mine" is what the posts of this very account hold, own or stood in for; a territory is not a to-do list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, F, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.cases.models import Case
from cunlian.cases.querysets import CaseQuerySet
from cunlian.cases.states import State
from cunlian.desk.cases import moves
from cunlian.desk.cases.rows import SHORT_MOVES, Line, lines
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text

SHOWN = 40
SHORT = 5


@dataclass(frozen=True)
class Tab:
    """``query``: the filter of the list of cases that shows the same rows in full."""

    key: str
    label: Text
    query: str
    rows: Callable[[CaseQuerySet, Actor], CaseQuerySet]
    bad: bool = False


TABS = (
    Tab("waiting", _("Waiting for me"), "mine=waiting", lambda c, a: c.waiting_for(a)),
    Tab(
        "overdue",
        pgettext_lazy("requests", "Overdue"),
        "mine=waiting&due=overdue",
        lambda c, a: c.waiting_for(a).overdue(),
        bad=True,
    ),
    Tab("today", _("Due today"), "mine=waiting&due=today", lambda c, a: c.waiting_for(a).due_on(clock.today())),
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
    """``act``: the step the case waits for from this viewer, with the address of its form; empty when it is not
    their turn."""

    line: Line
    act: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Group:
    """``count``: how many there are in all; ``rows`` may be fewer."""

    label: Text
    note: Text
    count: int
    rows: list[Row]


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
    return [TabCount(tab, tab.rows(seen, actor).count(), tab is chosen) for tab in TABS]


def _ranked(cases: CaseQuerySet) -> CaseQuerySet:
    """``rank``: the group a row stands in. Late before due today before sent back."""
    low, high = clock.bounds(clock.today())
    running = Q(promise__state="open")
    late = running & Q(promise__due_at__lt=clock.now())
    today = running & Q(promise__due_at__gte=low, promise__due_at__lt=high)
    rank = models.Case(
        When(late, then=Value(0)),
        When(today, then=Value(1)),
        When(state=str(State.RETURNED), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return cases.annotate(rank=rank)


def groups(tab: Tab, actor: Actor) -> list[Group]:
    """The rows of the tab by deadline, at most ``SHOWN``, with the step each waits for. Constant queries."""
    mine = _ranked(tab.rows(Case.objects.visible_to(actor), actor))
    totals = dict(mine.order_by().values_list("rank").annotate(n=Count("pk")))  # type: ignore[misc]  # annotated
    order = ("rank", F("promise__due_at").asc(nulls_last=True), "pk")
    rows = lines(mine.for_list().with_joined().prefetch_related("extensions").order_by(*order)[:SHOWN])
    found = []
    for rank, (label, note) in enumerate(GROUPS):
        if totals.get(rank):
            held = [_row(line, actor) for line in rows if line.case.rank == rank]  # type: ignore[attr-defined]
            found.append(Group(label, note, totals[rank], held))
    return found


def _row(line: Line, actor: Actor) -> Row:
    move = moves.next_move(line.case, actor) if line.case.holder_id in actor.post_ids else None
    if move is None:
        return Row(line)
    return Row(line, SHORT_MOVES.get(move.name, move.label), moves.address(line.case, move.name))


def short(tab: Tab, actor: Actor) -> list[Line]:
    """The few of a tab that stand below the list, what is due first."""
    return lines(tab.rows(Case.objects.visible_to(actor), actor).for_list().by_due()[:SHORT])
