"""Applications, for those who review them: the list, one, its moves, a look at name and phone; entering for somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.partners import tables
from cunlian.desk.partners.calls import call_of
from cunlian.desk.partners.forms import ApplicationForm
from cunlian.desk.partners.moves import APPLICATION
from cunlian.desk.partners.pressing import buttons, press
from cunlian.desk.receipts import mark, receipt_text
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Missing, Refusal
from cunlian.talent.models import Application, PartnerCall
from cunlian.talent.partners import actions
from cunlian.talent.partners.promises import answering
from cunlian.talent.partners.states import ApplicationState
from cunlian.talent.taking import Told, check_code
from cunlian.ui import formats
from cunlian.ui.forms import status_of, submit

ENTERED = "desk_applications"
KEPT = 20


def application_of(actor: Actor, pk: UUID) -> Application:
    found: Application = get_visible(Application.objects.for_detail(), actor, pk)
    return found


def _applications(actor: Actor, query: QueryDict) -> tables.ApplicationTable:
    """``?call=``: of one call."""
    rows = Application.objects.visible_to(actor).for_list()
    if key := query.get("call"):
        known = {str(pk): pk for pk in rows.order_by().values_list("call_id", flat=True)}
        rows = rows.filter(call_id=known.get(key))
    return tables.ApplicationTable(rows, mark=mark())


APPLICATIONS = add_list("partner-applications", _lazy("Applications of partners"), _applications)


@require_GET
@APPLICATIONS.exported
def application_list(request: DeskRequest) -> HttpResponse:
    context = {"title": _("Applications"), "table": APPLICATIONS.page(request)}
    return render(request, "desk/partners/applications.html", context)


def _heading(one: Application) -> str:
    promise = one.promise
    if promise is None:
        return ""
    return (
        _("Answered") if promise.settled_at else _("To be answered by %(when)s") % {"when": formats.due(promise.due_at)}
    )


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = application_of(request.actor, pk)
    receipt = receipt_text(one.receipt, mark())
    spoken = {review.post_id for review in one.reviews.all()}
    context = {
        "title": receipt, "one": one, "receipt": receipt, "state_label": ApplicationState(one.state).label,
        "buttons": buttons(APPLICATION, one, request.actor), "heading": _heading(one),
        "silent": [seat.post for seat in one.call.reviewers.all() if seat.post_id not in spoken],
        "crumbs": [
            (_("Calls for partners"), reverse("desk:partner_calls")),
            (one.call.name, reverse("desk:partner_call", args=[one.call_id])), (receipt, ""),
        ],
    }  # fmt: skip
    return _private(render(request, "desk/partners/application.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    """Whoever declared a conflict sees the application no more, so they go back to the list."""
    after = reverse("desk:partner_applications") if name == "declare_conflict" else ""
    return press(request, APPLICATION, application_of(request.actor, pk), name, after)


@require_POST
def reveal(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Name and phone in full, once, in this very answer. The look is logged and the person sees it."""
    one = application_of(request.actor, pk)
    purpose = request.POST.get("purpose", "")
    context: dict[str, Any] = {"one": one, "purpose": purpose, "receipt": receipt_text(one.receipt, mark())}
    try:
        context["contact"] = actions.reveal_applicant(one, by=request.actor, purpose=purpose)
    except Refusal as refusal:
        return render(request, "desk/partners/reveal.html", {**context, "refusal": refusal}, status=refusal.status)
    return _private(render(request, "desk/partners/reveal.html", context))


def _enter(request: DeskRequest, call: PartnerCall, values: dict[str, Any]) -> Application:
    told = Told(values["name"], values["phone"], values["contact_note"], agreed=values["agreed"])
    return actions.apply(
        call, by=request.actor.for_(values["channel"]), offer=values["offer"], comes_from=values["comes_from"], told=told,
        unit_name=values["unit_name"], institute=values["institute"], key=values["key"],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest, pk: UUID) -> HttpResponse:
    """For somebody who rang, wrote or came by. Whoever enters it and does not review it sees it no more."""
    call = call_of(request.actor, pk)
    require(request.actor, "partners.apply_for", call)
    form = ApplicationForm(request.POST or None, actor=request.actor)
    if request.method == "POST":
        entered = submit(form, lambda **values: _enter(request, call, values))
        if entered:
            request.session[ENTERED] = [str(entered.pk), *request.session.get(ENTERED, [])][:KEPT]
            messages.success(request, _("It is entered. Give the person the slip with the receipt."))
            return redirect("desk:partner_application_slip", entered.pk)
    context = {"title": _("Enter an application for somebody"), "form": form, "button": _("Enter it"), "call": call}
    return render(request, "desk/partners/apply.html", context, status=status_of(form))


@require_GET
def slip(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The paper the person takes home, for the session that entered it; nothing of what was written."""
    if str(pk) not in request.session.get(ENTERED, []):
        raise Missing(_("The slip is shown to whoever entered it, in the same session."))
    own = Actor("anonymous", proofs=frozenset({pk}))
    one: Application = get_visible(Application.objects.for_detail(), own, pk)
    context = {
        "one": one, "receipt": receipt_text(one.receipt, mark()), "number": one.receipt, "code": check_code(one.pk),
        "address": settings.PUBLIC_URL, "printed_at": clock.now(), "answers": answering(one),
    }  # fmt: skip
    return render(request, "desk/partners/slip.html", context)
