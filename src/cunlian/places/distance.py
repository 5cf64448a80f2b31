"""How far two places are apart, by the best that is known, and by what that is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.places.codes import LENGTHS
from cunlian.places.models import AreaMembership, Level, Place, Position, RoadMinutes, on
from cunlian.places.models.position import E7

EARTH_KM: Final = 6371.0
TOWN: Final = LENGTHS[Level.TOWNSHIP - 1]


class Basis(models.TextChoices):
    """What a distance rests on, the best first."""

    POINTS = "points", _("as the crow flies")
    MINUTES = "minutes", _("by road")
    SAME_TOWN = "same_town", _("same town")
    SAME_AREA = "same_area", _("same area")
    FURTHER = "further", _("further away")


ORDER: Final = list(Basis)


class Distance(NamedTuple):
    """``value``: km to a tenth (POINTS), whole minutes (MINUTES), else None. ``invented``: from demo points."""

    value: float | None
    basis: Basis
    invented: bool = False


class Near(NamedTuple):
    """A place and how far it is."""

    place: Place
    distance: Distance


def distance(a: Place, b: Place, day: date | None = None) -> Distance:
    """From ``a`` to ``b`` on ``day`` (today): points when both have one, else the road table, else town or area."""
    return distances(a, [b], day)[0].distance


def nearby(place: Place, among: Iterable[Place], day: date | None = None) -> list[Near]:
    """``among`` without ``place``, those first whose distance is known best, and of these the nearest. Kilometres and
    minutes are never compared with one another."""
    found = distances(place, [one for one in among if one.pk != place.pk], day)
    return sorted(found, key=lambda n: (ORDER.index(n.distance.basis), n.distance.value or 0, n.place.code))


def distances(place: Place, others: Iterable[Place], day: date | None = None) -> list[Near]:
    """From ``place`` to each of ``others``, in their order; three queries for any number of them."""
    others = list(others)
    keys = [place.pk, *(one.pk for one in others)]
    points = {row.place_id: row for row in Position.objects.filter(place__in=keys)}
    roads = {
        (row.from_place_id, row.to_place_id): row.minutes
        for row in RoadMinutes.objects.filter(Q(from_place=place) | Q(to_place=place))
    }
    held = AreaMembership.objects.filter(on(day or clock.today()))
    shared = set(
        held.filter(place__in=keys, area__in=held.filter(place=place).values("area_id")).values_list(
            "place_id", flat=True
        )
    )

    def to(other: Place) -> Distance:
        if other.pk == place.pk:
            return Distance(0.0, Basis.POINTS)
        one, two = points.get(place.pk), points.get(other.pk)
        if one and two:
            return Distance(round(kilometres(one, two), 1), Basis.POINTS, one.invented or two.invented)
        minutes = roads.get((place.pk, other.pk), roads.get((other.pk, place.pk)))
        if minutes is not None:
            return Distance(minutes, Basis.MINUTES)
        if len(place.code) >= TOWN and place.code[:TOWN] == other.code[:TOWN]:
            return Distance(None, Basis.SAME_TOWN)
        return Distance(None, Basis.SAME_AREA if other.pk in shared else Basis.FURTHER)

    return [Near(other, to(other)) for other in others]


def kilometres(one: Position, other: Position) -> float:
    """The great circle between two points (haversine)."""
    latitude, latitude_b = radians(one.latitude_e7 / E7), radians(other.latitude_e7 / E7)
    across = radians((other.longitude_e7 - one.longitude_e7) / E7)
    half = sin((latitude_b - latitude) / 2) ** 2 + cos(latitude) * cos(latitude_b) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
