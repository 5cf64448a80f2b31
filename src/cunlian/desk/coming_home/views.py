"""The paths home: all of them, one with its steps, its moves, a look at name and phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.desk.acting import press
from cunlian.desk.coming_home import tables
from cunlian.desk.coming_home.moves import PAGES, buttons, possible
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import mark, receipt_text
from cunlian.desk.threads import thread_of
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may
from cunlian.kernel.refusals import Refusal
from cunlian.talent.coming_home.actions import reveal_comer
from cunlian.talent.coming_home.promises import TALK
from cunlian.talent.coming_home.states import MOVES, State
from cunlian.talent.coming_home.timeline import Step, steps
from cunlian.talent.models import Homecoming
from cunlian.ui import formats
from cunlian.ui.pieces import TimelineEntry


def path_of(actor: Actor, pk: UUID) -> Homecoming:
    found: Homecoming = get_visible(Homecoming.objects.for_detail(), actor, pk)
    return found


def _paths(actor: Actor, query: QueryDict) -> tables.HomecomingTable:
    found = tables.HomecomingFilter(query, Homecoming.objects.visible_to(actor), actor=actor)
    return tables.HomecomingTable(found.qs.for_list().by_due(), filter=found, mark=mark())


PATHS = add_list("homecomings", _lazy("Paths home"), _paths)


@require_GET
@PATHS.exported
def path_list(request: DeskRequest) -> HttpResponse:
    table = PATHS.page(request)
    context = {
        "title": _("Coming home"), "table": table, "filter": table.filter,
        "may_enter": may(request.actor, "coming_home.begin_for"),
    }  # fmt: skip
    return render(request, "desk/coming_home/list.html", context)


def _heading(path: Homecoming) -> str:
    promise = path.promise
    if promise is None:
        return ""
    when = {"when": formats.due(promise.due_at)}
    if promise.promise_kind == TALK:
        return _("Talked with in time") if promise.settled_at else _("To be talked with by %(when)s") % when
    return _("Looked in") if promise.settled_at else _("Look in by %(when)s") % when


def _entry(step: Step) -> TimelineEntry:
    who = str(step.post) if step.post else pgettext("who did it", "System")
    if step.post is None and step.verb.code in ("coming_home.begun", "coming_home.taken_back", "coming_home.begun_for"):
        who = pgettext("who did it", "The person")
    return TimelineEntry(step.happened_at, who, step.verb.sentence, icon=step.verb.icon)


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    path = path_of(request.actor, pk)
    receipt = receipt_text(path.receipt, mark())
    context: dict[str, Any] = {
        "path": path, "title": receipt, "receipt": receipt, "state_label": State(path.state).label,
        "crumbs": [(_("Coming home"), reverse("desk:homecomings")), (receipt, "")],
        "buttons": buttons(path, request.actor), "heading": _heading(path),
        "thread": thread_of(path, request.actor),
        "entries": [_entry(step) for step in reversed(steps(path, public=False))],
        "may_reveal": path.person is not None and may(request.actor, "coming_home.reveal", path),
    }  # fmt: skip
    return _private(render(request, "desk/coming_home/detail.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    """A move's form, and its pressing; a second press of one form does nothing more."""
    path = path_of(request.actor, pk)
    return press(
        request, path, name, moves=MOVES, possible=possible(path, request.actor), pages=PAGES,
        back=reverse("desk:homecoming", args=[pk]), form=lambda page, sent: page.form(sent, path=path, actor=request.actor),
    )  # fmt: skip


@require_POST
def reveal(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Name and phone in full, once, in this very answer. The look is logged and the person sees it."""
    path = path_of(request.actor, pk)
    purpose = request.POST.get("purpose", "")
    context: dict[str, Any] = {"path": path, "purpose": purpose, "receipt": receipt_text(path.receipt, mark())}
    try:
        context["contact"] = reveal_comer(path, by=request.actor, purpose=purpose)
    except Refusal as refusal:
        return render(request, "desk/coming_home/reveal.html", {**context, "refusal": refusal}, status=refusal.status)
    return _private(render(request, "desk/coming_home/reveal.html", context))
