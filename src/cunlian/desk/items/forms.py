"""What an item, a deadline and a reply template ask for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Category, Level
from cunlian.desk.acting import DayField
from cunlian.kernel import clock
from cunlian.organisations.models import OrganisationKind
from cunlian.places.models import Place


class CategoryForm(forms.Form):
    code = forms.CharField(
        label=_("Number code"),
        max_length=4,
        help_text=_("Two digits for a group, four for an item of it, such as 03 or 0301."),
    )
    name = forms.CharField(label=_("Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    responsible_kind = forms.ChoiceField(label=_("Which kind of unit answers"), choices=OrganisationKind)
    words = forms.CharField(
        label=_("Words people use for it"), required=False, max_length=400, help_text=_("With spaces between them.")
    )
    needs_power = forms.BooleanField(
        label=_("Needs a licence, penalty or coercion"), required=False,
        help_text=_("Goes to the department that holds the power, never to a grid worker or a village."),
    )  # fmt: skip
    is_public_matter = forms.BooleanField(
        label=_("Public matter"), required=False, help_text=_("A neighbour can see whether it is fixed.")
    )
    is_dispute = forms.BooleanField(label=_("Dispute between people"), required=False)
    paper = forms.CharField(label=_("Paper that lists it"), required=False, max_length=200)
    starts_on = DayField(label=_("On the list from"))


class EndForm(forms.Form):
    on_day = DayField(label=_("First day off the list"))


class DeadlineForm(forms.Form):
    level = forms.ChoiceField(label=_("Level"), choices=Level)
    working_days = forms.IntegerField(label=_("Working days"), required=False, min_value=0, max_value=365)
    hours = forms.IntegerField(
        label=_("or hours"), required=False, min_value=0, max_value=240,
        help_text=_("Only where it cannot wait for a working day."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, **{n: self.cleaned_data.get(n) or 0 for n in ("working_days", "hours")}}


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("Its name"), max_length=60)
    category = forms.ModelChoiceField(
        label=_("For which item"), queryset=Category.objects.none(), required=False, empty_label=_("any")
    )
    text = forms.CharField(
        label=_("Words"), max_length=1000, widget=forms.Textarea,
        help_text=_("What differs each time goes in braces { }; the words cannot be sent while one is left."),
    )  # fmt: skip

    def __init__(self, *args: Any, root: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Category.objects.listed_on(clock.today()).filter(root=root).order_by("code")
