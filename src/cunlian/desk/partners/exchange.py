"""Research results taken up and teaching bases: their lists and what is entered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.partners import forms, tables
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.presses import once
from cunlian.talent.models import ResearchResult, TeachingBase
from cunlian.talent.partners import actions

KEEP = "partners.keep_exchange"


def _results(actor: Actor, query: QueryDict) -> tables.ResultTable:
    rows = ResearchResult.objects.visible_to(actor).for_list()
    return tables.ResultTable(rows, exclude=() if may(actor, KEEP) else ("work",))


def _bases(actor: Actor, query: QueryDict) -> tables.BaseTable:
    found = tables.BaseFilter(query or None, TeachingBase.objects.visible_to(actor).for_list())
    return tables.BaseTable(found.qs, filter=found, exclude=() if may(actor, KEEP) else ("work",))


RESULTS = add_list("research-results", _lazy("Research results taken up"), _results)
BASES = add_list("teaching-bases", _lazy("Teaching bases"), _bases)


@require_GET
@RESULTS.exported
def result_list(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _("Research results taken up"), "table": RESULTS.page(request), "filter": None,
        "may_enter": may(request.actor, KEEP), "enter": reverse("desk:result_new"), "words": _("Enter a result"),
    }  # fmt: skip
    return render(request, "desk/partners/exchange.html", context)


@require_GET
@BASES.exported
def base_list(request: DeskRequest) -> HttpResponse:
    table = BASES.page(request)
    context = {
        "title": _("Teaching bases"), "table": table, "filter": table.filter, "may_enter": may(request.actor, KEEP),
        "enter": reverse("desk:base_new"), "words": _("Enter a teaching base"),
    }  # fmt: skip
    return render(request, "desk/partners/exchange.html", context)


@require_http_methods(["GET", "POST"])
def new_result(request: DeskRequest) -> HttpResponse:
    require(request.actor, KEEP)
    return act(
        request, forms.ResultForm(request.POST or None, actor=request.actor),
        lambda key, **values: once(str(key), lambda: actions.take_up_result(by=request.actor, **values)),
        title=_("Enter a research result taken up"), button=_("Enter it"), back=reverse("desk:results"),
        done=_("The result is entered. Note later what came of it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def result_outcome(request: DeskRequest, pk: UUID) -> HttpResponse:
    one: ResearchResult = get_visible(ResearchResult.objects.for_list(), request.actor, pk)
    require(request.actor, KEEP, one)
    return act(
        request, forms.ResultOutcomeForm(request.POST or None, initial={"outcome": one.outcome}),
        lambda key, **values: once(str(key), lambda: actions.note_result(one, by=request.actor, **values)),
        title=_("What came of a result"), button=_("Save"), back=reverse("desk:results"), lead=one.name,
        done=_("It is noted."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def new_base(request: DeskRequest) -> HttpResponse:
    require(request.actor, KEEP)
    return act(
        request, forms.BaseForm(request.POST or None, actor=request.actor),
        lambda key, **values: once(str(key), lambda: actions.found_base(by=request.actor, **values)),
        title=_("Enter a teaching base"), button=_("Enter it"), back=reverse("desk:bases"),
        done=_("The teaching base is entered."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_base(request: DeskRequest, pk: UUID) -> HttpResponse:
    one: TeachingBase = get_visible(TeachingBase.objects.for_list(), request.actor, pk)
    require(request.actor, KEEP, one)
    return act(
        request, forms.BaseEndForm(request.POST or None),
        lambda key, **values: (actions.end_base(one, by=request.actor, **values),),
        title=_("End a teaching base"), button=_("End it"), back=reverse("desk:bases"), lead=one.name,
        done=_("It has ended and stays to be read."),
    )  # fmt: skip
