"""Each move as a page of its own: the form it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.deadlines import deadlines
from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.rules import available_moves
from cunlian.cases.disputes.states import State
from cunlian.desk.acting import MovePage
from cunlian.desk.disputes import forms
from cunlian.kernel.access import Actor
from cunlian.kernel.moves import Move
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict
from cunlian.ui.pieces import MoveButton, buttons_for


def _days_from_now() -> str:
    days = deadlines().mediate_days
    return ngettext(
        "From now on it is to be mediated within %(n)s working day.",
        "From now on it is to be mediated within %(n)s working days.",
        days,
    ) % {"n": days}


_TOLD = _("It ends here. Neither side loses any right: both may go to court as if nothing had been mediated.")

PAGES: dict[str, MovePage] = {
    "note_consent": MovePage(
        forms.ConsentForm, actions.note_consent, icon="user-check",
        lead=_("Mediation is free and voluntary. It begins when both sides have said yes."),
    ),
    "accept": MovePage(forms.MediatorForm, actions.accept_dispute, icon="inbox", lead=lazy(_days_from_now, str)()),
    "hold_session": MovePage(forms.SessionForm, actions.hold_session, icon="users"),
    "agree": MovePage(forms.AgreeForm, actions.agree_dispute, icon="file-check"),
    "perform": MovePage(
        forms.NothingMore, actions.perform_dispute, icon="check",
        lead=_("You have asked both sides, and what was agreed is done."),
    ),
    "breach": MovePage(
        forms.NothingMore, actions.breach_dispute, icon="alert-triangle",
        lead=_("What was agreed is not done. Urge it; either side may go to court over it."),
    ),
    "confirm": MovePage(
        forms.ConfirmForm, actions.confirm_dispute, icon="building",
        lead=_("Both sides together may ask the court within 30 days after the agreement took effect."),
    ),
    "note": MovePage(forms.NoteForm, actions.add_note, icon="note"),
    "fail": MovePage(forms.WaysForm, actions.fail_dispute, icon="circle-x", lead=_TOLD),
    "refuse": MovePage(forms.RefuseForm, actions.refuse_mediation, icon="user-off", lead=_TOLD),
    "withdraw": MovePage(
        forms.NothingMore, actions.withdraw_dispute, icon="arrow-back",
        lead=_("The side that asked takes it back, or both have settled it themselves."),
    ),
    "reassign": MovePage(forms.MediatorForm, actions.reassign_dispute, icon="arrow-forward-up"),
}  # fmt: skip


def move_called(name: str, dispute: Dispute, actor: Actor) -> Move | None:
    return next((move for move in available_moves(dispute, actor) if move.name == name), None)


def address(dispute: Dispute, name: str) -> str:
    return reverse("desk:dispute_move", args=[dispute.pk, name])


def buttons(dispute: Dispute, actor: Actor) -> list[MoveButton]:
    icons = {name: page.icon for name, page in PAGES.items()}
    return buttons_for(available_moves(dispute, actor), lambda move: address(dispute, move.name), icons=icons)


@transaction.atomic
def perform(name: str, dispute: Dispute, *, by: Actor, seen: str, **said: Any) -> Any:
    """Call the move's action, under the lock of the dispute. Raises Conflict when it stands elsewhere by now than the
    page had ``seen``, and whatever the action refuses."""
    now = lock(dispute).state
    if seen and seen != now:
        raise Conflict(
            _("Somebody else was first: this is now “%(state)s”. What you wrote is kept below.")
            % {"state": State(now).label}
        )
    return PAGES[name].call(dispute, by=by, **said)
