"""The page of failures. It shows what failed and why, never to whom or what it said."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from cunlian.accounts.actions import retry_delivery
from cunlian.desk.deliveries.tables import ReactionTable, UnsentTable
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import NOT_HERE
from cunlian.desk.receipts import district
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.models import Activity, Message, OutboxEntry
from cunlian.kernel.refusals import Missing


def _may_retry(actor: Actor) -> bool:
    """Refused to whoever may not even look."""
    served = district()
    require(actor, "deliveries.view", served)
    return may(actor, "deliveries.retry", served)


def _reactions(actor: Actor, query: QueryDict) -> ReactionTable:
    may_retry = _may_retry(actor)
    after = Activity.objects.filter(pk=OuterRef("activity_id")).values("verb")[:1]
    found = OutboxEntry.objects.failures().annotate(after=Subquery(after))
    return ReactionTable(found.order_by("-try_at", "-pk"), may_retry=may_retry)


def _unsent(actor: Actor, query: QueryDict) -> UnsentTable:
    may_retry = _may_retry(actor)
    found = Message.objects.failures().defer("address", "subject", "body")
    return UnsentTable(found.order_by("-try_at", "-pk"), may_retry=may_retry)


REACTIONS = add_list("failed-reactions", _lazy("Reactions"), _reactions)
UNSENT = add_list("unsent-messages", _lazy("Messages"), _unsent, prefix="unsent-")


@require_GET
@REACTIONS.exported
@UNSENT.exported
def failures(request: DeskRequest) -> HttpResponse:
    """Both lists, newest first."""
    context = {"title": _("Deliveries"), "reactions": REACTIONS.page(request), "unsent": UNSENT.page(request)}
    return render(request, "desk/deliveries/list.html", context)


def _again(request: DeskRequest, found: models.Model | None) -> HttpResponse:
    """Pressed a second time, or by two people: it is said that it waits or went out already, and nothing is done twice."""
    require(request.actor, "deliveries.retry", district())
    if not isinstance(found, OutboxEntry | Message):
        raise Missing(NOT_HERE)
    if found.state == "failed":
        retry_delivery(found, by=request.actor)
        messages.success(request, _("It is tried again within a minute."))
    else:
        messages.info(request, _("It has been tried again already. If it fails once more, it stands here again."))
    return redirect("desk:deliveries")


@require_POST
def retry_reaction(request: DeskRequest, pk: int) -> HttpResponse:
    return _again(request, OutboxEntry.objects.filter(pk=pk).first())


@require_POST
def retry_message(request: DeskRequest, pk: UUID) -> HttpResponse:
    return _again(request, Message.objects.filter(pk=pk).first())
