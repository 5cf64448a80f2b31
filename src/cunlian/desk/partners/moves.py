"""Each move of a call, an application and an agreement as a page: what it asks for, the action it calls, what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import MovePage
from cunlian.desk.partners import forms
from cunlian.kernel.access import Actor
from cunlian.kernel.moves import Move, Moves
from cunlian.talent.models import Application
from cunlian.talent.partners import actions
from cunlian.talent.partners.rules import application_moves, call_moves, partnership_moves
from cunlian.talent.partners.states import APPLICATION_MOVES, CALL_MOVES, PARTNERSHIP_MOVES


def _withdraw(application: Application, *, by: Actor, channel: str) -> Application:
    return actions.withdraw(application, by=by.for_(channel, application.person_id))


@dataclass(frozen=True)
class Kind:
    """The pages of one kind of record: its table, what is possible now, the name of its page and of its moves."""

    moves: Moves
    possible: Callable[[Any, Actor], list[Move]]
    pages: Mapping[str, MovePage]
    page: str
    move: str


def _possible(application: Application, actor: Actor) -> list[Move]:
    """Of the actor's own, and what they may write down on the person's word."""
    own = application_moves(application, actor)
    return [*own, *(move for move in application_moves(application, actor.for_("phone")) if move not in own)]


CALL = Kind(
    CALL_MOVES, call_moves,
    {
        "name_reviewer": MovePage(forms.ReviewerForm, actions.name_reviewer, "user-check"),
        "publish": MovePage(
            forms.NothingMore, actions.publish, "speakerphone",
            _("Anybody reads it on the residents' site until its last day. Its words can no longer be changed."),
        ),
        "close": MovePage(
            forms.NothingMore, actions.close, "circle-check",
            _("No more applications come. Those that came are reviewed to the end."),
        ),
    },
    "desk:partner_call", "desk:partner_call_move",
)  # fmt: skip
APPLICATION = Kind(
    APPLICATION_MOVES, _possible,
    {
        "give_word": MovePage(
            forms.WordForm, actions.give_word, "message-check",
            _("If you are near to the person or would gain by it, go back and declare a conflict of interest instead."),
        ),
        "declare_conflict": MovePage(
            forms.ConflictForm, actions.declare_conflict, "shield",
            _("You will see this application no more; the other reviewers decide."),
        ),
        "take": MovePage(forms.TakenForm, actions.take, "check", _("The person reads the answer. The agreement comes next.")),
        "agree": MovePage(
            forms.AgreeForm, actions.agree, "file-check",
            _("It is signed on paper; here stands what it says."),
        ),
        "decline": MovePage(
            forms.AnswerForm, actions.decline, "circle-x",
            _("The person reads the answer. Half a year later nothing tells who it was."),
        ),
        "withdraw": MovePage(
            forms.WithdrawForm, _withdraw, "arrow-back", _("The person wants it back. Name and words are erased at once."),
        ),
    },
    "desk:partner_application", "desk:partner_application_move",
)  # fmt: skip
PARTNERSHIP = Kind(
    PARTNERSHIP_MOVES, partnership_moves,
    {
        "name_project": MovePage(forms.ProjectForm, actions.name_project, "target"),
        "note_outcome": MovePage(forms.OutcomeForm, actions.note_outcome, "checkbox"),
        "renew": MovePage(
            forms.TermsForm, actions.renew, "refresh",
            _("A new agreement with the same partner. What was decided over assets is decided anew."),
        ),
        "end": MovePage(forms.EndForm, actions.end, "circle-check"),
    },
    "desk:partnership", "desk:partnership_move",
)  # fmt: skip
