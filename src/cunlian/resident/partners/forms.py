"""What is asked of somebody who would like to be a partner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.resident.coming_home.forms import ForWhomForm
from cunlian.talent.models import ComesFrom


class ApplyForm(ForWhomForm):
    offer = forms.CharField(
        label=_("What would you bring?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you know, what you have, what you would do here."),
        error_messages={"required": _("Please write in a sentence what you would bring.")},
    )
    comes_from = forms.ChoiceField(
        label=pgettext_lazy("partner", "Where do you come from?"), choices=ComesFrom, widget=forms.RadioSelect,
        error_messages={"required": _("Please say where you come from.")},
    )  # fmt: skip
    unit_name = forms.CharField(label=_("College, institute or firm"), max_length=120, required=False)

    field_order = ("offer", "comes_from", "unit_name", "whom", "name", "phone", "contact_note", "agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = _("Needed to talk about it. Only the reviewers of this call can call.")
        self.fields["agreed"].label = _(
            "I agree, or the person I write for agrees, that the reviewers of this call keep this until it is decided, and "
            "half a year after when it is not taken. Nobody else sees it, and each look at name and phone is recorded. It can "
            "be taken back at any time; then it is erased at once."
        )
