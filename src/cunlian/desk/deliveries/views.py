"""The page of failures. It shows what failed and why, never to whom or what it said."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cunlian.accounts.actions import retry_delivery
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import NOT_HERE
from cunlian.desk.receipts import district
from cunlian.kernel.access import may, require
from cunlian.kernel.log import VERBS
from cunlian.kernel.models import Activity, Message, OutboxEntry
from cunlian.kernel.refusals import Missing

SHOWN = 200


@require_GET
def failures(request: DeskRequest) -> HttpResponse:
    """Newest first, at most 200 of each, with true totals."""
    served = district()
    require(request.actor, "deliveries.view", served)
    reactions, unsent = OutboxEntry.objects.failures(), Message.objects.failures().defer("address", "subject", "body")
    shown = list(reactions[:SHOWN])
    verbs = dict(Activity.objects.filter(pk__in=[row.activity_id for row in shown]).values_list("pk", "verb"))
    context = {
        "title": _("Deliveries"), "reaction_count": reactions.count(), "message_count": unsent.count(),
        "reactions": [(row, _label(verbs.get(row.activity_id, ""))) for row in shown], "unsent": unsent[:SHOWN],
        "may_retry": may(request.actor, "deliveries.retry", served),
    }  # fmt: skip
    return render(request, "desk/deliveries/list.html", context)


def _label(verb: str) -> str:
    return str(VERBS[verb].label) if verb in VERBS else verb


def _again(request: DeskRequest, found: models.Model | None) -> HttpResponse:
    require(request.actor, "deliveries.retry", district())
    if not isinstance(found, OutboxEntry | Message):
        raise Missing(NOT_HERE)
    retry_delivery(found, by=request.actor)
    messages.success(request, _("It is tried again within a minute."))
    return redirect("desk:deliveries")


@require_POST
def retry_reaction(request: DeskRequest, pk: int) -> HttpResponse:
    return _again(request, OutboxEntry.objects.failures().filter(pk=pk).first())


@require_POST
def retry_message(request: DeskRequest, pk: UUID) -> HttpResponse:
    return _again(request, Message.objects.failures().filter(pk=pk).first())
