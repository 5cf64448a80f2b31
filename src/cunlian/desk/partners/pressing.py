"""One move of a call, an application or an agreement: its form, and its pressing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from cunlian.desk import acting
from cunlian.desk.pages import DeskRequest
from cunlian.desk.partners.moves import Kind
from cunlian.kernel.access import Actor
from cunlian.ui.pieces import MoveButton, buttons_for


def buttons(kind: Kind, one: Any, actor: Actor) -> list[MoveButton]:
    icons = {name: page.icon for name, page in kind.pages.items()}
    return buttons_for(
        kind.possible(one, actor), lambda move: reverse(kind.move, args=[one.pk, move.name]), icons=icons
    )


def press(request: DeskRequest, kind: Kind, one: Any, name: str, after: str = "") -> HttpResponse:
    """``after``: where to go where the record is no longer seen then."""
    return acting.press(
        request, one, name, moves=kind.moves, possible=kind.possible(one, request.actor), pages=kind.pages,
        back=reverse(kind.page, args=[one.pk]), after=after,
        form=lambda page, sent: page.form(sent, one=one, actor=request.actor),
    )  # fmt: skip
