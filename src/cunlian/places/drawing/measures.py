"""What a drawing is worth, beside today's areas: households, hollow villages and distance of each area, spread of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cunlian.places.models import AreaDrawing, DrawnVillage, Place
from cunlian.places.ways import table


@dataclass(frozen=True)
class Line:
    """One area. ``far``: of all villages to the one in the middle, in the unit of the drawing's way, None where a distance
    is not known; ``middle``: that village. ``key``: of the area or drawn area, None for villages in none."""

    key: UUID | None
    name: str
    villages: int
    households: int
    hollow: int
    far: int | None
    middle: Place | None


@dataclass(frozen=True)
class Measures:
    """``spread``: households of the largest area less those of the smallest; ``off``: by how many per cent of the mean the
    area furthest from it differs; ``hollow``: the fewest and the most hollow villages of an area."""

    lines: tuple[Line, ...]
    spread: int
    off: int
    hollow: tuple[int, int]
    far: int | None


def measured(drawing: AreaDrawing, rows: Sequence[DrawnVillage]) -> tuple[Measures, Measures]:
    """Today's areas and the drawn ones, of the same villages with the same numbers."""
    before: dict[tuple[str, UUID | None], list[DrawnVillage]] = {}
    after: dict[tuple[str, UUID | None], list[DrawnVillage]] = {}
    numbers: dict[UUID | None, int] = {}
    for row in rows:
        before.setdefault((str(row.area_before or ""), row.area_before_id), []).append(row)
        after.setdefault((str(row.drawn or ""), row.drawn_id), []).append(row)
        numbers[row.drawn_id] = row.drawn.number if row.drawn else 0
    of_today = sorted(before, key=lambda key: (key[1] is None, str(key[1])))
    drawn = sorted(after, key=lambda key: numbers[key[1]])
    return _whole(drawing, before, of_today), _whole(drawing, after, drawn)


def _whole(
    drawing: AreaDrawing,
    areas: Mapping[tuple[str, UUID | None], list[DrawnVillage]],
    order: list[tuple[str, UUID | None]],
) -> Measures:
    lines = tuple(_line(drawing, key, areas[key]) for key in order)
    within = [line for line in lines if line.key]
    homes, hollow = [line.households for line in within] or [0], [line.hollow for line in within] or [0]
    count, whole = len(homes), sum(homes)
    furthest = max(abs(one * count - whole) for one in homes)
    fars = [line.far for line in within]
    far = None if None in fars else sum(one for one in fars if one is not None)
    return Measures(
        lines, max(homes) - min(homes), (200 * furthest + whole) // (2 * whole) if whole else 0,
        (min(hollow), max(hollow)), far,
    )  # fmt: skip


def _line(drawing: AreaDrawing, key: tuple[str, UUID | None], rows: list[DrawnVillage]) -> Line:
    name, pk = key
    homes = sum(row.households or 0 for row in rows)
    hollow = sum(row.hollow is not None and row.hollow >= drawing.hollow_from for row in rows)
    far, middle = None, None
    if pk is not None:
        places = [row.village for row in rows]
        lines = table(drawing.way, places, places)
        sums = [None if None in column else sum(filter(None, column)) for column in zip(*lines, strict=True)]
        known = [(total, place.code, place) for total, place in zip(sums, places, strict=True) if total is not None]
        if known:
            far, _code, middle = min(known, key=lambda one: one[:2])
    return Line(pk, name, len(rows), homes, hollow, far, middle)
