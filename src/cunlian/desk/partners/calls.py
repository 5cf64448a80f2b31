"""Calls for partners: all of them, one with its reviewers, drawing up, changing a draft, its moves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act, page_of
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.partners import tables
from cunlian.desk.partners.forms import CallForm, CallWordsForm
from cunlian.desk.partners.moves import CALL
from cunlian.desk.partners.pressing import buttons, press
from cunlian.desk.threads import thread_of
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.presses import make_once
from cunlian.talent.models import Application, PartnerCall
from cunlian.talent.partners import actions
from cunlian.talent.partners.states import CallState

KEEP = "partners.keep_calls"


def call_of(actor: Actor, pk: UUID) -> PartnerCall:
    found: PartnerCall = get_visible(PartnerCall.objects.for_list(), actor, pk)
    return found


def _calls(actor: Actor, query: QueryDict) -> tables.CallTable:
    found = tables.CallFilter(query or None, PartnerCall.objects.visible_to(actor).for_list())
    return tables.CallTable(found.qs, filter=found)


CALLS = add_list("partner-calls", _lazy("Calls for partners"), _calls)


@require_GET
@CALLS.exported
def call_list(request: DeskRequest) -> HttpResponse:
    table = CALLS.page(request)
    context = {
        "title": _("Calls for partners"), "table": table, "filter": table.filter, "may_draw": may(request.actor, KEEP),
    }  # fmt: skip
    return render(request, "desk/partners/calls.html", context)


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = call_of(request.actor, pk)
    mine = Application.objects.visible_to(request.actor).filter(call=one)
    context = {
        "title": one.name, "one": one, "buttons": buttons(CALL, one, request.actor),
        "state_label": CallState(one.state).label, "is_open": one.state == CallState.OPEN,
        "past": one.state == CallState.OPEN and one.open_until < clock.today(),
        "reviewers": list(one.reviewers.select_related("post__organisation")),
        "reviews": one.reviewers.filter(post__in=request.actor.post_ids).exists(), "received": mine.count(),
        "may_change": one.state == CallState.DRAFT and may(request.actor, KEEP, one),
        "may_enter": one.state == CallState.OPEN and may(request.actor, "partners.apply_for", one),
        "thread": thread_of(one, request.actor),
        "crumbs": [(_("Calls for partners"), reverse("desk:partner_calls")), (one.name, "")],
    }  # fmt: skip
    return render(request, "desk/partners/call.html", context)


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    require(request.actor, KEEP)
    return act(
        request, CallForm(request.POST or None, actor=request.actor),
        lambda key, **values: make_once(str(key), lambda: actions.draw_call(by=request.actor, **values)),
        title=_("Draw up a call for partners"), button=_("Draw it up"), back=reverse("desk:partner_calls"),
        then=page_of("desk:partner_call"),
        done=_("The draft is there. Name its reviewers, then publish it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = call_of(request.actor, pk)
    require(request.actor, KEEP, one)
    named = ("name", "paper", "paper_on", "wanted", "offered", "open_until")
    stands = {name: getattr(one, name) for name in named}
    return act(
        request, CallWordsForm(request.POST or None, actor=request.actor, initial=stands),
        lambda key, **values: (actions.correct_call(one, by=request.actor, **values),),
        title=_("Change the draft"), button=_("Save"), back=reverse("desk:partner_call", args=[pk]), lead=one.name,
        done=_("The draft is changed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    return press(request, CALL, call_of(request.actor, pk), name)
