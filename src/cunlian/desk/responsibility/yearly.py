"""Yearly lists of who answers: all of them, one with what publishing it would change, and its sheet for the board."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.responsibility import yearly_tables as tables
from cunlian.desk.responsibility.yearly_moves import PAGES
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.kernel.refusals import Missing
from cunlian.organisations.chain import seats
from cunlian.organisations.models import ResponsibilityLine, ResponsibilityList
from cunlian.organisations.responsibility.aims import BY_POST_ONLY
from cunlian.organisations.responsibility.changes import Changes, changes, first_day
from cunlian.organisations.responsibility.rules import available_moves
from cunlian.organisations.responsibility.states import State
from cunlian.ui.pieces import buttons_for

PLANNED = frozenset({State.DRAFT, State.APPROVED})
BEGINS = pgettext_lazy("yearly list", "begins")
RUNS_ON = pgettext_lazy("yearly list", "runs already, goes on")


def list_of(actor: Actor, pk: UUID) -> ResponsibilityList:
    found: ResponsibilityList = get_visible(ResponsibilityList.objects.select_related("place"), actor, pk)
    return found


def _lists(actor: Actor, query: QueryDict) -> tables.YearlyTable:
    found = tables.YearlyFilter(query or None, ResponsibilityList.objects.visible_to(actor).for_list())
    return tables.YearlyTable(found.qs, filter=found)


def _planned(one: ResponsibilityList) -> Changes | None:
    return changes(one) if one.state in PLANNED else None


def _will(planned: Changes | None) -> dict[Any, str]:
    if planned is None:
        return {}
    kept = {line.pk: str(RUNS_ON) for line, _duty in planned.kept}
    return kept | {line.pk: str(BEGINS) for line in planned.begins}


def _holders(lines: Any) -> dict[Any, str]:
    """Who sits on the posts today, a stand-in before the holder."""
    seated = seats(set(lines.order_by().values_list("post_id", flat=True)), clock.today())
    return {post_id: seat.person.name for post_id, seat in seated.items()}


def _lines(actor: Actor, query: QueryDict, pk: UUID) -> tables.LineTable:
    one = list_of(actor, pk)
    lines = ResponsibilityLine.objects.visible_to(actor).filter(on_list=one).for_list()
    changing = one.state == State.DRAFT and may(actor, "organisations.draw_list", one)
    return tables.LineTable(lines, holders=_holders(lines), will=_will(_planned(one)), may_change=changing)


YEARLY = add_list("yearly-lists", _lazy("Yearly lists"), _lists)
LINES = add_list("yearly-lines", _lazy("Lines of a yearly list"), _lines)


@require_GET
@YEARLY.exported
def yearly(request: DeskRequest) -> HttpResponse:
    table = YEARLY.page(request)
    context = {
        "title": _("Yearly lists"), "table": table, "filter": table.filter,
        "may_draw": may(request.actor, "organisations.draw_list"),
    }  # fmt: skip
    return render(request, "desk/responsibility/yearly.html", context)


@require_GET
@LINES.exported
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = list_of(request.actor, pk)
    planned = _planned(one)
    buttons = buttons_for(
        available_moves(one, request.actor), lambda move: reverse("desk:yearly_move", args=[one.pk, move.name]),
        icons={name: page.icon for name, page in PAGES.items()},
    )  # fmt: skip
    context = {
        "title": str(one), "one": one, "table": LINES.page(request, pk=pk), "buttons": buttons, "planned": planned,
        "first_day": first_day(one), "state_label": State(one.state).label,
        "may_draw": one.state == State.DRAFT and may(request.actor, "organisations.draw_list", one),
        "crumbs": [(_("Yearly lists"), reverse("desk:yearly_lists")), (one.get_capacity_display(), "")],
    }  # fmt: skip
    return render(request, "desk/responsibility/yearly_one.html", context)


@require_GET
def board(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The sheet for the wall, once it is published. Households stand on it by number only, never with an address."""
    one = list_of(request.actor, pk)
    if one.published_on is None:
        raise Missing(_("This list is not published yet. Only what is published goes on the board."))
    lines = ResponsibilityLine.objects.visible_to(request.actor).filter(on_list=one).for_list()
    holders = {} if one.capacity in BY_POST_ONLY else _holders(lines)
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in lines:
        rows[str(line.post), holders.get(line.post_id, "")].append(tables.object_of(line))
    context = {
        "one": one, "title": str(one), "printed_at": clock.now(), "named": one.capacity not in BY_POST_ONLY,
        "rows": [(post, holder, about) for (post, holder), about in rows.items()],
    }  # fmt: skip
    return render(request, "desk/responsibility/yearly_board.html", context)
