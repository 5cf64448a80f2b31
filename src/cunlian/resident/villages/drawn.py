"""The schematic residents choose a place on: the district as a whole, then one part of it with names large enough to press."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from cunlian.places.models import PlaceQuerySet
from cunlian.places.sketch import Cell, Sketch, sketch
from cunlian.resident.villages.names import names_of

WIDTH = 720
MOST = 16
"""Villages whose names can be read beside one another on a phone; of more, a part is chosen first."""


@dataclass(frozen=True)
class Shape:
    """A village: its corners as SVG wants them, where its name goes, and where it leads."""

    points: str
    x: int
    y: int
    name: str
    url: str


@dataclass(frozen=True)
class Label:
    x: int
    y: int
    name: str


@dataclass(frozen=True)
class Drawn:
    """``part``: cells bear their names and lead to the form; else they lead to their part, and ``labels`` name the areas.
    ``invented``: demo points."""

    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    height: int
    part: bool
    invented: bool


def drawn(villages: PlaceQuerySet, near: str = "") -> Drawn:
    """All ``villages``, or, where they are many and ``near`` is the code of one, those of its part of the district."""
    listed = list(villages.select_related("parent").order_by("code"))
    names, whole = names_of(listed), sketch(listed)
    here = next((cell for cell in whole.cells if cell.code == near), None)
    if here is not None and len(listed) > MOST:
        kept = {cell.place_id for cell in _part(whole.cells, here)}
        whole = sketch(place for place in listed if place.pk in kept)
    part = here is not None or len(listed) <= MOST
    height = int(WIDTH * whole.ratio)
    shapes = tuple(_shape(cell, names[cell.place_id], height, part) for cell in whole.cells)
    labels = () if part else _labels(whole, height)
    return Drawn(shapes, labels, height, part, whole.invented)


def _labels(whole: Sketch, height: int) -> tuple[Label, ...]:
    """The name of each area in the middle of its cells."""
    found = []
    for key, name in whole.groups:
        centres = [cell.centre for cell in whole.cells if cell.area_id == key]
        if centres:
            x, y = (sum(values) / len(centres) for values in zip(*centres, strict=True))
            found.append(Label(int(x * WIDTH), int(y * height) + 8, name))
    return tuple(found)


def _part(cells: tuple[Cell, ...], here: Cell) -> list[Cell]:
    """Those of the same area that lie nearest, as many as can be read; the village itself among them."""

    def apart(cell: Cell) -> tuple[bool, float, str]:
        far = (cell.centre[0] - here.centre[0]) ** 2 + (cell.centre[1] - here.centre[1]) ** 2
        return cell.area_id != here.area_id, far, cell.code

    return sorted(cells, key=apart)[:MOST]


def _shape(cell: Cell, name: str, height: int, part: bool) -> Shape:
    corners = " ".join(f"{x * WIDTH:.1f},{y * height:.1f}" for x, y in cell.points)
    url = f"{reverse('resident:report')}?village={cell.code}" if part else f"?near={cell.code}"
    return Shape(corners, int(cell.centre[0] * WIDTH), int(cell.centre[1] * height) + 8, name, url)
