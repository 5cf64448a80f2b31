"""What a drawing of places needs to lie on the map service's map: the same places with their points and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from cunlian.places.map_service import CLOSEST, FURTHEST, LAYERS, box_of
from cunlian.places.models import District, Position
from cunlian.places.models.position import E7

LEAST = 2


@dataclass(frozen=True)
class Spot:
    """A place as its drawing shows it. ``number`` stands in its dot, ``shade`` is the dot's class; ``here``: the one the page
    is about, without which there is no map."""

    place_id: UUID
    label: str
    url: str = ""
    number: str = ""
    shade: str = ""
    here: bool = False
    point: tuple[int, int] | None = None
    """Latitude and longitude in ten-millionths, where it is not the one that is kept."""


@dataclass(frozen=True)
class Ground:
    """``data``: what the script draws. ``missing``: places nobody has said the point of, which the page names beside it."""

    data: dict[str, Any]
    review_number: str
    missing: tuple[Spot, ...]
    invented: bool


def ground_under(spots: Sequence[Spot]) -> Ground | None:
    """The map under ``spots``. None without a key, and where too few have a point (two, and half of them) to draw it."""
    district = District.objects.exclude(map_service_key=b"").select_related("root").first()
    box = box_of(district) if district else None
    if district is None or box is None:
        return None
    rows = Position.objects.filter(place__in=[spot.place_id for spot in spots])
    kept = {row.place_id: row for row in rows}
    points = {one: (row.latitude_e7, row.longitude_e7) for one, row in kept.items()}
    known = [(spot, spot.point or points.get(spot.place_id)) for spot in spots]
    missing = tuple(spot for spot, point in known if point is None)
    if len(spots) - len(missing) < max(LEAST, len(missing)) or any(spot.here for spot in missing):
        return None
    data = {
        "tiles": [(layer, reverse("desk:tile", args=[layer, 0, 0, 0]).removesuffix("0/0/0/")) for layer in LAYERS],
        "closest": CLOSEST, "furthest": FURTHEST, "box": box, "marks": [_mark(spot, point) for spot, point in known if point],
    }  # fmt: skip
    return Ground(data, district.map_review_number, missing, any(row.invented for row in kept.values()))


def _mark(spot: Spot, point: tuple[int, int]) -> dict[str, Any]:
    latitude, longitude = point
    return {
        "at": (longitude / E7, latitude / E7), "label": spot.label, "url": spot.url, "number": spot.number,
        "shade": spot.shade, "here": spot.here,
    }  # fmt: skip
