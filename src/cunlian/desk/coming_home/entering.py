"""Entering for somebody, and the slip they take home."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.coming_home.forms import EntryForm
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import mark, receipt_text
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import require
from cunlian.kernel.refusals import Missing
from cunlian.talent.coming_home.actions import begin_path
from cunlian.talent.models import Homecoming
from cunlian.talent.taking import Told, check_code
from cunlian.ui.forms import status_of, submit

ENTERED = "desk_paths"
KEPT = 20


def _enter(request: DeskRequest, values: dict[str, Any]) -> Homecoming:
    told = Told(values["name"], values["phone"], values["contact_note"], agreed=values["agreed"])
    return begin_path(
        by=request.actor.for_(values["channel"]), place=values["place"], wish=values["wish"], told=told,
        origin=values["origin"], where_now=values["where_now"], gathering=values["gathering"], key=values["key"],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """``?gathering=``: it was heard there."""
    require(request.actor, "coming_home.begin_for")
    start = {"gathering": request.GET.get("gathering", "")}
    form = EntryForm(request.POST or None, actor=request.actor, initial=start)
    if request.method == "POST":
        entered = submit(form, lambda **values: _enter(request, values))
        if entered:
            rest = [known for known in request.session.get(ENTERED, []) if known != str(entered.pk)]
            request.session[ENTERED] = [str(entered.pk), *rest][:KEPT]
            messages.success(request, _("It is entered. Give the person the slip with the receipt."))
            return redirect("desk:homecoming_slip", entered.pk)
    context = {"title": _("Enter for somebody who would like to come"), "form": form, "button": _("Enter it")}
    return render(request, "desk/coming_home/new.html", context, status=status_of(form))


@require_GET
def slip(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The paper the person takes home; only for the session that entered it, because it has the check code."""
    if str(pk) not in request.session.get(ENTERED, []):
        raise Missing(_("The slip is shown to whoever entered it, in the same session."))
    path: Homecoming = get_visible(Homecoming.objects.for_detail(), request.actor, pk)
    context = {
        "path": path, "receipt": receipt_text(path.receipt, mark()), "number": path.receipt, "code": check_code(path.pk),
        "address": settings.PUBLIC_URL, "printed_at": clock.now(),
    }  # fmt: skip
    return render(request, "desk/coming_home/slip.html", context)
