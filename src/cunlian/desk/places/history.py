"""What a place was called, under which code and where, and what came of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cunlian.kernel.refusals import Text
from cunlian.places.models import Place, PlaceVersion, Succession, SuccessionKind


@dataclass(frozen=True)
class Heir:
    """``place`` became part of this one, or came out of it. ``code``: the one it had on the day before."""

    label: Text
    place: Place
    code: str
    day: date
    paper: str
    came: bool


def history(place: Place) -> dict[str, Any]:
    """Its own versions and, of other places, those it took over and those that came of it; the latest first."""
    versions = PlaceVersion.objects.filter(place=place).select_related("parent").order_by("-ends_on", "-pk")
    came = Succession.objects.filter(to_place=place).exclude(from_place=place).select_related("from_place")
    went = Succession.objects.filter(from_place=place).exclude(to_place=place).select_related("to_place")
    rows = [(row, row.from_place, True) for row in came] + [(row, row.to_place, False) for row in went]
    codes = _codes_before({other for _row, other, _came in rows})
    heirs = [
        Heir(
            SuccessionKind(row.succession_kind).label, other, codes.get(other, other.code), row.day, row.paper, is_came
        )
        for row, other, is_came in rows
    ]
    return {"versions": list(versions), "heirs": sorted(heirs, key=lambda h: (h.day, h.code), reverse=True)}


def _codes_before(places: set[Place]) -> dict[Place, str]:
    """Of those that have ended, the last code of their own: they carry their successor's now."""
    ended = [place for place in places if place.ends_on is not None]
    rows = PlaceVersion.objects.filter(place__in=ended).select_related("place").order_by("ends_on", "pk")
    own: dict[Place, str] = {}
    for row in rows:
        if row.ends_on <= (row.place.ends_on or row.ends_on):
            own[row.place] = row.code
    return own
