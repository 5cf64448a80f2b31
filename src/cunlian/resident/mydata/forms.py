"""What somebody wants done about their data, and their phone."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.people.models import DataRequest


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


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Your phone from now on"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Please write the number.")},
    )


class ConsentForm(forms.Form):
    """``version``: the words on the page, so that nobody agrees to words they have not read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agree = forms.BooleanField(
        label=_("I have read this and agree"),
        error_messages={"required": _("Tick the box if you agree. If not, there is nothing to do.")},
    )
