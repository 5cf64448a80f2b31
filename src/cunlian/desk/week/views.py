"""The sheet, for whoever sees the whole village."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cunlian.cases.querysets import READERS
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import village_of
from cunlian.desk.receipts import district
from cunlian.desk.sheets import records_of
from cunlian.desk.week.sheet import WeekTable, public_matters, sheet, week_asked
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Forbidden
from cunlian.places.models import Place

SIZES = ("a4", "a3")


def _village(actor: Actor, code: str) -> Place:
    village = village_of(actor, code)
    if not actor.holds(READERS, village.code):
        raise Forbidden(_("The sheet is about the whole village. A village cadre or the township prints it."))
    return village


def _week(actor: Actor, query: QueryDict, code: str) -> WeekTable:
    return WeekTable(public_matters(_village(actor, code), week_asked(query.get("week", "")), actor))


WEEK = add_list("week", _("Public matters of a week"), _week)


@require_GET
@WEEK.exported
def week(request: DeskRequest, code: str) -> HttpResponse:
    """``?week=2026-W47`` (the last whole week) and ``?size=a3`` (A4). One sheet: all matters, never a page of them."""
    village, asked = _village(request.actor, code), week_asked(request.GET.get("week", ""))
    table = WEEK.page(request, size=None, code=code)
    context = sheet(village, asked, records_of(table), request.actor)
    large = request.GET.get("size", SIZES[0]) == SIZES[1]
    context |= {"district": district(), "large": large, "address": f"{request.path}?week={asked.name}", "table": table}
    return render(request, "desk/week/sheet.html", context)
