"""The holder of a post is away, and is back."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import DayField, NothingMore, act
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import require
from cunlian.organisations.coverage import actions
from cunlian.organisations.models import Leave, Posting

GET_POST = ("GET", "POST")


class LeaveForm(forms.Form):
    starts_on = DayField(label=_("Away from"))
    ends_on = DayField(label=_("Until (that day no longer)"), initial=None)


@require_http_methods(GET_POST)
def enter(request: DeskRequest, pk: UUID) -> HttpResponse:
    posting: Posting = get_visible(Posting.objects.for_detail(), request.actor, pk)
    require(request.actor, "organisations.enter_leave", posting)
    return act(
        request, LeaveForm(request.POST or None),
        lambda **values: actions.enter_leave(posting, by=request.actor, **values),
        title=_now("Enter a leave"), button=_("Enter it"), back=reverse("desk:post", args=[posting.post_id]),
        about=str(posting.post),
        lead=_now("No reason is asked. Until somebody stands in, new requests go to the next up, and the radar shows the gap."),
        done=_("The leave is entered. Arrange a stand-in now."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    rows = Leave.objects.select_related("posting__post__organisation", "posting__post__place")
    leave: Leave = get_visible(rows, request.actor, pk)
    require(request.actor, "organisations.end_leave", leave)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: actions.end_leave(leave, by=request.actor), title=_now("Back from leave"), button=_("Is back today"),
        back=reverse("desk:post", args=[leave.posting.post_id]), lead=str(leave.posting.post), done=_("The leave is over."),
    )  # fmt: skip
