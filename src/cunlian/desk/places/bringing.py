"""A table of places brought from a file: all of it, or, with every row named that cannot be true, none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import REFUSED
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.refusals import Invalid, Text
from cunlian.places.report import Fault, ImpossibleRows
from cunlian.ui.forms import submit

MOST_BYTES: Final = 2_000_000
"""Some fifty thousand lines: every pair of three hundred villages."""
SHOWN: Final = 200
"""Faults of a file listed on the page; their number is told whole."""


class TableForm(forms.Form):
    """``clean_file`` hands on the rows that ``reads`` made of it; why the file cannot be read stands beside it."""

    reads: ClassVar[Callable[[Path], list[Any]]]
    file = forms.FileField()
    source = forms.CharField(label=_("Source"), max_length=120)

    def clean_file(self) -> list[Any]:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Divide it and import the parts."))
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.read())
            try:
                return type(self).reads(path)
            except Invalid as refusal:
                raise ValidationError(str(refusal)) from refusal


def bring_table(
    request: DeskRequest,
    kind: type[TableForm],
    take: Callable[[Any, str], int],
    *,
    title: Text,
    lead: Text,
    back: str,
    crumbs: list[tuple[Text, str]],
    taken: Callable[[int], Text],
) -> HttpResponse:
    """The page of one kind of table. ``take(rows, source)``: the action, which tells how many it took in; ``taken``: the
    sentence that says so."""
    form, faults = kind(request.POST or None, request.FILES or None), list[Fault]()

    def call(file: Any, source: str) -> int:
        try:
            return take(file, source)
        except ImpossibleRows as refusal:
            faults.extend(refusal.faults)
            said = _("Nothing was imported. The rows that cannot be true are listed on this page.")
            raise Invalid(said, field="file") from refusal

    count = submit(form, call) if request.method == "POST" else None
    if count:
        messages.success(request, str(taken(count)))
        return redirect(back)
    context = {
        "title": title, "lead": lead, "form": form, "faults": faults[:SHOWN], "more": len(faults[SHOWN:]), "back": back,
        "crumbs": [*crumbs, (_now("Import"), "")],
    }  # fmt: skip
    return render(request, "desk/places/bring.html", context, status=REFUSED if form.errors else 200)
