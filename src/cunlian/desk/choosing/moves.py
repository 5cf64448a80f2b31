"""Each move of a choice as a page: what it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import MovePage
from cunlian.desk.choosing import forms
from cunlian.organisations.choosing import actions

PAGES: dict[str, MovePage] = {
    "send_to_review": MovePage(
        forms.SendForm, actions.send_to_review, "send",
        _("The named offices read the papers and say whether somebody may stand. Nobody else reads papers or opinions."),
    ),
    "close_review": MovePage(
        forms.PressForm, actions.close_review, "circle-check",
        _("Who got a no may not stand. The village reads the outcome, never who said what or why."),
    ),
    "reopen": MovePage(
        forms.PressForm, actions.reopen_choice, "arrow-back-up",
        _("Candidates and papers can be changed again. Opinions given stay; outcomes are open again."),
    ),
    "enter_count": MovePage(
        forms.CountForm, actions.enter_count, "clipboard-data",
        _("Copy the counting sheet as it was signed. Who is elected follows from the law, not from here."),
    ),
    "vote_again": MovePage(
        forms.AgainForm, actions.vote_again, "refresh",
        _("Seats that stayed open are voted on again; a third of the votes cast is enough then (Art. 18)."),
    ),
    "settle": MovePage(
        forms.SettleForm, actions.settle_choice, "flag",
        _("Those elected take their seats. Whoever sat before leaves, with a hand-over and, where due, an audit."),
    ),
    "call_off": MovePage(
        forms.OffForm, actions.call_off_choice, "circle-x", _("Who sits goes on sitting. The reason stays on record.")
    ),
}  # fmt: skip
