"""Each move as a page of its own: the form it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import MovePage
from cunlian.desk.instructions import forms
from cunlian.instructions import actions
from cunlian.instructions.models import Copy
from cunlian.instructions.rules import available_moves
from cunlian.instructions.states import State
from cunlian.kernel.access import Actor
from cunlian.kernel.moves import Move
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict
from cunlian.ui.pieces import MoveButton, buttons_for

PAGES: dict[str, MovePage] = {
    "sign": MovePage(
        forms.NothingMore, actions.sign_copy, icon="check",
        lead=_("You have read it and take it on. If it is not yours, go back and send it back instead."),
    ),
    "complete": MovePage(forms.RecordForm, actions.complete_copy, icon="message-check"),
    "ask_extension": MovePage(forms.MoreTimeForm, actions.ask_extension, icon="clock-plus"),
    "return": MovePage(
        forms.WhyForm, actions.return_copy, icon="arrow-back-up",
        lead=_("It goes back to its giver, who finds the right post or says why it is yours. The clock stands until then."),
    ),
    "check": MovePage(
        forms.NothingMore, actions.check_copy, icon="checkbox",
        lead=_("You have looked at the record and it is what was asked."),
    ),
    "close": MovePage(forms.NothingMore, actions.close_copy, icon="circle-check", lead=_("Nothing is left to do about it.")),
    "send_back": MovePage(
        forms.WhyForm, actions.send_back_copy, icon="refresh",
        lead=_("Say what is missing against what was asked, and no more than that."),
    ),
    "grant_extension": MovePage(forms.GrantForm, actions.grant_extension, icon="clock-check"),
    "refuse_extension": MovePage(forms.WhyForm, actions.refuse_extension, icon="clock-x"),
    "redirect": MovePage(forms.AnotherPostForm, actions.redirect_copy, icon="arrow-forward-up"),
    "uphold": MovePage(
        forms.WhyForm, actions.uphold_copy, icon="arrow-forward-up",
        lead=_("Say by which rule it is theirs. They sign for it anew."),
    ),
    "withdraw": MovePage(
        forms.WhyForm, actions.withdraw_copy, icon="arrow-back",
        lead=_("It ends here for this receiver and counts no more."),
    ),
    "supervise": MovePage(
        forms.WhyForm, actions.supervise_copy, icon="alert-triangle",
        lead=_("The day and the reason stay with the instruction; the post that has it reads them."),
    ),
}  # fmt: skip


def move_called(name: str, copy: Copy, actor: Actor) -> Move | None:
    return next((move for move in available_moves(copy, actor) if move.name == name), None)


def address(copy: Copy, name: str) -> str:
    return reverse("desk:instruction_move", args=[copy.pk, name])


def buttons(copy: Copy, actor: Actor) -> list[MoveButton]:
    icons = {name: page.icon for name, page in PAGES.items()}
    return buttons_for(available_moves(copy, actor), lambda move: address(copy, move.name), icons=icons)


@transaction.atomic
def perform(name: str, copy: Copy, *, by: Actor, seen: str, **said: Any) -> Any:
    """Call the move's action, under the lock of the copy. Raises Conflict when it stands elsewhere by now than the page
    had ``seen``, and whatever the action refuses."""
    now = lock(copy).state
    if seen and seen != now:
        raise Conflict(
            _("Somebody else was first: this is now “%(state)s”. What you wrote is kept below.")
            % {"state": State(now).label}
        )
    return PAGES[name].call(copy, by=by, **said)
