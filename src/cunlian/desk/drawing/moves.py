"""Each move of a drawing as a page: what it asks for, what it calls, what pressing it means."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import DayField, MovePage, NothingMore
from cunlian.flows.areas import adopt_areas
from cunlian.places.drawing import actions


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea, max_length=2000)


class AdoptForm(forms.Form):
    starts_on = DayField(label=_("The areas hold from"))
    paper = forms.CharField(label=_("Paper or meeting that decides it"), max_length=200)
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea, max_length=2000)


PAGES: dict[str, MovePage] = {
    "propose": MovePage(
        NothingMore, actions.propose_drawing, "send",
        _("It is laid before the county's office as it stands. Nothing of it changes from now on."),
    ),
    "reopen": MovePage(NothingMore, actions.reopen_drawing, "arrow-back-up", _("It can be changed again.")),
    "adopt": MovePage(
        AdoptForm, adopt_areas, "circle-check",
        _(
            "On that day villages leave their areas and join those drawn. Areas without a village end, and with them the "
            "duties for them. What was before stays readable under its days."
        ),
    ),
    "drop": MovePage(
        ReasonForm, actions.drop_drawing, "circle-x", _("It is not adopted. It stays to be read, with the reason.")
    ),
}  # fmt: skip
