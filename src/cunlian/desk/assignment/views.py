"""Proposals of who takes what: all of them, and one beside the lines of its list."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Avg
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.desk.assignment import tables
from cunlian.desk.far import far_text
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may
from cunlian.kernel.models import Job
from cunlian.organisations.assignment.rules import available_moves
from cunlian.organisations.assignment.states import MAY
from cunlian.organisations.models import Assignment, AssignmentLine, AssignmentPost, Post
from cunlian.ui.htmx import render_page
from cunlian.ui.pieces import buttons_for

ICONS = {"work": "player-play", "confirm": "circle-check", "drop": "circle-x"}
LOADS = "loads-"


def assignment_of(actor: Actor, pk: UUID) -> Assignment:
    found: Assignment = get_visible(Assignment.objects.select_related("on_list__place", "job"), actor, pk)
    return found


def may_rule(actor: Actor, one: Assignment) -> bool:
    return one.state in tables.OPEN and not one.busy and may(actor, MAY, one.on_list)


def _lines_of(actor: Actor, one: Assignment) -> Any:
    return AssignmentLine.objects.visible_to(actor).filter(assignment=one)


def _assignments(actor: Actor, query: QueryDict) -> tables.AssignmentTable:
    return tables.AssignmentTable(Assignment.objects.visible_to(actor).for_list())


def _lines(actor: Actor, query: QueryDict, pk: UUID) -> tables.LineTable:
    one = assignment_of(actor, pk)
    keys = AssignmentPost.objects.visible_to(actor).filter(assignment=one).values("post")
    posts = Post.objects.visible_to(actor).filter(pk__in=keys).for_list()
    found = tables.LineFilter(query or None, _lines_of(actor, one).for_list(), posts=posts)
    return tables.LineTable(found.qs, filter=found, may_rule=may_rule(actor, one))


def _loads(actor: Actor, query: QueryDict, pk: UUID) -> tables.LoadTable:
    one = assignment_of(actor, pk)
    pairs = list(_lines_of(actor, one).values_list("before_id", "post_id"))
    rows = AssignmentPost.objects.visible_to(actor).filter(assignment=one).for_list()
    return tables.LoadTable(
        rows, before=Counter(before for before, _post in pairs), after=Counter(post for _before, post in pairs),
        may_rule=may_rule(actor, one), prefix=LOADS,
    )  # fmt: skip


ASSIGNMENTS = add_list("assignments", _lazy("Proposals of who takes what"), _assignments)
LINES = add_list("assignment-lines", _lazy("Lines of a proposal"), _lines)
LOAD = add_list("assignment-loads", _lazy("What each post would carry"), _loads, prefix=LOADS)


@require_GET
@ASSIGNMENTS.exported
def assignments(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _("Proposals of who takes what"), "table": ASSIGNMENTS.page(request),
        "crumbs": [(_("Yearly lists"), reverse("desk:yearly_lists")), (_("Proposals of who takes what"), "")],
    }  # fmt: skip
    return render(request, "desk/assignment/list.html", context)


def _sums(request: DeskRequest, one: Assignment) -> dict[str, Any]:
    """How many lines become what, loads and distances before and after, of the whole proposal."""
    lines = _lines_of(request.actor, one)
    here = reverse("desk:assignment", args=[one.pk])
    rows = list(lines.values_list("before_id", "post_id"))
    before, after = (Counter(pair[n] for pair in rows if pair[n]) for n in (0, 1))
    posts = [row.post_id for row in one.posts.all()]
    carried = [after[post] for post in posts] or [0]
    held = [before[post] for post in {*posts, *before}] or [0]
    far = lines.aggregate(before=Avg("far_before"), after=Avg("far"))
    return {
        "kinds": [
            (label, lines.filter(tables.WHERE[key]).count(), f"{here}?becomes={key}#lines") for key, label in tables.BECOMES
        ],
        "loads_told": (f"{min(held)}–{max(held)}", f"{min(carried)}–{max(carried)}"),
        "far": tuple(far_text(one.way, None if far[key] is None else round(far[key])) for key in ("before", "after")),
        "far_unknown": lines.filter(far=None).exclude(post=None).count(),
    }  # fmt: skip


@require_GET
@LINES.exported
@LOAD.exported
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    """One proposal; while it is worked out the page asks again by itself."""
    one = assignment_of(request.actor, pk)
    table = LINES.page(request, pk=pk)
    buttons = buttons_for(
        available_moves(one, request.actor),
        lambda move: reverse("desk:assignment_move", args=[pk, move.name]),
        icons=ICONS,
    )
    context: dict[str, Any] = {
        "title": _("Who takes what"), "one": one, "table": table, "filter": table.filter,
        "loads": LOAD.page(request, pk=pk), "buttons": [] if one.busy else buttons,
        "failed": one.job.message if one.job and one.job.state == Job.State.FAILED else "",
        "crumbs": [(str(one.on_list), reverse("desk:yearly_list", args=[one.on_list_id])), (_("Who takes what"), "")],
    }  # fmt: skip
    if one.worked_at and not one.busy:
        context |= _sums(request, one)
    return render_page(request, "desk/assignment/detail.html", context, fragment="stand", whole=not one.busy)
