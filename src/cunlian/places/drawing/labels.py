"""Which area of a drawing goes on as which of today's, so that as few villages as possible change theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ortools.graph.python import linear_sum_assignment

from cunlian.places.models import Area


class Label(NamedTuple):
    """``area`` None: a new one, without a name yet."""

    area: Area | None
    name: str


def label(centre: Sequence[int], today: Sequence[Area | None]) -> dict[int, Label]:
    """For the centre of each area, today's area it goes on as: each of today's at most once, the villages that stay the most
    there can be. An area that keeps none of a village is new."""
    centres = sorted(set(centre))
    areas = sorted({area.pk: area for area in today if area}.values(), key=lambda area: (area.name, area.pk))
    shared = Counter((j, area.pk) for j, area in zip(centre, today, strict=True) if area)
    size = max(len(centres), len(areas))
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    for left in range(size):
        for right in range(size):
            both = left < len(centres) and right < len(areas)
            solver.add_arc_with_cost(left, right, -shared[centres[left], areas[right].pk] if both else 0)
    solver.solve()
    found = {}
    for left, j in enumerate(centres):
        right = solver.right_mate(left)
        area = areas[right] if right < len(areas) and shared[j, areas[right].pk] else None
        found[j] = Label(area, area.name if area else "")
    return found
