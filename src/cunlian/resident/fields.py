"""Fields that several forms of this door ask with."""

from __future__ import annotations

from typing import Any

from django import forms

from cunlian.kernel.refusals import Refusal
from cunlian.kernel.secrets import normalise_phone


class PhoneField(forms.CharField):
    """A number as it is stored, or "" where it may be left out; what cannot be one is refused in words."""

    def __init__(self, **kwargs: Any) -> None:
        typed = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        super().__init__(max_length=30, widget=typed, **kwargs)

    def clean(self, value: Any) -> str:
        phone: str = super().clean(value)
        try:
            return normalise_phone(phone) if phone else ""
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
