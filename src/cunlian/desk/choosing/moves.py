"""Each move of a choice as a page: what it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cunlian.desk.choosing import forms
from cunlian.kernel.refusals import Text
from cunlian.organisations.choosing import actions


@dataclass(frozen=True)
class Page:
    form: type[forms.MoveForm]
    call: Callable[..., Any]
    icon: str
    lead: Text


PAGES: dict[str, Page] = {
    "send_to_review": Page(
        forms.SendForm, actions.send_to_review, "send",
        _("The named offices read the papers and say whether somebody may stand. Nobody else reads papers or opinions."),
    ),
    "close_review": Page(
        forms.PressForm, actions.close_review, "circle-check",
        _("Who got a no may not stand. The village reads the outcome, never who said what or why."),
    ),
    "reopen": Page(
        forms.PressForm, actions.reopen_choice, "arrow-back-up",
        _("Candidates and papers can be changed again. Opinions given stay; outcomes are open again."),
    ),
    "enter_count": Page(
        forms.CountForm, actions.enter_count, "clipboard-data",
        _("Copy the counting sheet as it was signed. Who is elected follows from the law, not from here."),
    ),
    "vote_again": Page(
        forms.AgainForm, actions.vote_again, "refresh",
        _("Seats that stayed open are voted on again; a third of the votes cast is enough then (Art. 18)."),
    ),
    "settle": Page(
        forms.SettleForm, actions.settle_choice, "flag",
        _("Those elected take their seats. Whoever sat before leaves, with a hand-over and, where due, an audit."),
    ),
    "call_off": Page(
        forms.OffForm, actions.call_off_choice, "circle-x", _("Who sits goes on sitting. The reason stays on record.")
    ),
}  # fmt: skip
