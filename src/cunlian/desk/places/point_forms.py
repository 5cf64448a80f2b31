"""What a table of points asks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.desk.places.bringing import TableForm
from cunlian.places.points import read_points


class PointsForm(TableForm):
    reads = read_points
    file = forms.FileField(
        label=_("Table of points"),
        help_text=_(
            "A CSV file whose first row names the columns code, latitude, longitude (and accuracy), or GeoJSON points with "
            "a property “code”. Degrees of WGS 84. Up to 2 MB."
        ),
        widget=forms.FileInput({"accept": ".csv,.json,.geojson,text/csv,application/geo+json"}),
    )
    source = forms.CharField(label=_("Source"), help_text=_("Who measured them, or which map."), max_length=120)
