"""What somebody wants done about their data, and their phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.people.models import Absence, DataRequest
from cunlian.resident.account.forms import PhoneForm as MobileForm
from cunlian.ui.forms import PhoneField, either


class AskForm(forms.Form):
    wish = forms.ChoiceField(
        label=_("What is to be done?"),
        choices=DataRequest.Wish,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is to be done.")},
    )
    words = forms.CharField(
        label=_("What is wrong, and what is right? Or why it is to be deleted"),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self["wish"].value() == DataRequest.Wish.CORRECT:
            either(self, "words")  # without them nobody knows what to put right


class WishesForm(forms.Form):
    """Of somebody away."""

    ask_about = forms.CharField(
        label=_("What do you want to be asked about?"), required=False, max_length=200,
        widget=forms.Textarea({"rows": 3}), help_text=_("Such as work at home, your land, your house, your parents, votes."),
    )  # fmt: skip
    back_in = forms.ChoiceField(label=_("When do you come back?"), choices=Absence.Season, required=False)


class PhoneForm(MobileForm):
    phone = PhoneField(
        label=_("Your phone from now on"),
        error_messages={"required": _("Please write the number.")},
    )


class VersionField(forms.IntegerField):
    """Which words stand on the page: sent with the form, and shown again always that of the words of today."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class ConsentForm(forms.Form):
    """``version``: so that nobody agrees to words they have not read. Where they changed meanwhile the page shows the new
    ones, and their box is not ticked yet."""

    version = VersionField()
    agree = forms.BooleanField(
        label=_("I have read this and agree"),
        error_messages={"required": _("Tick the box if you agree. If not, there is nothing to do.")},
    )

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = version
        if self.is_bound and self["version"].data != str(version):
            self.fields["agree"].widget = forms.CheckboxInput(check_test=lambda _value: False)
