"""What the register of skills asks for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.desk.acting import DayField
from cunlian.desk.consent.forms import ChannelForm, ScanField
from cunlian.desk.people.where import villages_of
from cunlian.desk.places.seen import own_places
from cunlian.desk.responsibility.forms import choose_from
from cunlian.desk.talent.tables import skills_text
from cunlian.kernel.access import Actor
from cunlian.people.models import Person
from cunlian.places.models import Level, Place
from cunlian.talent.models import AdvisoryGroup, HowVerified, Skill, TalentEntry, Whereabouts, WhyNot
from cunlian.talent.register.querysets import KEEPERS
from cunlian.talent.register.tree import choices, chosen

WORDS = forms.Textarea({"rows": 3})
TAKEN_BACK = "taken_back"
LONG = forms.CheckboxSelectMultiple({"class": "choices choices-long"})


class SkillsField(forms.MultipleChoiceField):
    """Skills of the tree, ticked under the names of their groups."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LONG)
        super().__init__(choices=choices, **kwargs)

    def clean(self, value: Any) -> Any:
        return chosen(super().clean(value))


class WhatForm(forms.Form):
    skills = SkillsField(label=_("Skills"), help_text=_("At most eight, the best ones."))
    words = forms.CharField(
        label=_("In a sentence: what, how long, for whom"), required=False, max_length=300, widget=WORDS,
        help_text=_("Seen by whoever keeps the register, never in public."),
    )  # fmt: skip


class RecommendForm(WhatForm):
    pass


class EnterForm(ChannelForm, WhatForm):
    scan = ScanField(
        label=_("The signed consent"), required=False,
        help_text=_("A photo or a PDF, up to 15 MB. Without it the entry waits and is used for nothing."),
    )  # fmt: skip

    def __init__(self, *args: Any, agreed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agreed:
            del self.fields["scan"]


class AcceptForm(ChannelForm):
    scan = ScanField(label=_("The signed consent"), help_text=_("A photo or a PDF, up to 15 MB."))

    def __init__(self, *args: Any, agreed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agreed:
            del self.fields["scan"]


class ChangeForm(ChannelForm, WhatForm):
    pass


class LookForm(forms.Form):
    """Which skills of the entry somebody looked at: first of all those nobody has."""

    skills = forms.MultipleChoiceField(label=_("Which skills"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, entry: TalentEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(entry.skills.for_list())
        self.held: dict[str, Skill] = {str(row.skill_id): row.skill for row in rows}
        self.verified = any(row.verified_on for row in rows)
        self.fields["skills"].choices = [(key, str(skill)) for key, skill in self.held.items()]  # type: ignore[attr-defined]
        waiting = [str(row.skill_id) for row in rows if row.is_awaiting]
        self.fields["skills"].initial = waiting or list(self.held)

    def clean_skills(self) -> list[Skill]:
        return [self.held[key] for key in self.cleaned_data["skills"]]


class LeaveForm(LookForm):
    why_not = forms.ChoiceField(label=_("Why they cannot be verified"), widget=forms.RadioSelect, choices=WhyNot)


class VerifyForm(LookForm):
    """Nothing is chosen beforehand; to take a verification back is offered where there is one."""

    how = forms.ChoiceField(label=_("How you made sure"), widget=forms.RadioSelect, choices=HowVerified)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.verified:
            taken_back = (TAKEN_BACK, _("Not any more: take the verification back"))
            self.fields["how"].choices = [*HowVerified.choices, taken_back]  # type: ignore[attr-defined]

    def clean_how(self) -> str:
        how: str = self.cleaned_data["how"]
        return "" if how == TAKEN_BACK else how


class PersonForm(forms.Form):
    """Whom to enter, among the people on file: the name as it begins, in one village."""

    village = forms.ModelChoiceField(label=_("Village"), queryset=Place.objects.none(), to_field_name="code")
    name = forms.CharField(label=_("Name, or how it begins"), max_length=60)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        villages = villages_of(actor, KEEPERS)
        choose_from(self, "village", villages)
        self.fields["village"].initial = villages.first()

    def found(self) -> list[Person]:
        said = self.cleaned_data
        rows = (
            Person.objects.visible_to(self.actor).living_file().filter(gone_on=None, name__prefix=said["name"].strip())
        )
        return list(rows.filter(place__code=said["village"].code).for_list()[:20])


class SearchForm(forms.Form):
    """Words, or skills from the tree; around a village, as far as is said."""

    words = forms.CharField(
        label=_("Who can do what?"), required=False, max_length=200,
        help_text=_("In your own words, such as: who can repair a cold store within 20 km."),
    )  # fmt: skip
    place = forms.ModelChoiceField(label=_("Around"), queryset=Place.objects.none(), to_field_name="code")
    within_km = forms.IntegerField(
        label=_("Within km"), required=False, min_value=1, max_value=500,
        help_text=_("Empty: as the words say, or the whole county."),
    )  # fmt: skip
    whereabouts = forms.ChoiceField(
        label=pgettext_lazy("person", "Where"), required=False, choices=[("", _("any")), *Whereabouts.choices]
    )
    verified = forms.BooleanField(label=_("Only skills somebody verified"), required=False)
    skills = SkillsField(
        label=_("Or choose from the tree"), required=False, help_text=_("These count before the words.")
    )
    purpose = forms.CharField(
        label=_("What do you need it for?"), max_length=200,
        help_text=_("Everybody who is found reads who looked for them, and this."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = villages_of(actor, [role for role in KEEPERS if role != "grid_worker"])
        choose_from(self, "place", villages)
        self.fields["place"].initial = villages.first()


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name of the group"), max_length=60)
    place = forms.ModelChoiceField(label=_("Works for"), queryset=Place.objects.none(), to_field_name="code")
    field = forms.CharField(label=_("Advises on"), max_length=120)
    paper = forms.CharField(label=_("Paper that sets it up"), max_length=200)
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
        choose_from(self, "place", own_places(actor).current().filter(level__in=levels).order_by("code"))


class SeatForm(forms.Form):
    entry = forms.ChoiceField(
        label=_("Who"), help_text=_("People of the register of this place whom you may see; names stay masked.")
    )
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, group: AdvisoryGroup, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = (
            TalentEntry.objects.visible_to(actor).in_register().filter(person__place__code__startswith=group.place.code)
        )
        self.entries = {
            str(row.pk): row for row in rows.exclude(seats__in=group.members.filter(ends_on=None)).for_list()
        }
        labels = {key: f"{row.person.masked_name} {getattr(row, 'village', '')} · {skills_text(row)}" for key, row in
                  self.entries.items()}  # fmt: skip
        self.fields["entry"].choices = [("", ""), *labels.items()]  # type: ignore[attr-defined]

    def clean_entry(self) -> TalentEntry:
        found = self.entries.get(self.cleaned_data["entry"])
        if found is None:
            raise ValidationError(_("Choose somebody from the list."))
        return found


class EndForm(forms.Form):
    ends_on = DayField(label=_("Ends on"))


class SkillForm(forms.Form):
    code = forms.CharField(
        label=pgettext_lazy("skill", "Code"), max_length=4,
        help_text=_("Two digits for a group, four for a skill of the group."),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    name = forms.CharField(label=_("Its name"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    words = forms.CharField(
        label=_("Words people use for it"),
        max_length=300,
        required=False,
        help_text=_("Parted by spaces; searches read them."),
    )
