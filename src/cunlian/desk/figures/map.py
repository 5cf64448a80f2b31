"""The schematic of the district's villages, shaded by how many wait for an answer. Called schematic: no borders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from cunlian.desk.maps.ground import Ground, Spot, ground_under
from cunlian.places.models import Place
from cunlian.places.sketch import sketch

WIDTH = 760
CELL = 96  # a cell is never wider: two villages do not fill the page
CLASSES = (0, 1, 2, 4)  # upper limits of the shades s0 … s3; above: s4


@dataclass(frozen=True)
class Shape:
    """A village: corners as SVG wants them, where its name goes, its shade and number, and where it leads."""

    points: str
    x: str
    y: str
    label: str
    shade: str
    number: int
    url: str


@dataclass(frozen=True)
class Picture:
    """``ground``: the map to lie on, where the county has one."""

    shapes: tuple[Shape, ...]
    width: int
    height: int
    invented: bool
    ground: Ground | None


def _shade(number: int) -> str:
    return next((f"s{n}" for n, limit in enumerate(CLASSES) if number <= limit), "s4")


def picture(villages: QuerySet[Place], waiting: dict[str, int], address: Callable[[str], str]) -> Picture:
    """The sketch of ``villages`` with ``waiting`` open requests by village code; ``address`` of a code is where it leads."""
    drawn = sketch(villages)
    cells = [max(x for x, _y in cell.points) - min(x for x, _y in cell.points) for cell in drawn.cells]
    width = min(WIDTH, int(CELL / max(cells))) if cells else WIDTH
    height = int(width * drawn.ratio)

    def at(corner: tuple[float, float]) -> str:
        return f"{corner[0] * width:.1f},{corner[1] * height:.1f}"

    shapes = tuple(
        Shape(
            " ".join(at(corner) for corner in cell.points), f"{cell.centre[0] * width:.1f}",
            f"{cell.centre[1] * height + 4:.1f}", cell.label, _shade(waiting.get(cell.code, 0)),
            waiting.get(cell.code, 0), address(cell.code),
        )
        for cell in drawn.cells
    )  # fmt: skip
    spots = [
        Spot(cell.place_id, f"{shape.label} {shape.number or ''}".strip(), shape.url, shade=shape.shade)
        for cell, shape in zip(drawn.cells, shapes, strict=True)
    ]
    return Picture(shapes, width, height, drawn.invented, ground_under(spots))
