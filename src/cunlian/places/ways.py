"""How far the places of a set are from one another, on one basis for all of them, so that sums can be compared.

``distance.distance`` takes the best that is known of each pair; this takes the same of every pair, or None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from uuid import UUID

from django.db.models import Q

from cunlian.places.distance import kilometres
from cunlian.places.models import Border, Place, Position, RoadMinutes, Way

Table = list[list[int | None]]
Graph = dict[UUID, dict[UUID, int]]


def table(way: str, starts: Sequence[Place], ends: Sequence[Place]) -> Table:
    """From each of ``starts`` to each of ``ends``: metres between points; minutes along the road times entered, over other
    places where no direct one is known; or borders crossed. None where nothing leads there."""
    if way == Way.POINTS:
        return _by_points(starts, ends)
    graph = roads() if way == Way.MINUTES else neighbours()
    found = []
    for start in starts:
        reached = _reached(start.pk, graph)
        found.append([reached.get(end.pk) for end in ends])
    return found


def _by_points(starts: Sequence[Place], ends: Sequence[Place]) -> Table:
    keys = {place.pk for place in (*starts, *ends)}
    points = {row.place_id: row for row in Position.objects.filter(place__in=keys)}

    def metres(one: Place, other: Place) -> int | None:
        if one.pk == other.pk:
            return 0
        here, there = points.get(one.pk), points.get(other.pk)
        return round(kilometres(here, there) * 1000) if here and there else None

    return [[metres(start, end) for end in ends] for start in starts]


def roads() -> Graph:
    """Minutes from place to place. A time counts both ways unless the way back is entered too."""
    graph: Graph = defaultdict(dict)
    for start, end, minutes in RoadMinutes.objects.values_list("from_place_id", "to_place_id", "minutes"):
        graph[start][end] = minutes
        graph[end].setdefault(start, minutes)
    for start, end, minutes in RoadMinutes.objects.values_list("from_place_id", "to_place_id", "minutes"):
        graph[start][end] = minutes
    return graph


def neighbours(among: Iterable[Place] | None = None) -> Graph:
    """Which places touch which, one step each; of ``among`` only, when given."""
    rows = Border.objects.all()
    if among is not None:
        keys = [place.pk for place in among]
        rows = rows.filter(Q(one__in=keys) & Q(other__in=keys))
    graph: Graph = defaultdict(dict)
    for one, other in rows.values_list("one_id", "other_id"):
        graph[one][other] = graph[other][one] = 1
    return graph


def _reached(start: UUID, graph: Graph) -> dict[UUID, int]:
    """The shortest way from ``start`` to whatever can be reached (Dijkstra)."""
    found: dict[UUID, int] = {}
    waiting = [(0, start)]
    while waiting:
        far, here = heappop(waiting)
        if here in found:
            continue
        found[here] = far
        for there, step in graph.get(here, {}).items():
            if there not in found:
                heappush(waiting, (far + step, there))
    return found
