"""What the register asks for. Fields are named as the arguments of their actions; all offers are those of one village."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.desk.acting import DayField
from cunlian.desk.consent.forms import ChannelForm
from cunlian.desk.people.where import grids_of, groups_of, lanes_of, villages_of
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Invalid
from cunlian.people.models import Absence, House, Household, HouseUse, Person, Relation
from cunlian.people.rules import KEEPERS
from cunlian.places.models import Lane, Place, VillagerGroup

DAY = _("From which day")
ID_HINT = _("18 places, or an old one of 15 digits. Birth and gender are read from it.")


class MaskedField(forms.ModelChoiceField[Person]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.masked_name)


class MaskedFields(forms.ModelMultipleChoiceField[Person]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.masked_name)


class DayForm(forms.Form):
    """The day a change takes effect; it stands last."""

    day = DayField(label=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "day"), "day"])


class UndoForm(forms.Form):
    """Why two are two after all. No names: it stays on record with the undo."""

    reason = forms.CharField(
        label=_("Why they are two after all"), max_length=200, help_text=_("In a few words, without numbers or phones.")
    )


class StandingForm(DayForm):
    """Address, grid, lane and group of a village."""

    address = forms.CharField(label=_("Address"), max_length=200)
    grid = forms.ModelChoiceField(label=_("Grid"), queryset=Place.objects.none(), required=False, empty_label="—")
    lane = forms.ModelChoiceField(label=_("Lane"), queryset=Lane.objects.none(), required=False, empty_label="—")
    group = forms.ModelChoiceField(
        label=_("Villager group"), queryset=VillagerGroup.objects.none(), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, village: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.village = village
        for name, rows in (("grid", grids_of(village)), ("lane", lanes_of(village)), ("group", groups_of(village))):
            self.offer(name, rows)

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class HouseField(forms.ModelChoiceField[House]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.address)


class HouseholdForm(StandingForm):
    number = forms.CharField(label=_("Household number"), max_length=20)
    house = HouseField(label=_("House"), queryset=House.objects.none(), required=False, empty_label="—")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("house", House.objects.current().filter(place__code=self.village.code).order_by("address"))
        self.order_fields(["number", "address", "grid", "lane", "group", "house", "day"])


class ArrangeForm(HouseholdForm):
    """What is left as it was changes nothing."""

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        names = ("number", "address", "grid", "lane", "group", "house")
        kwargs["initial"] = {name: getattr(household, name) for name in names}
        super().__init__(*args, **kwargs)


class HouseForm(StandingForm):
    use = forms.ChoiceField(label=_("Use"), choices=HouseUse)


class UseForm(DayForm):
    use = forms.ChoiceField(label=_("Use"), choices=HouseUse)


class HeadForm(DayForm):
    person = MaskedField(label=_("Head"), queryset=Person.objects.none(), empty_label=None)

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_members(self, "person", household)


class SplitForm(DayForm):
    members = MaskedFields(label=_("Who goes"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple)
    head = MaskedField(label=_("Head of the new household"), queryset=Person.objects.none(), empty_label="—")
    number = forms.CharField(label=_("Number of the new household"), max_length=20)
    address = forms.CharField(
        label=_("Its address"), max_length=200, required=False, help_text=_("Empty: they stay at the same address.")
    )

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_members(self, "members", household)
        _offer_members(self, "head", household)


def _offer_members(form: forms.Form, name: str, household: Household) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Person.objects.registered().filter(household=household).order_by("-is_head", "birth_year", "pk")


def household_with(number: str, village: Place, actor: Actor) -> Household:
    """The household of today with that number; of a merged village its old ones too. Invalid when there is not exactly
    one."""
    rows = Household.objects.visible_to(actor).current().filter(number=number.strip(), place__code=village.code)
    found = list(rows[:2])
    if len(found) != 1:
        raise Invalid(
            _("There is no household with this number in the village, or more than one. Look it up in the list."),
            field="number",
        )
    return found[0]


class JoinForm(DayForm):
    number = forms.CharField(label=_("Number of the household that remains"), max_length=20)

    def __init__(self, *args: Any, household: Household, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.village, self.actor = household.place.resolve(), actor

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        return _found(self, said, "into", self.village, self.actor)


def _found(form: forms.Form, said: dict[str, Any], name: str, village: Place | None, actor: Actor) -> dict[str, Any]:
    """``number`` becomes the household ``name``; none when it is empty."""
    number = said.pop("number", "")
    said[name] = None
    if number and village:
        try:
            said[name] = household_with(number, village, actor)
        except Invalid as refusal:
            form.add_error("number", str(refusal))
    return said


class PersonForm(DayForm):
    """Who somebody is."""

    name = forms.CharField(label=_("Name"), max_length=60)
    gender = forms.ChoiceField(label=_("Gender"), choices=Person.Gender, required=False)
    id_number = forms.CharField(label=_("Identity number"), max_length=40, required=False, help_text=ID_HINT)
    birth_date = DayField(label=_("Day of birth"), required=False)
    birth_year = forms.IntegerField(
        label=_("or only the year"), required=False, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class MemberForm(PersonForm):
    relation = forms.ChoiceField(label=_("Relation to the head"), choices=Relation, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["name", "relation", "gender", "id_number", "birth_date", "birth_year", "phone", "day"])


class CorrectForm(PersonForm):
    """Filled with masked values: what comes back as it was changes nothing, so nobody needs to see the rest."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        kwargs["initial"] = {
            "name": person.masked_name, "phone": person.masked_phone, "id_number": person.masked_id_number,
            "gender": person.gender, "birth_year": person.birth_year,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        del self.fields["day"]
        if person.has_birth_date:
            self.fields["birth_date"].help_text = _("A day of birth is on record. Left empty, it stays.")

    def clean(self) -> dict[str, Any]:
        """Only what was changed: an empty day of birth is none said."""
        said = dict(super().clean() or {})
        if said.get("birth_date") is None:
            said.pop("birth_date", None)
        elif "birth_year" not in self.changed_data:
            said["birth_year"] = None
        unchanged = {name for name in ("gender", "birth_year") if name not in self.changed_data}
        keep = unchanged - ({"birth_year"} if said.get("birth_date") else set())
        return {name: value for name, value in said.items() if name not in keep}


class VillageField(forms.ModelChoiceField[Place]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.short_name} {obj.code}"


class MoveForm(DayForm):
    place = VillageField(label=_("Village"), queryset=Place.objects.none(), to_field_name="code", empty_label=None)
    number = forms.CharField(label=_("Household number"), max_length=20, required=False,
                             help_text=_("Empty: in no household there yet."))  # fmt: skip
    relation = forms.ChoiceField(label=_("Relation to the head"), choices=Relation, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = villages_of(actor, KEEPERS)

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        return _found(self, said, "household", said.get("place"), self.actor)


class AwayForm(ChannelForm, DayForm):
    """``agreed``: with consent to be contacted while away, when they come back and what to ask them is asked too, as the
    person says it, and how they said it."""

    whereabouts = forms.CharField(
        label=pgettext_lazy("person", "Where"), max_length=60, help_text=_("Province and city are enough.")
    )
    work = forms.ChoiceField(label=_("Kind of work"), choices=Absence.Work, required=False)
    back_in = forms.ChoiceField(label=_("Comes back in"), choices=Absence.Season, required=False)
    ask_about = forms.CharField(label=_("Wants to be asked about"), max_length=200, required=False)

    def __init__(self, *args: Any, agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not agreed:
            for name in ("back_in", "ask_about", "channel"):
                del self.fields[name]


class FindForm(forms.Form):
    text = forms.CharField(label=_("Whole phone number or identity number"), max_length=40)
    purpose = forms.CharField(
        label=_("What do you need it for?"), max_length=200, help_text=_("Whoever is found reads this.")
    )
