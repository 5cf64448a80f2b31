"""How a village is named where several are offered: names repeat, so those that do are told apart by town or code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cunlian.places.models import Place, PlaceQuerySet


def names_of(places: Iterable[Place]) -> dict[object, str]:
    """Key → name, with town added where a name repeats, and the last digits of the code where that repeats too."""
    listed = list(places)
    names = Counter(place.short_name for place in listed)
    both = Counter((place.short_name, place.parent_id) for place in listed)
    shown: dict[object, str] = {}
    for place in listed:
        if names[place.short_name] == 1:
            shown[place.pk] = place.short_name
        elif both[place.short_name, place.parent_id] == 1:
            shown[place.pk] = f"{place.short_name}（{place.parent}）"
        else:
            shown[place.pk] = f"{place.short_name}（{place.code[-3:]}）"
    return shown


def village_choices(villages: PlaceQuerySet) -> list[tuple[str, str]]:
    """(code, name) for a list to choose from, in the order of the alphabet people type. One query."""
    places = list(villages.select_related("parent").order_by("initials", "code"))
    shown = names_of(places)
    return [("", _("Please choose")), *((place.code, shown[place.pk]) for place in places)]


def by_letter(villages: PlaceQuerySet, *, sort: bool = True) -> list[tuple[str, list[tuple[str, str]]]]:
    """(letter, [(code, name)…]) for a list to look through; unsorted search results stand under no letter."""
    places = list(villages.order_by("initials", "code") if sort else villages)
    shown = names_of(places)
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        letter = place.initials[:1].upper() if sort else ""
        groups.setdefault(letter, []).append((place.code, shown[place.pk]))
    return list(groups.items())
