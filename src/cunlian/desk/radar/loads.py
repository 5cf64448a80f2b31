"""Which posts carry more than the county decided, and the decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act
from cunlian.desk.decisions import paper_field
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.radar.filters import WhereFilter
from cunlian.desk.radar.tables import CeilingTable, OverloadTable
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.coverage.actions import decide_ceiling
from cunlian.organisations.coverage.overload import overload
from cunlian.organisations.models import Capacity, DutyCeiling
from cunlian.places.models import District


class CeilingForm(forms.Form):
    capacity = forms.ChoiceField(label=_("As"), choices=Capacity)
    most = forms.IntegerField(label=_("Duties of one post at most"), min_value=1, max_value=500)
    paper = paper_field()


def _overload(actor: Actor, query: QueryDict) -> OverloadTable:
    require(actor, "organisations.view")
    found = WhereFilter(query or None, actor=actor)
    return OverloadTable(overload(found.scope), filter=found)


def _ceilings(actor: Actor, query: QueryDict) -> CeilingTable:
    require(actor, "organisations.view")
    return CeilingTable(DutyCeiling.objects.visible_to(actor).for_list())


OVERLOAD = add_list("overload", _("Carries too much"), _overload)
CEILINGS = add_list("duty-ceilings", _("What one post may carry"), _ceilings)


def _context(title: str, table: Any, actor: Actor) -> dict[str, Any]:
    served = District.current().root
    return {
        "title": title,
        "table": table,
        "filter": table.filter,
        "may_set": may(actor, "organisations.decide_ceiling", served),
    }


@require_GET
@OVERLOAD.exported
def too_much(request: DeskRequest) -> HttpResponse:
    table = OVERLOAD.page(request)
    return render(request, "desk/radar/overload.html", _context(_now("Carries too much"), table, request.actor))


@require_GET
@CEILINGS.exported
def ceilings(request: DeskRequest) -> HttpResponse:
    context = _context(_now("What one post may carry"), CEILINGS.page(request), request.actor)
    context["crumbs"] = [(_now("Carries too much"), reverse("desk:overload")), (context["title"], "")]
    return render(request, "desk/radar/overload.html", context)


@require_http_methods(("GET", "POST"))
def decide(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, "organisations.decide_ceiling", root)
    return act(
        request, CeilingForm(request.POST or None),
        lambda **values: decide_ceiling(by=request.actor, root=root, **values),
        title=_now("Decide what one post may carry"), button=_("Decide it"), back=reverse("desk:duty_ceilings"),
        done=_("It holds from now on. No duty is taken away by it."),
    )  # fmt: skip
