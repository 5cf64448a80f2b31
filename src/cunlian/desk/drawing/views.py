"""Drawings of areas: all of them, one beside today's areas, and its villages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.desk.drawing import tables
from cunlian.desk.drawing.moves import PAGES
from cunlian.desk.drawing.picture import picture
from cunlian.desk.far import far_text
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may
from cunlian.kernel.models import Job
from cunlian.places.drawing.measures import Line, Measures, measured
from cunlian.places.drawing.rules import available_moves
from cunlian.places.drawing.states import PREPARE, State
from cunlian.places.models import AreaDrawing, DrawnVillage, FixedPair
from cunlian.ui.htmx import render_page
from cunlian.ui.pieces import buttons_for


def drawing_of(actor: Actor, pk: UUID) -> AreaDrawing:
    found: AreaDrawing = get_visible(AreaDrawing.objects.select_related("root", "job"), actor, pk)
    return found


def _drawings(actor: Actor, query: QueryDict) -> tables.DrawingTable:
    found = tables.DrawingFilter(query or None, AreaDrawing.objects.visible_to(actor).for_list())
    return tables.DrawingTable(found.qs, filter=found)


def _rows(actor: Actor, drawing: AreaDrawing) -> Any:
    return DrawnVillage.objects.visible_to(actor).filter(drawing=drawing).for_list()


def _may_put(actor: Actor, drawing: AreaDrawing) -> bool:
    return drawing.state == State.DRAFT and may(actor, PREPARE, drawing)


def _villages(actor: Actor, query: QueryDict, pk: UUID) -> tables.VillageTable:
    drawing = drawing_of(actor, pk)
    found = tables.VillageFilter(query or None, _rows(actor, drawing), drawing=drawing)
    return tables.VillageTable(found.qs, filter=found, may_put=_may_put(actor, drawing))


def _moves(actor: Actor, query: QueryDict, pk: UUID) -> tables.MoveTable:
    drawing = drawing_of(actor, pk)
    return tables.MoveTable(_rows(actor, drawing).moving(), may_put=_may_put(actor, drawing))


DRAWINGS = add_list("drawings", _lazy("Drawings of areas"), _drawings)
VILLAGES = add_list("drawn-villages", _lazy("Villages of a drawing"), _villages)
MOVES = add_list("drawing-moves", _lazy("Villages that move"), _moves)


@require_GET
@DRAWINGS.exported
def drawings(request: DeskRequest) -> HttpResponse:
    table = DRAWINGS.page(request)
    context = {
        "title": _("Drawings of areas"), "table": table, "filter": table.filter,
        "may_draw": may(request.actor, PREPARE),
    }  # fmt: skip
    return render(request, "desk/drawing/list.html", context)


@require_GET
@VILLAGES.exported
def villages(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What each number of the drawing counts."""
    drawing, table = drawing_of(request.actor, pk), VILLAGES.page(request, pk=pk)
    context = {
        "title": _("Villages of %(drawing)s") % {"drawing": drawing}, "table": table, "filter": table.filter,
        "crumbs": [(str(drawing), reverse("desk:drawing", args=[pk])), (_("Villages"), "")],
    }  # fmt: skip
    return render(request, "desk/drawing/villages.html", context)


def _told(drawing: AreaDrawing, sums: Measures, key: str) -> dict[str, Any]:
    """Measures as the page writes them; ``key``: the filter that opens an area's villages."""
    here = reverse("desk:drawing_villages", args=[drawing.pk])

    def line(one: Line) -> dict[str, Any]:
        url = f"{here}?{key}={one.key}" if one.key else ""
        return {
            "one": one, "url": url, "hollow_url": f"{url}&hollow=true" if url else "",
            "far": far_text(drawing.way, one.far),
        }  # fmt: skip

    return {"sums": sums, "far": far_text(drawing.way, sums.far), "lines": [line(one) for one in sums.lines]}


@require_GET
@MOVES.exported
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A drawing beside today's areas; while it is worked out the page asks again by itself."""
    drawing = drawing_of(request.actor, pk)
    rows = list(_rows(request.actor, drawing))
    failed = drawing.job.message if drawing.job and drawing.job.state == Job.State.FAILED else ""
    context: dict[str, Any] = {
        "title": str(drawing), "drawing": drawing, "failed": failed, "working": _may_put(request.actor, drawing),
        "buttons": [] if drawing.busy else _buttons(drawing, request.actor),
        "pairs": FixedPair.objects.visible_to(request.actor).filter(drawing=drawing).select_related("one", "other"),
        "unknown": sum(row.households is None for row in rows), "hollow_unknown": sum(row.hollow is None for row in rows),
        "crumbs": [(_("Drawings of areas"), reverse("desk:drawings")), (str(drawing), "")],
        "timeline": (), "villages": len(rows),
    }  # fmt: skip
    if drawing.drawn_at and not drawing.trouble and not drawing.busy:
        before, after = measured(drawing, rows)
        context |= {
            "before": _told(drawing, before, "before"), "after": _told(drawing, after, "drawn"),
            "new_areas": drawing.drawn_areas.filter(area=None).order_by("number"), "picture": picture(rows),
            "table": MOVES.page(request, pk=pk), "cost_far": _gap(drawing),
        }  # fmt: skip
    return render_page(request, "desk/drawing/detail.html", context, fragment="stand", whole=not drawing.busy)


def _gap(drawing: AreaDrawing) -> int | None:
    """By how many per cent, at most, a better drawing could cost less; None when that is not known."""
    if drawing.cost is None or drawing.bound is None or not drawing.cost:
        return None
    return -(-(drawing.cost - drawing.bound) * 100 // drawing.cost)


def _buttons(drawing: AreaDrawing, actor: Actor) -> Any:
    return buttons_for(
        available_moves(drawing, actor), lambda move: reverse("desk:drawing_move", args=[drawing.pk, move.name]),
        icons={name: page.icon for name, page in PAGES.items()},
        reasons={} if drawing.drawn_at else {"propose": _("There are no areas yet. Have them worked out first.")},
    )  # fmt: skip
