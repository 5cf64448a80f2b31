"""What the master data of a place asks for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import DayField, HundredthsField
from cunlian.places.models import Area, District, Grid, GridClass, GridTier, Place, Position, VillagerGroup
from cunlian.places.models.profile import NUMBERS, VillageProfile
from cunlian.places.modules import MODULES
from cunlian.places.points import degrees_e7
from cunlian.ui import formats

AREAL = {"idle_land": formats.mu, "operating_income_fen": formats.money}
LABELS = {field.name: field.verbose_name for field in VillageProfile._meta.fields}
SWITCH = (("on", _("in use")), ("off", _("switched off")))


class VillageForm(forms.Form):
    """Base of the forms of one village."""

    def __init__(self, *args: Any, village: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.village = village
        self.fill()

    def fill(self) -> None:
        """Put in what depends on the village."""

    def choose_from(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class ProfileForm(VillageForm):
    as_of = DayField(label=_("As of"))
    source = forms.CharField(label=_("Source"), help_text=_("Which register or report."), max_length=200)

    def fill(self) -> None:
        for name in NUMBERS:
            label = LABELS[name]
            if name == "idle_land":
                field: forms.Field = HundredthsField(label=label, required=False, help_text=_("In mu."))
            elif name == "operating_income_fen":
                field = HundredthsField(label=label, required=False, help_text=_("Of the year before, in yuan."))
            else:
                field = forms.IntegerField(label=label, required=False)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """What is left empty is not known; it is not handed on and stays as it is."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class PositionForm(VillageForm):
    latitude = forms.CharField(label=_("Latitude"), help_text=_("In degrees, such as 32.7312."), max_length=16)
    longitude = forms.CharField(label=_("Longitude"), help_text=_("In degrees, such as 108.7741."), max_length=16)
    accuracy_m = forms.IntegerField(label=_("Accuracy in metres"), required=False, min_value=0)
    source_note = forms.CharField(label=_("Where the point comes from"), max_length=120)

    def fill(self) -> None:
        """Whence it was read is asked where the county has a map service."""
        district = District.current()
        if district.map_service_key:
            said = _("Review number of the map: %(number)s") % {"number": district.map_review_number}
            sources = [(one.value, one.label) for one in (Position.Source.HAND, Position.Source.MAP_SERVICE)]
            self.fields["source"] = forms.ChoiceField(label=_("Source"), choices=sources, help_text=said)

    def _degrees(self, name: str) -> int:
        found = degrees_e7(self.cleaned_data[name].strip())
        if found is None:
            raise ValidationError(_("Write degrees as a number, such as 32.7312."))
        return found

    def clean_latitude(self) -> int:
        return self._degrees("latitude")

    def clean_longitude(self) -> int:
        return self._degrees("longitude")


class GridForm(VillageForm):
    name = forms.CharField(label=_("Its name"), max_length=40)
    tier = forms.ChoiceField(
        label=_("Tier"), choices=[(t.value, t.label) for t in (GridTier.VILLAGE, GridTier.SOCIAL_WORKER)]
    )
    inside = forms.ModelChoiceField(
        label=_("Inside which village grid"), queryset=Grid.objects.none(), required=False,
        help_text=_("Only for a social worker's grid."),
    )  # fmt: skip
    grid_class = forms.ModelChoiceField(label=_("Class"), queryset=GridClass.objects.none(), required=False)
    groups = forms.ModelMultipleChoiceField(
        label=_("Villager groups in it"), queryset=VillagerGroup.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    boundary = forms.CharField(label=_("What it covers"), required=False, max_length=300)
    starts_on = DayField(label=_("Starts on"))

    def fill(self) -> None:
        grids = Grid.objects.filter(grid_set__village=self.village, ends_on=None, tier=GridTier.VILLAGE)
        self.choose_from("inside", grids.select_related("place").order_by("place__code"))
        above = self.village.own_and_above()
        self.choose_from("grid_class", GridClass.objects.filter(root__code__in=above).order_by("code"))
        groups = VillagerGroup.objects.filter(village=self.village, ends_on=None)
        self.choose_from("groups", groups.order_by("number"))


class GiveClassForm(forms.Form):
    grid_class = forms.ModelChoiceField(
        label=_("Class"), queryset=GridClass.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, grid: Grid, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"grid_class": grid.grid_class_id}, **kwargs})
        field = self.fields["grid_class"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = GridClass.objects.filter(root__code__in=grid.place.own_and_above()).order_by("code")


class MoveGroupForm(VillageForm):
    grid = forms.ModelChoiceField(label=_("Grid"), queryset=Grid.objects.none())
    starts_on = DayField(label=_("Starts on"))

    def fill(self) -> None:
        grids = Grid.objects.filter(grid_set__village=self.village, ends_on=None)
        self.choose_from("grid", grids.select_related("place").order_by("place__code"))


class GroupForm(VillageForm):
    number = forms.IntegerField(label=_("Number"), help_text=_("As the village counts its groups."), min_value=1)
    name = forms.CharField(label=_("Its name"), required=False, max_length=40)
    starts_on = DayField(label=_("Starts on"))


class LaneForm(VillageForm):
    name = forms.CharField(label=_("Its name"), max_length=40)
    starts_on = DayField(label=_("Starts on"))


class ModuleForm(VillageForm):
    module = forms.ChoiceField(label=_("Module"))
    on = forms.ChoiceField(
        label=_("In this village"), choices=SWITCH, widget=forms.RadioSelect,
        help_text=_("Switched off, nothing new is taken in; what is open is finished as usual."),
    )  # fmt: skip
    day = DayField(label=_("Starts on"))

    def fill(self) -> None:
        district = District.current()
        used = [(code, label) for code, label in MODULES.items() if district.uses(code)]
        self.fields["module"].choices = used  # type: ignore[attr-defined]

    def clean_on(self) -> bool:
        return bool(self.cleaned_data["on"] == "on")


class AreaForm(forms.Form):
    name = forms.CharField(label=_("Its name"), max_length=80)
    area_kind = forms.ChoiceField(label=_("Kind"), choices=Area.AreaKind)
    starts_on = DayField(label=_("Starts on"))
    paper = forms.CharField(label=_("Paper it rests on"), required=False, max_length=200)


class JoinForm(forms.Form):
    village = forms.ModelChoiceField(label=_("Village"), queryset=Place.objects.none())
    starts_on = DayField(label=_("Starts on"))

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Place.objects.current().villages().within(area.root).order_by("code")
        field = self.fields["village"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = inside


class EndForm(forms.Form):
    ends_on = DayField(label=_("First day it no longer holds"))


class RosterForm(forms.Form):
    places = forms.ModelMultipleChoiceField(
        label=_("Villages and communities"), queryset=Place.objects.none(), to_field_name="code",
        help_text=_("Several may be chosen."), widget=forms.CheckboxSelectMultiple({"class": "choices choices-long"}),
    )  # fmt: skip
    counted = forms.ChoiceField(
        label=_("From that day the district"), choices=(("yes", _("counts them")), ("no", _("does not count them")))
    )
    starts_on = DayField(label=_("Starts on"))
    paper = forms.CharField(label=_("Paper that decided it"), max_length=200)

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["places"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = district.listed().order_by("code")

    def clean_counted(self) -> bool:
        return bool(self.cleaned_data["counted"] == "yes")


class ClassForm(forms.Form):
    """``code`` stands in no form: it is for imports."""

    label_zh = forms.CharField(label=_("Label in Chinese"), max_length=40)
    label_en = forms.CharField(label=_("Label in English"), max_length=60)
    colour = forms.CharField(label=_("Colour"), help_text=_("# and six digits, such as #d94f3d."), max_length=7)
    meaning = forms.CharField(label=_("What it means"), max_length=200)


class DistrictForm(forms.Form):
    """``root`` is asked only before the first time, and whether to forget the key of the map service only where there is one:
    it is never shown again."""

    PLAIN: ClassVar = (
        "name", "receipt_mark", "filing_number", "office_phone", "hotline", "discipline_address", "privacy_notice",
        "privacy_notice_url", "map_review_number",
    )  # fmt: skip

    root = forms.CharField(label=_("Code of the place"), max_length=15)
    name = forms.CharField(label=_("Name of the district"), max_length=80)
    receipt_mark = forms.CharField(label=_("Mark on receipts"), max_length=2)
    filing_number = forms.CharField(label=_("Filing number"), required=False, max_length=60)
    office_phone = forms.CharField(label=_("Office phone"), required=False, max_length=30)
    hotline = forms.CharField(label=_("Hotline"), required=False, max_length=30)
    discipline_address = forms.CharField(label=_("Where denunciations go"), required=False, max_length=200)
    privacy_notice = forms.CharField(label=_("Privacy notice"), required=False, widget=forms.Textarea)
    privacy_notice_url = forms.URLField(label=_("Address of the privacy notice"), required=False, assume_scheme="https")
    map_service_key = forms.CharField(
        label=_("Key of the map service"), required=False, max_length=120,
        help_text=_("A key for servers, from Tianditu. Left empty, the present one stays. It is not shown here."),
    )  # fmt: skip
    forget_key = forms.BooleanField(
        label=_("Forget the key"), required=False, help_text=_("No map is drawn then, and nobody looks up a place."),
    )  # fmt: skip
    map_review_number = forms.CharField(
        label=_("Review number of the map"), required=False, max_length=60,
        help_text=_("A map on public pages needs it."),
    )  # fmt: skip

    def __init__(self, *args: Any, district: District | None, **kwargs: Any) -> None:
        if district is not None:
            kwargs["initial"] = {name: getattr(district, name) for name in self.PLAIN}
        super().__init__(*args, **kwargs)
        self.district = district
        if district is not None:
            del self.fields["root"]
        if district is None or not district.map_service_key:
            del self.fields["forget_key"]

    def clean_root(self) -> Place:
        found = Place.objects.current().filter(code=self.cleaned_data["root"].strip()).first()
        if found is None:
            raise ValidationError(_("No place has this code today. Look it up in the national list."))
        return found

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        key, forget = values.pop("map_service_key", ""), values.pop("forget_key", False)
        if key and forget:
            self.add_error("forget_key", _("There is a new key above. Leave one of the two out."))
        kept = self.district is not None and self.district.map_service_key and not forget
        if (key or kept) and not values.get("map_review_number"):
            self.add_error("map_review_number", _("The map service needs the review number of its map."))
        return values | ({"map_service_key": key} if key or forget else {})
