"""Agreements with partners: all of them, one with its project and outcome, its moves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.partners import tables
from cunlian.desk.partners.moves import PARTNERSHIP
from cunlian.desk.partners.pressing import buttons, press
from cunlian.desk.threads import thread_of
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.talent.models import Partnership
from cunlian.talent.partners.states import PartnershipState


def agreement_of(actor: Actor, pk: UUID) -> Partnership:
    found: Partnership = get_visible(Partnership.objects.for_list(), actor, pk)
    return found


def _agreements(actor: Actor, query: QueryDict) -> tables.PartnershipTable:
    found = tables.PartnershipFilter(query or None, Partnership.objects.visible_to(actor).for_list())
    return tables.PartnershipTable(found.qs, filter=found)


AGREEMENTS = add_list("partnerships", _lazy("Agreements with partners"), _agreements)


@require_GET
@AGREEMENTS.exported
def agreement_list(request: DeskRequest) -> HttpResponse:
    table = AGREEMENTS.page(request)
    context = {"title": _("Agreements with partners"), "table": table, "filter": table.filter}
    return render(request, "desk/partners/agreements.html", context)


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = agreement_of(request.actor, pk)
    context = {
        "title": one.paper, "one": one, "buttons": buttons(PARTNERSHIP, one, request.actor),
        "state_label": PartnershipState(one.state).label,
        "past": one.state == PartnershipState.RUNNING and one.ends_on <= clock.today(),
        "following": getattr(one, "renewed_by", None), "thread": thread_of(one, request.actor),
        "crumbs": [(_("Agreements with partners"), reverse("desk:partnerships")), (one.paper, "")],
    }  # fmt: skip
    return render(request, "desk/partners/agreement.html", context)


@require_http_methods(["GET", "POST"])
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    return press(request, PARTNERSHIP, agreement_of(request.actor, pk), name)
