"""Where a case is: a small schematic of its town's villages with its own one marked. Not a map, and called none."""

from __future__ import annotations

from dataclasses import dataclass

from cunlian.desk.maps.ground import Ground, Spot, ground_under
from cunlian.kernel.access import Actor
from cunlian.places.models import Place
from cunlian.places.sketch import Cell, sketch

WIDTH = 292
LEAST = 5


@dataclass(frozen=True)
class Shape:
    points: str
    here: bool


@dataclass(frozen=True)
class Picture:
    """``label_x``, ``label_y``: where the village's name goes. ``ground``: the map to lie on, where the county has one."""

    shapes: tuple[Shape, ...]
    height: int
    label_x: int
    label_y: int
    ground: Ground | None


def schematic(village: Place, actor: Actor) -> Picture | None:
    """None where the town has too few villages to show one among them."""
    if village.parent is None:
        return None
    cells = sketch(Place.objects.visible_to(actor).current().within(village.parent).villages())
    here = next((cell for cell in cells.cells if cell.place_id == village.pk), None)
    if here is None or len(cells.cells) < LEAST:
        return None
    height = int(WIDTH * cells.ratio)
    shapes = tuple(Shape(_points(cell, height), cell is here) for cell in cells.cells)
    spots = [Spot(cell.place_id, cell.label, here=cell is here) for cell in cells.cells]
    label_x, label_y = int(here.centre[0] * WIDTH), int(here.centre[1] * height) + 4
    return Picture(shapes, height, label_x, label_y, ground_under(spots))


def _points(cell: Cell, height: int) -> str:
    return " ".join(f"{x * WIDTH:.1f},{y * height:.1f}" for x, y in cell.points)
