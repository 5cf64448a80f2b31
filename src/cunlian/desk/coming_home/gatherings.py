"""Gatherings of those away: all of them, one with what began there, entering and correcting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act, page_of
from cunlian.desk.coming_home import tables
from cunlian.desk.coming_home.forms import GatheringForm
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import mark
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.presses import make_once
from cunlian.talent.coming_home import actions
from cunlian.talent.models import Gathering, Homecoming

KEEP = "coming_home.keep_gatherings"


def _gathering(actor: Actor, pk: UUID) -> Gathering:
    found: Gathering = get_visible(Gathering.objects.for_list(), actor, pk)
    return found


def _gatherings(actor: Actor, query: QueryDict) -> tables.GatheringTable:
    return tables.GatheringTable(Gathering.objects.visible_to(actor).for_list())


def _begun(actor: Actor, query: QueryDict, pk: UUID) -> tables.HomecomingTable:
    gathering = _gathering(actor, pk)
    rows = Homecoming.objects.visible_to(actor).filter(gathering=gathering).for_list().by_due()
    return tables.HomecomingTable(rows, mark=mark())


GATHERINGS = add_list("gatherings", _lazy("Gatherings of those away"), _gatherings)
BEGUN = add_list("gathering-paths", _lazy("Paths begun from a gathering"), _begun)


@require_GET
@GATHERINGS.exported
def gathering_list(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _("Gatherings of those away"), "table": GATHERINGS.page(request), "may_keep": may(request.actor, KEEP),
    }  # fmt: skip
    return render(request, "desk/coming_home/gatherings.html", context)


@require_GET
@BEGUN.exported
def gathering(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = _gathering(request.actor, pk)
    context = {
        "title": one.name, "one": one, "table": BEGUN.page(request, pk=pk),
        "may_keep": may(request.actor, KEEP, one), "may_enter": may(request.actor, "coming_home.begin_for", one),
        "crumbs": [(_("Gatherings of those away"), reverse("desk:gatherings")), (one.name, "")],
    }  # fmt: skip
    return render(request, "desk/coming_home/gathering.html", context)


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    require(request.actor, KEEP)
    return act(
        request, GatheringForm(request.POST or None, actor=request.actor),
        lambda key, **values: make_once(str(key), lambda: actions.enter_gathering(by=request.actor, **values)),
        title=_("Enter a gathering"), button=_("Enter it"), back=reverse("desk:gatherings"),
        then=page_of("desk:gathering"),
        done=_("The gathering is entered. Paths of those who want to come begin from it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def correct(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = _gathering(request.actor, pk)
    require(request.actor, KEEP, one)
    named = ("name", "held_on", "venue", "people", "people_source", "heard")
    stands: dict[str, Any] = {name: getattr(one, name) for name in named}
    return act(
        request, GatheringForm(request.POST or None, actor=request.actor, correcting=True, initial=stands),
        lambda key, **values: make_once(str(key), lambda: actions.correct_gathering(one, by=request.actor, **values)),
        title=_("Put a gathering right"), button=_("Save"), back=reverse("desk:gathering", args=[pk]), lead=one.name,
        done=_("It is put right."),
    )  # fmt: skip
