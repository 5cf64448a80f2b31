"""What somebody says they can do."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.places.models import District, Place
from cunlian.resident.cases.forms import CHOOSE_PLACE
from cunlian.resident.mydata.forms import ConsentForm
from cunlian.resident.villages.names import village_choices
from cunlian.talent.register.actions.entries import MOST_SKILLS
from cunlian.talent.register.tree import choices, chosen
from cunlian.ui.forms import PhoneField


class SkillsForm(forms.Form):
    skills = forms.MultipleChoiceField(
        label=_("What can you do?"), choices=choices, widget=forms.CheckboxSelectMultiple({"class": "choices choices-long"}),
        help_text=_("At most eight, the best ones."),
        error_messages={"required": _("Please tick at least one skill.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("In a sentence: what, how long, for whom"), required=False, max_length=300,
        widget=forms.Textarea({"rows": 3}), help_text=_("Seen by whoever keeps the register, never in public."),
    )  # fmt: skip

    def clean_skills(self) -> Any:
        """Too many are refused here: an action that does nothing for somebody known would tell by not refusing them."""
        found = chosen(self.cleaned_data["skills"])
        if len(found) > MOST_SKILLS:
            raise forms.ValidationError(_("Choose at most %(most)s skills, the best ones.") % {"most": MOST_SKILLS})
        return found


class AgreeForm(ConsentForm):
    """``agreed``: the consent is on record already, so it is not asked again."""

    def __init__(self, *args: Any, agreed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = _("I have read the words above and agree")
        if agreed:
            del self.fields["version"], self.fields["agree"]


class OwnForm(AgreeForm, SkillsForm):
    """What they can do, then the words they agree to."""


class OfferForm(SkillsForm):
    """Without an account, for oneself or a neighbour: name, phone and village, so that the village can come and ask."""

    MYSELF, NEIGHBOUR = "myself", "neighbour"

    whom = forms.ChoiceField(
        label=_("Who is it?"), widget=forms.RadioSelect, initial=MYSELF,
        choices=[(MYSELF, _("Myself")), (NEIGHBOUR, _("Somebody I recommend"))],
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"), max_length=60, error_messages={"required": _("Please write the name.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("So that the village can ask for the consent. Never shown in public."),
        error_messages={"required": _("Please write the number.")},
    )  # fmt: skip
    place = forms.ModelChoiceField(
        label=_("In which village?"), queryset=Place.objects.none(), to_field_name="code",
        error_messages={"required": CHOOSE_PLACE, "invalid_choice": CHOOSE_PLACE},
    )  # fmt: skip
    field_order = ("whom", "skills", "words", "name", "phone", "place")

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].label = _("Which skills?")
        field: Any = self.fields["place"]
        field.queryset = district.counted()
        field.widget.choices = partial(village_choices, district.counted())  # read only when it is drawn

    def clean(self) -> dict[str, Any]:
        """As the flow's arguments."""
        self.cleaned_data["for_other"] = self.cleaned_data.pop("whom", self.MYSELF) == self.NEIGHBOUR
        return self.cleaned_data
