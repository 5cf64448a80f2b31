"""A phone, then the code that was sent to it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.secrets import MOBILE
from cunlian.ui.forms import PhoneField


class PhoneForm(forms.Form):
    phone = PhoneField(
        label=_("Your mobile number"),
        error_messages={"required": _("Please write the number the code is to be sent to.")},
    )

    def clean_phone(self) -> str:
        """A landline shows no messages: who waits for one there waits in vain."""
        phone = str(self.cleaned_data["phone"])
        if not MOBILE.fullmatch(phone):
            raise forms.ValidationError(
                _("A code can only be sent to a mobile phone. If you have none, ask at the village office.")
            )
        return phone


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the message"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Please write the six digits from the message.")},
    )
