"""The filters above the registers. Which day and which village are read first (``tables``): they say what the register is."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.desk.people.where import ALL, lanes_of, villages_of
from cunlian.kernel.access import Actor
from cunlian.people.models import House, HouseholdVersion, HouseUse, Membership
from cunlian.places.models import Lane, Place
from cunlian.ui.filters import ListFilter

HOME = (("home", pgettext_lazy("person", "at home")), ("away", pgettext_lazy("person", "away")))
HEADS = (("no", _("without a head")), ("empty", _("without members")))


class RegisterFilter(ListFilter):
    """Base: words, village, lane and day. ``village``: the one shown; None: all of the territory."""

    q = django_filters.CharFilter(label=_("Name or household number"), method="by_text")
    village = django_filters.ChoiceFilter(label=_("Village"), method="as_shown", empty_label=None)
    lane = django_filters.ModelChoiceFilter(
        label=_("Lane"), queryset=Lane.objects.none(), empty_label=_("any"), method="by_lane"
    )
    on = django_filters.DateFilter(
        label=_("As on"), method="as_shown", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, rows: Any, *, actor: Actor, village: Place | None, day: date) -> None:
        shown = data.copy()
        shown["village"] = village.code if village else ALL
        self.village, self.actor, self.day = village, actor, day
        super().__init__(shown, rows)
        names = [(place.code, place.short_name) for place in villages_of(actor)]
        self.filters["village"].extra["choices"] = [*names, (ALL, _("all of them"))]
        self.filters["lane"].queryset = lanes_of(village) if village else Lane.objects.none()
        self.asked = data

    @property
    def active(self) -> bool:
        return any(self.asked.get(name) for name in self.filters)

    def as_shown(self, found: Any, name: str, value: Any) -> Any:
        return found


class PersonFilter(RegisterFilter):
    home = django_filters.ChoiceFilter(
        label=pgettext_lazy("person", "Where"), choices=HOME, empty_label=_("any"), method="by_home"
    )

    def by_text(self, found: Any, name: str, text: str) -> Any:
        """Numbers of households have digits, names have none."""
        text = text.strip()
        if not any(char.isdigit() for char in text):
            return found.filter(person__name__prefix=text)
        rows = HouseholdVersion.objects.visible_to(self.actor).on(self.day).filter(number=text)
        return found.filter(household__in=rows.values("household"))

    def by_lane(self, found: Any, name: str, lane: Any) -> Any:
        rows = HouseholdVersion.objects.visible_to(self.actor).on(self.day).filter(lane=lane)
        return found.filter(household__in=rows.values("household"))

    def by_home(self, found: Any, name: str, value: str) -> Any:
        return found.filter(away_then=value == "away")


class HouseholdFilter(RegisterFilter):
    q = django_filters.CharFilter(label=_("Household number or address"), method="by_text")
    head = django_filters.ChoiceFilter(
        label=_("What is missing"), choices=HEADS, empty_label=_("any"), method="by_head"
    )

    def by_text(self, found: Any, name: str, text: str) -> Any:
        return found.filter(Q(number=text.strip()) | Q(address__contains=text.strip()))

    def by_lane(self, found: Any, name: str, lane: Any) -> Any:
        return found.filter(lane=lane)

    def by_head(self, found: Any, name: str, value: str) -> Any:
        return found.filter(members_then=0) if value == "empty" else found.filter(members_then__gt=0, head_then=False)


class HouseFilter(RegisterFilter):
    q = django_filters.CharFilter(label=_("Address"), method="by_text")
    use = django_filters.ChoiceFilter(label=_("Use"), choices=HouseUse, empty_label=_("any"), method="by_use")

    class Meta:
        model = House
        fields: tuple[str, ...] = ()

    def by_text(self, found: Any, name: str, text: str) -> Any:
        return found.filter(address__contains=text.strip())

    def by_lane(self, found: Any, name: str, lane: Any) -> Any:
        return found.filter(lane=lane)

    def by_use(self, found: Any, name: str, value: str) -> Any:
        return found.filter(use_then=value)
