"""A plain drawing of the points that are known, on which somebody points at where another village lies.

The drawing holds dots and nothing else: no borders, no tiles. What is pointed at is as exact as a finger, and the point
says so by its accuracy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, cos, log10, radians

from cunlian.places.models import Position
from cunlian.places.models.position import E7

METRES_PER_DEGREE = 111_320
MARGIN = 0.15
"""Of the drawing on each side: a village may lie outside those that are known."""
LEAST = 0.02
"""Degrees from end to end at least, some two kilometres: two villages side by side leave room around them."""
FINGER = 0.02
"""Of the width: what a finger or an eye is off by."""


@dataclass(frozen=True)
class Frame:
    """What the drawing covers, in degrees. ``ratio``: its height by its width, as the land has it."""

    west: float
    north: float
    wide: float
    tall: float

    @property
    def ratio(self) -> float:
        return self.tall / (self.wide * cos(radians(self.north)))

    @property
    def accuracy_m(self) -> int:
        """Metres, rounded up to one digit: it claims no more than it can."""
        exact = self.wide * cos(radians(self.north)) * METRES_PER_DEGREE * FINGER
        digit: int = 10 ** int(log10(max(exact, 1)))
        return ceil(exact / digit) * digit

    def point(self, across: float, down: float) -> tuple[int, int]:
        """Latitude and longitude in ten-millionths for a spot, in shares of width and height."""
        return round((self.north - down * self.tall) * E7), round((self.west + across * self.wide) * E7)

    def spot(self, latitude_e7: int, longitude_e7: int) -> tuple[float, float]:
        return (longitude_e7 / E7 - self.west) / self.wide, (self.north - latitude_e7 / E7) / self.tall


def frame_of(points: Iterable[Position]) -> Frame | None:
    """The frame around ``points``; None where there are not two in different places to tell directions by."""
    spots = {(row.latitude_e7 / E7, row.longitude_e7 / E7) for row in points}
    if len(spots) < 2:
        return None
    north, south = max(a for a, _b in spots), min(a for a, _b in spots)
    west, east = min(b for _a, b in spots), max(b for _a, b in spots)
    across, down = max(east - west, LEAST), max(north - south, LEAST)
    wide, tall = across * (1 + 2 * MARGIN), down * (1 + 2 * MARGIN)
    middle = ((north + south) / 2, (west + east) / 2)
    return Frame(middle[1] - wide / 2, middle[0] + tall / 2, wide, tall)
