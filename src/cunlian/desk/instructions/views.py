"""One copy: its page, its moves, the files that came back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.instructions import moves
from cunlian.desk.instructions.detail import copy_page, due_on, last_step
from cunlian.desk.instructions.forms import MoveForm
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.instructions.models import Copy
from cunlian.instructions.states import MOVES
from cunlian.kernel.evidence import path_of
from cunlian.kernel.models import Attachment
from cunlian.kernel.presses import new_key, once, taken
from cunlian.kernel.refusals import Missing
from cunlian.ui.forms import submit

REFUSED = 422


def copy_of(request: DeskRequest, pk: UUID) -> Copy:
    found: Copy = get_visible(Copy.objects.for_detail(), request.actor, pk)
    return found


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    return render(request, "desk/instructions/detail.html", copy_page(copy_of(request, pk), request.actor))


@require_http_methods(["GET", "POST"])
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    """A move's form, and its pressing."""
    copy = copy_of(request, pk)
    if name not in moves.PAGES:
        raise Missing(_("There is no such step. Go back to the instruction and choose one there."))
    page, chosen = moves.PAGES[name], MOVES[name]
    sent = request.POST if request.method == "POST" else None
    if (sent is None or not taken(sent.get("key", ""))) and not moves.move_called(name, copy, request.actor):
        messages.warning(request, _("“%(move)s” is not possible here now.") % {"move": chosen.label})
        return redirect("desk:instruction_copy", pk)
    form = page.form(sent, request.FILES or None, copy=copy, actor=request.actor)
    if sent is not None and _press(request, copy, name, form):
        messages.success(request, _("Done: %(move)s.") % {"move": chosen.label})
        return redirect("desk:instruction_copy", pk)
    context = {
        "copy": copy, "form": form, "page": page, "move": chosen, "title": chosen.label, "key": new_key(),
        "due_on": due_on(copy), "last": last_step(copy),
    }  # fmt: skip
    return render(request, "desk/instructions/move.html", context, status=REFUSED if form.errors else 200)


def _press(request: DeskRequest, copy: Copy, name: str, form: MoveForm) -> bool:
    """Do it once, however often it is pressed. False: refused, and the form says why."""
    key, seen = request.POST.get("key", ""), request.POST.get("seen", "")
    if not form.is_valid():
        return taken(key)
    perform = partial(moves.perform, name, copy, by=request.actor, seen=seen)
    return submit(form, lambda **said: (once(key, lambda: perform(**said)),)) is not None


@require_GET
def file(request: DeskRequest, pk: UUID, attachment_pk: UUID) -> FileResponse:
    found = Attachment.objects.about(copy_of(request, pk)).filter(pk=attachment_pk).first()
    if found is None:
        raise Missing(_("This file is not with the instruction any more."))
    response = FileResponse(path_of(found.evidence).open("rb"), content_type=found.evidence.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
