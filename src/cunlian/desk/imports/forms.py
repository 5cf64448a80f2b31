"""What is asked when a list comes in: the place and the file, then what each column holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor
from cunlian.people.imports.fields import FIELDS
from cunlian.people.imports.reporting import sampled, samples_of
from cunlian.people.imports.sheets import column_letter
from cunlian.people.models import RegisterImport
from cunlian.people.models.imports import BRINGERS
from cunlian.places.models import Level, Place
from cunlian.places.territory import territory_q


def places_of(actor: Actor) -> list[Place]:
    """Whose lists the actor may bring in: their villages, and the town or county when it is theirs whole."""
    mine = Place.objects.visible_to(actor).current().filter(territory_q(actor, BRINGERS, ""))
    return list(mine.filter(level__gte=Level.COUNTY, level__lte=Level.VILLAGE).order_by("code"))


class NewForm(forms.Form):
    place = forms.ChoiceField(
        label=_("The list is of"), help_text=_("One village, or a town: then every row names its village.")
    )
    file = forms.FileField(
        label=_("File"), help_text=_("A workbook (XLSX) or CSV. A row a person, with the number of the household."),
        allow_empty_file=True, widget=forms.FileInput({"accept": ".xlsx,.xls,.csv"}),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.pk): place for place in places_of(actor)}
        names = [(key, f"{place.code} {place.short_name}") for key, place in self._places.items()]
        field: Any = self.fields["place"]
        field.choices = names if len(names) == 1 else [("", ""), *names]

    def clean_place(self) -> Place:
        return self._places[self.cleaned_data["place"]]


def _cells(samples: Iterable[str], name: str) -> SafeString:
    return format_html_join("", '<span class="mono sample">{}</span>', ((sampled(name, cell),) for cell in samples))


NOTHING = "nothing"


class ColumnsForm(forms.Form):
    """A question a column, answered as it was the last time, else as its heading says; under it what stands in the column.
    None is optional: that a column holds nothing we need is an answer too.
    For who may bring the list in: nobody else is shown a cell."""

    def __init__(self, *args: Any, batch: RegisterImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        samples = dict(enumerate(samples_of(batch)))
        chosen = {index: name for name, index in batch.columns.items()}
        fields = [(NOTHING, _now("nothing we need")), *((field.name, field.label) for field in FIELDS.values())]
        for index, heading in enumerate(batch.headings):
            if heading:
                self.fields[f"column_{index}"] = forms.ChoiceField(
                    label=f"{column_letter(index)} · {heading}", choices=fields, initial=chosen.get(index, NOTHING),
                    help_text=_cells(samples.get(index, ()), self.data.get(f"column_{index}", chosen.get(index, ""))),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, int] = {}
        for name, field in self.cleaned_data.items():
            if field in said:
                raise ValidationError({name: _("Another column holds this already. Choose each once.")})
            if field != NOTHING:
                said[field] = int(name.removeprefix("column_"))
        return {"columns": said}
