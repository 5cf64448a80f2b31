"""How far two places are apart, by the best that is known, and by what that is."""

from __future__ import annotations

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


class Basis(models.TextChoices):
    """What a distance rests on, the best first."""

    POINTS = "points", _("as the crow flies")
    MINUTES = "minutes", _("by road")
    SAME_TOWN = "same_town", _("same town")
    SAME_AREA = "same_area", _("same area")
    FURTHER = "further", _("further away")


class Distance(NamedTuple):
    """``value``: km to a tenth (POINTS), whole minutes (MINUTES), else None. ``invented``: from demo points."""

    value: float | None
    basis: Basis
    invented: bool = False


def distance(a: Place, b: Place, day: date | None = None) -> Distance:
    """From ``a`` to ``b`` on ``day`` (today): points when both have one, else the road table, else town or area."""
    if a.pk == b.pk:
        return Distance(0.0, Basis.POINTS)
    return _by_points(a, b) or _by_road(a, b) or Distance(None, _by_belonging(a, b, day or clock.today()))


def _by_points(a: Place, b: Place) -> Distance | None:
    points = {point.place_id: point for point in Position.objects.filter(place__in=(a.pk, b.pk))}
    if len(points) < 2:
        return None
    one, other = points[a.pk], points[b.pk]
    return Distance(round(kilometres(one, other), 1), Basis.POINTS, one.invented or other.invented)


def kilometres(one: Position, other: Position) -> float:
    """The great circle between two points (haversine)."""
    latitude, latitude_b = radians(one.latitude_e7 / E7), radians(other.latitude_e7 / E7)
    across = radians((other.longitude_e7 - one.longitude_e7) / E7)
    half = sin((latitude_b - latitude) / 2) ** 2 + cos(latitude) * cos(latitude_b) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _by_road(a: Place, b: Place) -> Distance | None:
    there = Q(from_place=a, to_place=b)
    back = Q(from_place=b, to_place=a)
    roads = {road.from_place_id: road.minutes for road in RoadMinutes.objects.filter(there | back)}
    minutes = roads.get(a.pk, roads.get(b.pk))
    return None if minutes is None else Distance(minutes, Basis.MINUTES)


def _by_belonging(a: Place, b: Place, day: date) -> Basis:
    town = LENGTHS[Level.TOWNSHIP - 1]
    if len(a.code) >= town and a.code[:town] == b.code[:town]:
        return Basis.SAME_TOWN
    areas = AreaMembership.objects.filter(on(day))
    shared = areas.filter(place=a, area_id__in=areas.filter(place=b).values("area_id"))
    return Basis.SAME_AREA if shared.exists() else Basis.FURTHER
