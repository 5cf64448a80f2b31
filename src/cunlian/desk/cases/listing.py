"""The list of cases: filtered, sorted by what is due, kept under a name, exported."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from cunlian.cases.actions import remove_filter, save_filter
from cunlian.cases.models import Case, SavedFilter
from cunlian.cases.rules import WORKERS
from cunlian.desk.cases import exports
from cunlian.desk.cases.filters import CaseFilter
from cunlian.desk.cases.tables import CaseTable
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Refusal

LIST = "cases"


def _cases(actor: Actor, query: QueryDict) -> CaseTable:
    found = CaseFilter(query, Case.objects.visible_to(actor), actor=actor)
    return CaseTable(found.in_order, filter=found, may_pick=actor.holds(WORKERS))


CASES = add_list(LIST, _lazy("Cases"), _cases, lines=exports.lines)


@require_GET
@CASES.exported
def case_list(request: DeskRequest) -> HttpResponse:
    table = CASES.page(request)
    context = {
        "title": _("Requests"),
        "filter": table.filter,
        "table": table,
        "kept": SavedFilter.objects.visible_to(request.actor).of_page(LIST),
        "query": _query(request),
    }
    return render(request, "desk/cases/list.html", context)


def _query(request: DeskRequest) -> str:
    """What the address filters and sorts, as kept under a name: without page and export."""
    pairs = [(name, value) for name, value in request.GET.items() if name not in ("page", "export") and value]
    return urlencode(pairs)


def _back(query: str) -> HttpResponse:
    return redirect(f"{reverse('desk:cases')}?{query}" if query else reverse("desk:cases"))


@require_POST
def keep_filter(request: DeskRequest) -> HttpResponse:
    query = request.POST.get("query", "")
    try:
        save_filter(by=request.actor, page=LIST, name=request.POST.get("name", ""), query=query)
        messages.success(request, _("The filter is kept. Only you see it."))
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    return _back(query)


@require_POST
def drop_filter(request: DeskRequest, pk: UUID) -> HttpResponse:
    saved: SavedFilter = get_visible(SavedFilter.objects, request.actor, pk)
    remove_filter(saved, by=request.actor)
    messages.success(request, _("The filter is removed."))
    return _back(_query(request))
