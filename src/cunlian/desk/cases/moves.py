"""Each move as a page: the form it asks for and the action it calls. Adding a move is one row of ``PAGES``.

Which of them a viewer is offered is told by ``cases.rules``; the few that are no move of the table stand in ``MORE``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.rules import available_moves
from cunlian.cases.states import HELD, MOVES, OPEN, State
from cunlian.cases.timeline import steps
from cunlian.desk.acting import MovePage
from cunlian.desk.cases import forms
from cunlian.flows.petitions import hand_over_to_petitions
from cunlian.kernel.access import Actor, may
from cunlian.kernel.moves import Move
from cunlian.kernel.presses import new_key
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Text
from cunlian.ui import formats
from cunlian.ui.pieces import MoveButton, buttons_for


@dataclass(frozen=True)
class Page(MovePage):
    """``channel``: the way the person's word came, where the move itself says it."""

    channel: str = ""

    @property
    def is_one_press(self) -> bool:
        return self.form is forms.NothingMore


_ASK = _("You pass on what the person said. Whoever did the work cannot do this.")

PAGES: dict[str, Page] = {
    "accept": Page(forms.NothingMore, actions.accept_case, icon="inbox"),
    "reject": Page(forms.RejectForm, actions.reject_case, icon="circle-x"),
    "dispatch": Page(forms.DispatchForm, actions.dispatch_case, icon="arrow-forward-up"),
    "start": Page(forms.NothingMore, actions.start_case, icon="player-play"),
    "return": Page(forms.ReturnForm, actions.return_case, icon="arrow-back-up"),
    "note_progress": Page(forms.ProgressForm, actions.note_progress, icon="message-plus"),
    "ask_extension": Page(forms.AskExtensionForm, actions.ask_extension, icon="clock-plus"),
    "grant_extension": Page(forms.GrantForm, partial(actions.decide_extension, granted=True), icon="clock-check"),
    "refuse_extension": Page(forms.RefuseForm, partial(actions.decide_extension, granted=False), icon="clock-x"),
    "pause": Page(forms.PauseForm, actions.pause_case, icon="player-pause"),
    "resume": Page(forms.NothingMore, actions.resume_case, icon="player-play"),
    "answer": Page(forms.AnswerForm, actions.answer_case, icon="check"),
    "confirm": Page(forms.OnBehalfForm, actions.confirm_case, icon="check", lead=_ASK),
    "vouch": Page(forms.VouchForm, actions.vouch_case, icon="users", channel="neighbour"),
    "reopen": Page(forms.ReopenForm, actions.reopen_case, icon="refresh", lead=_ASK),
    "merge": Page(forms.MergeForm, actions.merge_case, icon="git-merge"),
    "unmerge": Page(forms.NothingMore, actions.unmerge_case, icon="git-branch"),
    "split": Page(forms.SplitForm, actions.split_case, icon="git-branch"),
    "hand_over": Page(forms.HandOverForm, hand_over_to_petitions, icon="building"),
    "withdraw": Page(forms.OnBehalfForm, actions.withdraw_case, icon="arrow-back", lead=_ASK),
    "comment": Page(forms.NoteForm, actions.comment_case, icon="note"),
    "categorise": Page(forms.CategoriseForm, actions.categorise_case, icon="tag"),
    "petition_result": Page(forms.ResultForm, actions.record_petition_result, icon="file-check"),
    "add_words": Page(forms.AddWordsForm, actions.add_words, icon="message-plus"),
}


def _more(name: str, from_: frozenset[State], label: Text, permission: str, style: str = "quiet") -> Move:
    return Move(name, frozenset(map(str, from_)), None, label, permission, style)


MORE = (
    _more("categorise", OPEN, _("Category and level"), "cases.accept"),
    _more(
        "petition_result",
        frozenset({State.HANDED_OVER}),
        _("Enter the petition office's result"),
        "cases.record_petition_result",
        "primary",
    ),
)

# Looked for on the page although not possible yet: the button stands, with its reason beside it.
_NOT_YET: tuple[tuple[str, frozenset[State], Text], ...] = (
    ("confirm", HELD, _("It cannot be closed yet: answer first, then the person is asked whether it is fixed.")),
    ("answer", frozenset({State.REPORTED, State.RETURNED}), _("To answer, take it on first.")),
)


def moves_on(case: Case, actor: Actor) -> list[Move]:
    """What this actor may do now, also by passing on what the person said."""
    speaking = actor.for_("phone", case.reporter_id)
    found = [move for move in available_moves(case, speaking) if move.name in PAGES]
    return found + [move for move in MORE if case.state in move.from_ and may(speaking, move.permission, case)]


def move_called(name: str, case: Case, actor: Actor) -> Move | None:
    return next((move for move in moves_on(case, actor) if move.name == name), None)


def address(case: Case, name: str) -> str:
    return reverse("desk:move", args=[case.pk, name])


def _button(button: MoveButton, name: str, seen: str) -> MoveButton:
    if button.reason or not PAGES[name].is_one_press:
        return button
    return replace(button, post=True, url=f"{button.url}?{urlencode({'seen': seen, 'key': new_key()})}")


def buttons(case: Case, actor: Actor, *, opened: bool = False) -> list[MoveButton]:
    """The bar of moves. One primary, and none beside an ``opened`` form, whose own button it is; what is not
    possible yet but looked for stands disabled."""
    moves = moves_on(case, actor)
    names = {move.name for move in moves}
    waits = {name: reason for name, states, reason in _NOT_YET if case.state in states and name not in names}
    if not any(may(actor, f"cases.{one}", case) for one in ("handle", "accept")):
        waits = {}
    later = [move for move in _table() if move.name in waits]
    icons = {name: page.icon for name, page in PAGES.items()}
    drawn = buttons_for([*moves, *later], lambda move: address(case, move.name), icons=icons, reasons=waits)
    urls = {address(case, name): name for name in PAGES}
    drawn = [replace(b, style="normal") if b.style == "primary" and (opened or b.reason) else b for b in drawn]
    return [_button(button, urls[button.url], seen_of(case)) for button in drawn]


def _table() -> list[Move]:
    return [move for move in MOVES if move.name in PAGES]


def next_move(case: Case, actor: Actor) -> Move | None:
    """The one step now possible that brings the case on, for the lists; None when it is not this actor's turn."""
    return next((move for move in moves_on(case, actor) if move.style == "primary"), None)


def seen_of(case: Case) -> str:
    """What a page saw of a case when it was drawn: whoever acts on it later is told when this has changed."""
    return f"{case.state}.{case.holder_id or ''}"


def _check_seen(case: Case, seen: str) -> None:
    if not seen or seen == seen_of(case):
        return
    last = next((step for step in reversed(steps(case, public=False)) if step.post), None)
    who = str(last.post) if last and last.post else gettext("somebody else")
    raise Conflict(
        _(
            "%(post)s was first, at %(time)s: this is now “%(state)s”. "
            "What you wrote is kept below; look at the steps first."
        )
        % {"post": who, "time": formats.time_of(last.happened_at) if last else "—", "state": State(case.state).label}
    )


@transaction.atomic
def perform(name: str, case: Case, form: forms.MoveForm, *, seen: str) -> Any:
    """Call the move's action, under the lock of the case so that what the page had seen still holds. Raises Conflict
    with who was first when it does not, and whatever the action refuses."""
    _check_seen(lock(case), seen)
    page = PAGES[name]
    channel = form.channel or page.channel
    by = form.actor.for_(channel, case.reporter_id if form.channel else None) if channel else form.actor
    return page.call(case, by=by, **form.said)
