"""The filter above units, posts and duties: of which village, and as they were on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cunlian.desk.places.seen import own_places
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Post
from cunlian.places.codes import code_range, is_code
from cunlian.places.models import Level
from cunlian.ui.filters import ListFilter


class VillageFilter(ListFilter):
    """``day``: the one the rows hold on; they are read by it before they come here."""

    village = django_filters.CharFilter(label=_("Village"), method="by_village", widget=forms.Select)
    on = django_filters.DateFilter(
        label=_("As on"), method="as_read", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Post
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, rows: Any, *, actor: Actor, day: date) -> None:
        shown = data.copy()
        shown["on"] = day.isoformat()
        super().__init__(shown, rows)
        self.asked = data
        villages = own_places(actor).current().filter(level=Level.VILLAGE).order_by("code")
        names = [(place.code, place.short_name) for place in villages]
        self.form.fields["village"].widget.choices = [("", _("any")), *names]

    @property
    def active(self) -> bool:
        return any(self.asked.get(name) for name in self.filters)

    def by_village(self, found: Any, name: str, code: str) -> Any:
        """The village and its grids."""
        low, high = code_range(code) if is_code(code) else ("", "")
        return found.filter(place__code__gte=low, place__code__lt=high)

    def as_read(self, found: Any, name: str, day: date) -> Any:
        return found
