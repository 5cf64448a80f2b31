"""Wishes about data that wait for an office, and their answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import Column

from cunlian.desk.acting import act
from cunlian.desk.consent.forms import AnswerForm, ChannelForm
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing
from cunlian.people.consent.requests import fulfil_request, refuse_request, withdraw_request
from cunlian.people.models import DataRequest
from cunlian.people.models.requests import DECIDERS
from cunlian.people.states import MOVES
from cunlian.ui.pieces import buttons_for
from cunlian.ui.tables import ListTable

ACTIONS = {"fulfil": fulfil_request, "refuse": refuse_request}


class RequestTable(ListTable):
    rows_name = ngettext_lazy("%(n)s wish", "%(n)s wishes", "total")
    readers = frozenset(DECIDERS)

    wish = Column(verbose_name=_("What is asked"))
    person = Column(verbose_name=_("Person"), orderable=False)
    place = Column(verbose_name=_("Village"), accessor="person__place", order_by=("person__place__code",))
    asked_at = Column(verbose_name=_("Asked"))
    due = Column(verbose_name=_("Answer by"), accessor="promise__due_at")
    state = Column(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = DataRequest
        fields = ("wish", "person", "place", "asked_at", "due", "state")
        empty_text = _("Here stand the corrections and deletions people ask for. None is asked for here.")

    def render_wish(self, record: DataRequest) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:data_request", args=[record.pk]), record)


def _requests(actor: Actor, query: QueryDict) -> RequestTable:
    found = DataRequest.objects.visible_to(actor).for_list()
    return RequestTable(found.exclude(person_id=actor.person_id) if actor.person_id else found)


REQUESTS = add_list("data-requests", _("Wishes about data"), _requests)


@require_GET
@REQUESTS.exported
def page(request: DeskRequest) -> HttpResponse:
    context = {"title": _now("Wishes about data"), "table": REQUESTS.page(request)}
    return render(request, "desk/consent/requests.html", context)


def _of(request: DeskRequest, pk: UUID) -> DataRequest:
    return get_visible(DataRequest.objects.for_list(), request.actor, pk)


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = _of(request, pk)
    moves = [move for move in MOVES.starting_from(found.state) if may(request.actor, move.permission, found)]
    buttons = buttons_for(moves, lambda move: reverse("desk:data_request_settle", args=[found.pk, move.name]))
    context = {
        "title": str(found), "found": found, "buttons": buttons,
        "crumbs": [(_now("Wishes about data"), reverse("desk:data_requests")), (str(found), "")],
    }  # fmt: skip
    return render(request, "desk/consent/request.html", context)


@require_http_methods(["GET", "POST"])
def settle(request: DeskRequest, pk: UUID, move: str) -> HttpResponse:
    found = _of(request, pk)
    if move == "withdraw":
        return _take_back(request, found)
    if move not in ACTIONS:
        raise Missing(_now("This is not here, or not for your post. Check the number, or go back to the list."))
    require(request.actor, "people.decide_request", found)
    erases = move == "fulfil" and found.wish == DataRequest.Wish.DELETE
    call: Any = ACTIONS[move]
    return act(
        request, AnswerForm(request.POST if request.method == "POST" else None),
        lambda **said: call(found, by=request.actor, **said), title=MOVES[move].label, button=MOVES[move].label,
        about=f"{found} · {found.person}", lead=_now("This erases the person's file for good.") if erases else "",
        back=reverse("desk:data_requests"), done=_now("It is answered."),
    )  # fmt: skip


def _take_back(request: DeskRequest, found: DataRequest) -> HttpResponse:
    """For the person, who no longer wants it."""
    require(request.actor, "people.withdraw_request", found)
    return act(
        request, ChannelForm(request.POST if request.method == "POST" else None),
        lambda channel: withdraw_request(found, by=request.actor.for_(channel, found.person_id)),
        title=MOVES["withdraw"].label, button=MOVES["withdraw"].label, about=f"{found} · {found.person}",
        back=reverse("desk:data_requests"), done=_now("The wish is taken back. Nothing was changed."),
    )  # fmt: skip
