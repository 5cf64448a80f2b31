"""The villages of a drawing as dots, each with the number of its area: a schematic of points, no borders, no tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from cunlian.desk.maps.ground import Ground, Spot, ground_under
from cunlian.places.models import DrawnVillage, Position

WIDTH = 620
TALLEST = 620
EDGE = 14
SERIES = 5


@dataclass(frozen=True)
class Dot:
    """``series`` 1–5 is the colour, ``number`` what tells areas apart without it; ``moves``: into another area."""

    x: str
    y: str
    number: int
    series: int
    label: str
    moves: bool


@dataclass(frozen=True)
class Picture:
    dots: tuple[Dot, ...]
    width: int
    height: int
    invented: bool
    ground: Ground | None


def picture(rows: Sequence[DrawnVillage]) -> Picture | None:
    """None where a village has no point or no area yet."""
    points = {row.place_id: row for row in Position.objects.filter(place__in=[row.village_id for row in rows])}
    if not rows or len(points) < len(rows) or any(row.drawn is None for row in rows):
        return None
    north = max(point.latitude_e7 for point in points.values())
    west = min(point.longitude_e7 for point in points.values())
    narrow = cos(radians(north / 1e7))
    across = {key: (point.longitude_e7 - west) * narrow for key, point in points.items()}
    down = {key: north - point.latitude_e7 for key, point in points.items()}
    wide, tall = max(across.values()) or 1.0, max(down.values()) or 1.0
    scale = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / tall)
    dots = tuple(_dot(row, EDGE + across[row.village_id] * scale, EDGE + down[row.village_id] * scale) for row in rows)
    height = int(tall * scale) + 2 * EDGE
    spots = [
        Spot(row.village_id, dot.label, number=str(dot.number), shade=f"p{dot.series}{' moves' if dot.moves else ''}")
        for row, dot in zip(rows, dots, strict=True)
    ]
    return Picture(dots, WIDTH, height, any(point.invented for point in points.values()), ground_under(spots))


def _dot(row: DrawnVillage, x: float, y: float) -> Dot:
    assert row.drawn is not None
    number = row.drawn.number
    moves = row.drawn.area_id is None or row.drawn.area_id != row.area_before_id
    return Dot(f"{x:.1f}", f"{y:.1f}", number, (number - 1) % SERIES + 1, f"{row.village} · {row.drawn}", moves)
