"""One move of a call, an application or an agreement: its form, and its pressing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cunlian.desk.acting import act
from cunlian.desk.pages import DeskRequest
from cunlian.desk.partners.moves import Kind
from cunlian.kernel.access import Actor
from cunlian.kernel.presses import once
from cunlian.kernel.refusals import Missing
from cunlian.ui.pieces import MoveButton, buttons_for


def buttons(kind: Kind, one: Any, actor: Actor) -> list[MoveButton]:
    icons = {name: page.icon for name, page in kind.pages.items()}
    return buttons_for(
        kind.possible(one, actor), lambda move: reverse(kind.move, args=[one.pk, move.name]), icons=icons
    )


def press(request: DeskRequest, kind: Kind, one: Any, name: str, after: str = "") -> HttpResponse:
    """A second press of one form does nothing more. ``after``: where to go where the record is no longer seen then."""
    if name not in kind.pages:
        raise Missing(_("There is no such step. Go back and choose one there."))
    page, chosen, back = kind.pages[name], kind.moves[name], reverse(kind.page, args=[one.pk])
    if chosen not in kind.possible(one, request.actor):
        messages.warning(request, _("“%(move)s” is not possible here now.") % {"move": chosen.label})
        return redirect(back)
    form = page.form(request.POST if request.method == "POST" else None, one=one, actor=request.actor)
    return act(
        request, form, lambda key, **said: once(str(key), lambda: page.call(one, by=request.actor, **said)),
        title=chosen.label, button=chosen.label, back=after or back, about=str(one), lead=page.lead,
        done=_("Done: %(move)s.") % {"move": chosen.label},
    )  # fmt: skip
