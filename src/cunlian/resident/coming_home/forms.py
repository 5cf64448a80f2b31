"""What is asked of somebody who would like to come: what they want to do, where, and how to reach them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.people.models import Person
from cunlian.places.models import District, Place
from cunlian.resident.cases.forms import CHOOSE_PLACE, ContactForm, WhomField, either, only_theirs
from cunlian.resident.villages.names import village_choices
from cunlian.talent.models import Origin
from cunlian.talent.taking import Told

AGREED = _(
    "I agree, or the person I write for agrees, that this is kept while it runs and for a year after. Only those who go along "
    "with it see it, and each look at name and phone is recorded. It can be taken back at any time; then it is erased at once."
)


class ForWhomForm(ContactForm):
    """For oneself, or for somebody who cannot: then name and phone are theirs."""

    MYSELF, SOMEBODY = "myself", "somebody"
    THEIRS: ClassVar = {
        "name": _("Their name"), "phone": _("Their phone"), "contact_note": _("When or how they can be reached"),
    }  # fmt: skip

    whom = WhomField(
        label=_("Whom is it about?"),
        choices=[(MYSELF, _("Myself")), (SOMEBODY, _("I write for somebody else"))],
        widget=forms.RadioSelect,
        initial=MYSELF,
    )
    agreed = forms.BooleanField(label=AGREED, required=False)

    def __init__(self, *args: Any, known: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        for name, theirs in self.THEIRS.items():
            field, mine = self.fields[name], str(self.fields[name].label)
            field.label = only_theirs(theirs) if known and name != "contact_note" else either(mine, theirs)
        if not known:
            self.fields["name"].required = True
            self.fields["name"].error_messages["required"] = _(
                "Please write the name, so that somebody can talk with them."
            )
        self.fields["phone"].help_text = _("Needed to talk about it. Only those who go along with it can call.")

    def clean(self) -> dict[str, Any]:
        """Whoever writes for somebody else is told by the action to ask them; for oneself there is nobody to ask."""
        values: dict[str, Any] = self.cleaned_data
        if values.get("whom") == self.MYSELF and not values.get("agreed"):
            self.add_error("agreed", _("Without your consent nothing is kept. Tick the box if you agree."))
        return values

    @property
    def for_somebody(self) -> bool:
        return bool(self.cleaned_data.get("whom") == self.SOMEBODY)

    def said(self, language: str = "") -> Told:
        """Nothing is taken that is known; ``language`` says nothing about somebody else."""
        values = self.cleaned_data
        told = Told(values["name"], values["phone"], values["contact_note"], language, values["agreed"])
        if self.for_somebody:
            return replace(told, language="")
        return replace(told, name="", phone="") if self.known else told


class ComingForm(ForWhomForm):
    wish = forms.CharField(
        label=_("What would you like to do here?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A firm, a farm, a post in the village, a trade. A sentence is enough."),
        error_messages={"required": _("Please write in a sentence what you would like to do here.")},
    )
    place = forms.ModelChoiceField(
        label=_("In which village?"),
        queryset=Place.objects.none(),
        to_field_name="code",
        error_messages={"required": CHOOSE_PLACE, "invalid_choice": CHOOSE_PLACE},
    )
    origin = forms.ChoiceField(
        label=_("Where from?"),
        choices=[(Origin.RETURNING.value, _("From here, now away")), (Origin.OUTSIDER.value, _("From elsewhere"))],
        widget=forms.RadioSelect,
        initial=Origin.RETURNING,
    )
    where_now = forms.CharField(label=_("Where are you now, and at what work?"), max_length=200, required=False)

    field_order = ("wish", "place", "origin", "where_now", "whom", "name", "phone", "contact_note", "agreed")

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = district.counted()
        self.fields["place"].queryset = villages  # type: ignore[attr-defined]
        self.fields["place"].widget.choices = partial(village_choices, villages)  # read only when it is drawn
