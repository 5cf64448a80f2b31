"""What changing a place itself asks for: the change, its day, the paper it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import DayField
from cunlian.desk.places.seen import own_places
from cunlian.kernel.access import PERMISSIONS, Actor
from cunlian.kernel.refusals import Text
from cunlian.places.actions.reorganising import PERMISSION, Part
from cunlian.places.codes import LENGTHS
from cunlian.places.models import Level, Place, PlaceQuerySet
from cunlian.places.territory import territory_q
from cunlian.ui import formats

GOES_ON = (("yes", _("goes on, smaller")), ("no", _("ends; only the new ones remain")))
PART = re.compile(r"(\d+)[\s,，:：]+(.+)", re.ASCII)


def place_label(place: Place) -> str:
    """Names repeat, so the code stands beside them."""
    return f"{place.short_name} {place.code}"


class PlaceField(forms.ModelChoiceField[Place]):
    def label_from_instance(self, obj: Any) -> str:
        return place_label(obj)


class PlacesField(forms.ModelMultipleChoiceField[Place]):
    def label_from_instance(self, obj: Any) -> str:
        return place_label(obj)


class ChangeForm(forms.Form):
    """Base: the day and the paper stand last. ``place``: the one whose page led here."""

    day = DayField(label=_("From which day"), help_text=_("The day the paper takes effect; not one still to come."))
    paper = forms.CharField(label=_("Paper it rests on"), help_text=_("Its number or title."), max_length=200)

    def __init__(self, *args: Any, place: Place, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.actor = place, actor
        self.fill()
        self.order_fields([*(name for name in self.fields if name not in ("day", "paper")), "day", "paper"])

    def fill(self) -> None:
        """Put in what depends on the place and the actor."""

    def may_change(self, level: int) -> PlaceQuerySet:
        """Places of that rank the actor may reorganise."""
        mine = territory_q(self.actor, PERMISSIONS[PERMISSION].roles, "")
        return own_places(self.actor).current().filter(mine, level=level).order_by("code")

    def offer(self, name: str, rows: PlaceQuerySet) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def touched(self) -> list[Place]:
        """Every place whose name, code or end may change, or that takes another over. Of a form that is valid."""
        return [self.place]

    def ending(self) -> list[Place]:
        """Those that end."""
        return []

    def said(self) -> list[tuple[Text, str]]:
        """What was entered, in words."""
        return [(str(field.label), _in_words(self, field.name)) for field in self.visible_fields()]


def _in_words(form: forms.Form, name: str) -> str:
    value, field = form.cleaned_data.get(name), form.fields[name]
    if isinstance(value, date):
        return formats.day(value, year=True)
    if isinstance(value, Place):
        return place_label(value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices)[value])  # type: ignore[arg-type]
    if isinstance(value, Iterable) and not isinstance(value, str):
        shown = [f"{one.code} {one.name}" if isinstance(one, Part) else place_label(one) for one in value]
        return _now("; ").join(shown)
    return str(value or formats.NOT_APPLICABLE)


class RenameForm(ChangeForm):
    name = forms.CharField(
        label=_("Official name"), max_length=120,
        help_text=_("As the paper writes it. The short name and its initials follow from it."),
    )  # fmt: skip

    def fill(self) -> None:
        self.fields["name"].initial = self.place.name


class MergeForm(ChangeForm):
    places = PlacesField(
        label=_("Villages that go into this one"), queryset=Place.objects.none(), to_field_name="code",
        help_text=_("They end; this one remains. Several may be chosen."), widget=forms.SelectMultiple({"size": 10}),
    )  # fmt: skip

    def fill(self) -> None:
        self.offer("places", self.may_change(self.place.level).exclude(pk=self.place.pk))

    def ending(self) -> list[Place]:
        return list(self.cleaned_data["places"])

    def touched(self) -> list[Place]:
        return [*self.ending(), self.place]


class SplitForm(ChangeForm):
    goes_on = forms.ChoiceField(
        label=_("The present village"), choices=GOES_ON, widget=forms.RadioSelect, initial="yes"
    )
    parts = forms.CharField(label=_("New villages"), widget=forms.Textarea({"rows": 4}))

    def fill(self) -> None:
        above = self.place.parent.code if self.place.parent else ""
        self.fields["parts"].help_text = _(
            "One a line: its code of %(digits)s digits, beginning with %(above)s, then its official name."
        ) % {"digits": LENGTHS[Level.VILLAGE - 1], "above": above}

    def clean_parts(self) -> list[Part]:
        parts, faults = [], []
        for number, line in enumerate(self.cleaned_data["parts"].splitlines(), start=1):
            found = PART.fullmatch(line.strip())
            if found:
                parts.append(Part(found[1], found[2].strip()))
            elif line.strip():
                faults.append(_now("Line %(n)s: write the code first, then the name.") % {"n": number})
        if faults:
            raise ValidationError(faults)
        return parts

    def ending(self) -> list[Place]:
        return [self.place] if self.cleaned_data["goes_on"] == "no" else []


class TransferForm(ChangeForm):
    parent = PlaceField(label=_("Goes under"), queryset=Place.objects.none(), to_field_name="code")
    code = forms.CharField(label=_("New code"), max_length=15, help_text=_("Begins with the code of the place above."))

    def fill(self) -> None:
        self.offer("parent", self.may_change(self.place.level - 1))
        self.fields["parent"].initial = self.place.parent.code if self.place.parent else None
        self.fields["code"].initial = self.place.code

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip()


class GridSetForm(ChangeForm):
    """The day has the name of the action's argument."""

    starts_on = DayField(label=_("First day of the new division"))
    paper = forms.CharField(label=_("Paper it rests on"), required=False, max_length=200)

    day = None  # type: ignore[assignment]
