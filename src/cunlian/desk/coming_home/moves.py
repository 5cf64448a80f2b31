"""Each move of a path home as a page: what it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import MovePage
from cunlian.desk.coming_home import forms
from cunlian.flows.coming_home import raise_need
from cunlian.kernel.access import Actor
from cunlian.kernel.moves import Move
from cunlian.talent.coming_home import actions
from cunlian.talent.coming_home.rules import available_moves
from cunlian.talent.models import Homecoming, Support
from cunlian.ui.pieces import MoveButton, buttons_for


def _decide(path: Homecoming, *, by: Actor, support: Support, **said: Any) -> Support:
    return actions.decide_support(support, by=by, **said)


def _take_back(path: Homecoming, *, by: Actor, channel: str) -> Homecoming:
    return actions.take_back(path, by=by.for_(channel, path.person_id))


PAGES: dict[str, MovePage] = {
    "talk": MovePage(forms.TalkForm, actions.talk, "message"),
    "talk_again": MovePage(forms.TalkForm, actions.talk_again, "message"),
    "ask_support": MovePage(
        forms.SupportForm, actions.ask_support, "coin",
        _("Whoever runs the fund decides, by its own rules. Here stands what was asked for and, later, what was decided."),
    ),
    "decide_support": MovePage(forms.DecisionForm, _decide, "file-check"),
    "raise_need": MovePage(forms.NeedForm, raise_need, "link"),
    "arrive": MovePage(forms.ArrivalForm, actions.arrive, "home-check"),
    "look_in": MovePage(forms.LookForm, actions.look_in, "check", _("You looked in, and the person is still here.")),
    "leave": MovePage(
        forms.LeaveForm, actions.leave, "arrow-back",
        _("The path ends here. The person is no longer counted among those who stayed."),
    ),
    "reassign": MovePage(forms.PostForm, actions.reassign, "arrow-forward-up"),
    "stop": MovePage(forms.StopForm, actions.stop, "circle-x", _("It goes no further. A year later nothing tells who it was.")),
    "take_back": MovePage(
        forms.TakeBackForm, _take_back, "arrow-back",
        _("The person wants it back. Name, phone and words are erased at once; that there was a path stays."),
    ),
}  # fmt: skip


def possible(path: Homecoming, actor: Actor) -> list[Move]:
    """Of the actor's own, and what they may write down on the person's word."""
    own = available_moves(path, actor)
    return [*own, *(move for move in available_moves(path, actor.for_("phone")) if move not in own)]


def buttons(path: Homecoming, actor: Actor) -> list[MoveButton]:
    icons = {name: page.icon for name, page in PAGES.items()}
    return buttons_for(
        possible(path, actor), lambda move: reverse("desk:homecoming_move", args=[path.pk, move.name]), icons=icons
    )
