"""What a table of points asks for."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.refusals import Invalid
from cunlian.places.points import Point, read_points

MOST_BYTES: Final = 2_000_000


class PointsForm(forms.Form):
    """``clean`` hands on ``points``; why the file cannot be read stands beside it."""

    file = forms.FileField(
        label=_("Table of points"),
        help_text=_(
            "A CSV file whose first row names the columns code, latitude, longitude (and accuracy), or GeoJSON points with "
            "a property “code”. Degrees of WGS 84. Up to 2 MB."
        ),
        widget=forms.FileInput({"accept": ".csv,.json,.geojson,text/csv,application/geo+json"}),
    )
    source = forms.CharField(label=_("Source"), help_text=_("Who measured them, or which map."), max_length=120)

    def clean_file(self) -> list[Point]:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Divide it and import the parts."))
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.read())
            try:
                return read_points(path)
            except Invalid as refusal:
                raise ValidationError(str(refusal)) from refusal
