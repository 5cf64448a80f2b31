"""Each move of a yearly list as a page: what it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import MovePage, NothingMore
from cunlian.organisations.responsibility import actions


class PaperForm(forms.Form):
    paper = forms.CharField(
        label=_("Paper or meeting that decides it"), max_length=200, required=False,
        help_text=_("Empty: the one named when the list was drawn up."),
    )  # fmt: skip


PAGES: dict[str, MovePage] = {
    "approve": MovePage(
        PaperForm, actions.approve_list, "check", _("It is decided as it stands. Its duties begin when it is published.")
    ),
    "publish": MovePage(
        NothingMore, actions.publish_list, "speakerphone",
        _("Its lines become duties, and it is shown on the pages of the villages. What only the list before had ends."),
    ),
    "reopen": MovePage(
        NothingMore, actions.reopen_list, "arrow-back-up", _("Its lines can be changed again. It must be approved anew.")
    ),
    "close": MovePage(
        NothingMore, actions.close_list, "circle-check",
        _("All its duties end today, and nobody answers in this capacity any more. To change who answers, publish the next "
          "list instead."),
    ),
}  # fmt: skip
