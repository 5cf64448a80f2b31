"""The sheet, for whoever sees the whole village."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cunlian.cases.querysets import READERS
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import village_of
from cunlian.desk.receipts import district
from cunlian.desk.week.sheet import sheet, week_asked
from cunlian.kernel.refusals import Forbidden

SIZES = ("a4", "a3")


@require_GET
def week(request: DeskRequest, code: str) -> HttpResponse:
    """``?week=2026-W47`` (the last whole week) and ``?size=a3`` (A4)."""
    village = village_of(request.actor, code)
    if not request.actor.holds(READERS, village.code):
        raise Forbidden(_("The sheet is about the whole village. A village cadre or the township prints it."))
    size = request.GET.get("size", SIZES[0])
    asked = week_asked(request.GET.get("week", ""))
    context = sheet(village, asked, request.actor)
    context |= {"district": district(), "large": size == SIZES[1], "address": f"{request.path}?week={asked.name}"}
    return render(request, "desk/week/sheet.html", context)
