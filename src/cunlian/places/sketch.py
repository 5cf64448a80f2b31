"""A schematic of places as a honeycomb: plain data that pages draw as SVG and call schematic, not the true boundary.

Deterministic: the same places give the same picture. Where every place has a point, each takes the free cell nearest to
it, in order of code; otherwise cells are filled in a snake, group after group, so that a group stays together. Nothing
here is a border: no map review is needed, and no foreign tiles are fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, cos, pi, radians, sin, sqrt
from uuid import UUID

from cunlian.kernel import clock
from cunlian.places.models import Area, AreaMembership, Place, Position, on

HEIGHT = sqrt(3) / 2
"""Of a row of pointed hexagons, when a cell is 1 wide."""
SPARE = 1.6
"""Cells per place where points decide: room for the shape of the district to show."""
Corner = tuple[float, float]
Slot = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """One place. ``points``: corners in 0–1 of width and height; ``area_id``: its area, else its town."""

    place_id: UUID
    code: str
    label: str
    area_id: UUID | None
    points: tuple[Corner, ...]
    centre: Corner


@dataclass(frozen=True)
class Sketch:
    """``ratio``: height by width. ``by_points``: cells lie roughly where the places do. ``invented``: demo points."""

    cells: tuple[Cell, ...]
    groups: tuple[tuple[UUID, str], ...]
    ratio: float
    by_points: bool
    invented: bool


def sketch(places: Iterable[Place], *, day: date | None = None, kind: str = Area.AreaKind.MANAGEMENT) -> Sketch:
    """A schematic of ``places`` by their area of ``kind`` on ``day`` (today), else by the place above them."""
    listed = sorted(places, key=lambda place: place.code)
    if not listed:
        return Sketch((), (), 1.0, False, False)
    groups, names = _grouped(listed, day or clock.today(), kind)
    positions = {row.place_id: row for row in Position.objects.filter(place__in=[place.pk for place in listed])}
    by_points = len(positions) == len(listed)
    slots = _by_points(listed, positions) if by_points else _snake(listed, groups, names)
    shown = tuple((key, name) for key, name in names.items())
    invented = by_points and any(row.invented for row in positions.values())
    cells, ratio = _cells(listed, slots, groups)
    return Sketch(cells, shown, ratio, by_points, invented)


def _grouped(places: Sequence[Place], day: date, kind: str) -> tuple[dict[UUID, UUID | None], dict[UUID, str]]:
    """Group of each place, and the groups' names in order: areas by name, then towns by code."""
    members = AreaMembership.objects.filter(
        on(day), on(day, "area__"), area__area_kind=kind, place__in=[place.pk for place in places]
    )
    rows = members.order_by("area__starts_on", "area__name", "area_id").values_list("place_id", "area_id", "area__name")
    group: dict[UUID, UUID | None] = {}
    names: dict[UUID, str] = {}
    for place_id, area_id, name in rows:
        group.setdefault(place_id, area_id)
        names.setdefault(area_id, name)
    parents = {place.pk: place.parent_id for place in places if place.pk not in group}
    keys = {key for key in parents.values() if key is not None}
    above = Place.objects.filter(pk__in=keys).order_by("code")
    names.update({place.pk: place.short_name for place in above})
    return {**parents, **group}, names


def _snake(places: Sequence[Place], groups: Mapping[UUID, UUID | None], names: Mapping[UUID, str]) -> dict[UUID, Slot]:
    """Cells in strips three rows high, up and down along each strip, so that neighbours in the order touch."""
    order = {key: index for index, key in enumerate(names)}

    def rank(place: Place) -> tuple[int, str]:
        group = groups.get(place.pk)
        return (order[group] if group in order else len(order), place.code)

    high = 3
    columns = max(1, ceil(sqrt(len(places) * 1.3)))
    slots = {}
    for index, place in enumerate(sorted(places, key=rank)):
        strip, rest = divmod(index, high * columns)
        along, down = divmod(rest, high)
        column = along if strip % 2 == 0 else columns - 1 - along
        row = down if along % 2 == 0 else high - 1 - down
        slots[place.pk] = (column, strip * high + row)
    return slots


def _by_points(places: Sequence[Place], positions: Mapping[UUID, Position]) -> dict[UUID, Slot]:
    """Each place, in order of code, in the free cell nearest to its point."""
    across, down = _flattened(places, positions)
    wide, tall = max(across.values()) or 1.0, max(down.values()) or 1.0
    wanted = len(places) * SPARE
    columns = max(1, ceil(sqrt(wanted * wide / tall)))
    rows = max(1, ceil(wanted / columns))
    free = {(column, row) for column in range(columns) for row in range(rows)}
    slots = {}
    for place in places:
        at = (across[place.pk] / wide * (columns - 1), down[place.pk] / tall * (rows - 1))
        nearest = min(free, key=lambda slot: (_apart(slot, at), slot))
        free.remove(nearest)
        slots[place.pk] = nearest
    return slots


def _flattened(
    places: Sequence[Place], positions: Mapping[UUID, Position]
) -> tuple[dict[UUID, float], dict[UUID, float]]:
    """Points as distances from the north-west corner, a degree of longitude shortened by its latitude."""
    west = min(row.longitude_e7 for row in positions.values())
    north = max(row.latitude_e7 for row in positions.values())
    narrow = cos(radians(north / 1e7))
    across = {place.pk: (positions[place.pk].longitude_e7 - west) * narrow for place in places}
    down = {place.pk: float(north - positions[place.pk].latitude_e7) for place in places}
    return across, down


def _apart(slot: Slot, at: Corner) -> float:
    column, row = slot
    return round((column + row % 2 / 2 - at[0]) ** 2 + (row - at[1]) ** 2, 9)


def _cells(
    places: Sequence[Place], slots: Mapping[UUID, Slot], groups: Mapping[UUID, UUID | None]
) -> tuple[tuple[Cell, ...], float]:
    """Corners in 0–1 of width and height, and the ratio of the two."""
    left, top = min(slot[0] for slot in slots.values()), min(slot[1] for slot in slots.values())
    centres = {
        key: (column - left + row % 2 / 2 + 0.5, (row - top) * HEIGHT + 1 / sqrt(3))
        for key, (column, row) in slots.items()
    }
    width = max(x for x, _y in centres.values()) + 0.5
    height = max(y for _x, y in centres.values()) + 1 / sqrt(3)
    ring = [(sin(pi / 3 * turn) / sqrt(3), cos(pi / 3 * turn) / sqrt(3)) for turn in range(6)]
    cells = []
    for place in places:
        x, y = centres[place.pk]
        corners = tuple((round((x + dx) / width, 5), round((y + dy) / height, 5)) for dx, dy in ring)
        centre = (round(x / width, 5), round(y / height, 5))
        cells.append(Cell(place.pk, place.code, place.short_name, groups.get(place.pk), corners, centre))
    return tuple(cells), round(height / width, 5)
