"""What the viewer's own posts are named for. The only page that lists persons by purpose; it has no file, no count per
person and says of nobody what their circumstance is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.desk.acting import NothingMore, act
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.refusals import Refusal
from cunlian.people.consent.circumstances import end_circumstance, look_at_circumstance
from cunlian.people.models import Circumstance, PurposeViewer

ROWS = 50


@require_GET
def page(request: DeskRequest) -> HttpResponse:
    named = PurposeViewer.objects.of(request.actor).select_related("purpose", "place").order_by("purpose__code", "pk")
    rows = Circumstance.objects.named_for(request.actor).for_list()
    context = {
        "title": _("Help and care"), "named": named,
        "rows": Paginator(rows, ROWS).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "desk/consent/circumstances.html", context)


def _of(request: DeskRequest, pk: UUID) -> Circumstance:
    return get_visible(Circumstance.objects.for_list(), request.actor, pk)


@require_POST
def look(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What it says, once, in this very answer. The look is logged and the person sees it."""
    found, purpose = _of(request, pk), request.POST.get("purpose", "")
    context: dict[str, Any] = {"title": found.person.masked_name, "found": found, "purpose": purpose, "refusal": None}
    status = 200
    try:
        context["told"] = look_at_circumstance(found, by=request.actor, purpose=purpose)
    except Refusal as refusal:
        context |= {"told": None, "refusal": refusal}
        status = refusal.status
    response = render(request, "desk/consent/look.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = _of(request, pk)
    form = NothingMore(request.POST if request.method == "POST" else None)
    return act(
        request, form, lambda: end_circumstance(found, by=request.actor), title=_("It holds no more"),
        button=_("End and erase it"), lead=f"{found.person.masked_name} · {found.purpose}",
        back=reverse("desk:circumstances"), done=_("It is erased."),
    )  # fmt: skip
