"""One dispute: its page, its moves, a look at a side, the agreement on paper."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.cases.disputes.actions import reveal_party
from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.states import MOVES
from cunlian.desk.disputes import moves
from cunlian.desk.disputes.detail import agreement_of, dispute_page
from cunlian.desk.disputes.forms import MoveForm
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import may
from cunlian.kernel.presses import new_key, once, taken
from cunlian.kernel.refusals import Missing, Refusal
from cunlian.ui import formats
from cunlian.ui.forms import submit

REFUSED = 422


def dispute_of(request: DeskRequest, pk: UUID) -> Dispute:
    return get_visible(Dispute.objects.for_detail(), request.actor, pk)


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Never kept by a browser: the page may hold what was said in confidence."""
    response = render(request, "desk/disputes/detail.html", dispute_page(dispute_of(request, pk), request.actor))
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    """A move's form, and its pressing."""
    dispute = dispute_of(request, pk)
    if name not in moves.PAGES:
        raise Missing(_("There is no such step. Go back to the dispute and choose one there."))
    page, chosen = moves.PAGES[name], MOVES[name]
    sent = request.POST if request.method == "POST" else None
    if (sent is None or not taken(sent.get("key", ""))) and not moves.move_called(name, dispute, request.actor):
        messages.warning(request, _("“%(move)s” is not possible here now.") % {"move": chosen.label})
        return redirect("desk:dispute", pk)
    form = page.form(sent, dispute=dispute, actor=request.actor)
    if sent is not None and _press(request, dispute, name, form):
        messages.success(request, _("Done: %(move)s.") % {"move": chosen.label})
        return redirect("desk:dispute", pk)
    context = {"dispute": dispute, "form": form, "page": page, "move": chosen, "title": chosen.label, "key": new_key()}
    return render(request, "desk/disputes/move.html", context, status=REFUSED if form.errors else 200)


def _press(request: DeskRequest, dispute: Dispute, name: str, form: MoveForm) -> bool:
    """Do it once, however often it is pressed. False: refused, and the form says why."""
    key, seen = request.POST.get("key", ""), request.POST.get("seen", "")
    if not form.is_valid():
        return taken(key)
    perform = partial(moves.perform, name, dispute, by=request.actor, seen=seen)
    return submit(form, lambda **said: (once(key, lambda: perform(**said)),)) is not None


@require_POST
def reveal(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Name and phone of a side in full, once, in this very answer. The look is logged and the person sees it."""
    dispute = dispute_of(request, pk)
    side, purpose = request.POST.get("side", ""), request.POST.get("purpose", "")
    if side not in ("a", "b"):
        raise Missing(_("There is no such side."))
    context = {"dispute": dispute, "purpose": purpose, "title": _("Name and phone in full")}
    try:
        context["contact"] = reveal_party(dispute, by=request.actor, side=side, purpose=purpose)
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "desk/disputes/reveal.html", context, status=refusal.status)
    response = render(request, "desk/disputes/reveal.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def print_agreement(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The agreement on paper, A4, to be signed by both sides and the mediator and sealed by the body (Art. 28, 29). Names
    stay masked for whoever does not mediate."""
    dispute = dispute_of(request, pk)
    agreement = agreement_of(dispute)
    if agreement is None or not may(request.actor, "disputes.read", dispute):
        raise Missing(_("There is no agreement here that you could print."))
    context = {
        "dispute": dispute, "agreement": agreement, "parties": list(dispute.parties.all()),
        "sessions": list(dispute.sessions.all()), "printed_at": clock.now(),
        "court_until": formats.day(agreement.court_until, year=True),
    }  # fmt: skip
    response = render(request, "desk/disputes/print.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
