"""What road times ask for: one pair, or a table from a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.desk.places.bringing import TableForm
from cunlian.desk.places.change_forms import PlaceField
from cunlian.desk.places.seen import own_places
from cunlian.kernel.access import PERMISSIONS, Actor
from cunlian.places.models import Level, Place, RoadMinutes
from cunlian.places.points import read_roads
from cunlian.places.territory import territory_q


class RoadForm(forms.Form):
    from_place = PlaceField(label=_("From"), queryset=Place.objects.none(), to_field_name="code")
    to_place = PlaceField(label=_("To"), queryset=Place.objects.none(), to_field_name="code")
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1,
        help_text=_("As people there usually go. It counts both ways until the way back is entered too."),
    )  # fmt: skip
    source = forms.CharField(label=_("Source"), help_text=_("Who drove it, or which map."), max_length=120)

    def __init__(self, *args: Any, actor: Actor, start: str = "", end: str = "", **kwargs: Any) -> None:
        known = RoadMinutes.objects.filter(from_place__code=start, to_place__code=end, from_place__ends_on=None).first()
        initial: dict[str, Any] = {"from_place": start, "to_place": end}
        if known is not None:
            initial |= {"minutes": known.minutes, "source": known.source}
        super().__init__(*args, **{"initial": initial, **kwargs})
        villages = own_places(actor).current().filter(level=Level.VILLAGE).order_by("code")
        mine = territory_q(actor, PERMISSIONS["places.set_position"].roles, "")
        for name, rows in (("from_place", villages.filter(mine)), ("to_place", villages)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows


class RoadsForm(TableForm):
    reads = read_roads
    file = forms.FileField(
        label=_("Table of road times"),
        help_text=_("A CSV file whose first row names the columns from, to (both codes) and minutes. Up to 2 MB."),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
    source = forms.CharField(label=_("Source"), help_text=_("Who drove them, or which map."), max_length=120)
