"""The arithmetic of sharing out: objects to posts, every object to exactly one. No table is read here.

First the loads are as even as they can be (the sum of their squares is the smallest there is, so they differ by one at most
wherever ceilings, fixed and forbidden pairs leave room for it); among all such ways the sum of costs is the smallest. That is
one flow of least cost (OR-Tools), solved whole: what comes out is always the best there is, and always the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

MOST_ARCS: Final = 2_000_000
"""Pairs and units of load in one flow; some ten seconds and one gigabyte."""
Pair = tuple[int, int]


@dataclass(frozen=True)
class Task:
    """``cost[o][p]``: of object o with post p, not negative. ``fixed``: the post of an object, said by a person. ``ceilings``:
    the most objects of each post, None: no ceiling."""

    cost: tuple[tuple[int, ...], ...]
    ceilings: tuple[int | None, ...]
    barred: frozenset[Pair] = frozenset()
    fixed: frozenset[Pair] = frozenset()

    @property
    def allowed(self) -> list[list[int]]:
        """The posts that may take each object, in order."""
        held = dict(self.fixed)
        return [
            [p for p in range(len(self.ceilings)) if (o, p) not in self.barred and held.get(o, p) == p]
            for o in range(len(self.cost))
        ]


@dataclass(frozen=True)
class Shared:
    """``post``: of each object; ``loads``: of each post; ``cost``: their sum."""

    post: tuple[int, ...]
    loads: tuple[int, ...]
    cost: int


class NotAll(Exception):
    """Not every object can be taken. ``nobody``: objects no post may take; else ``left``: those for which there is no room
    under the ceilings, whoever takes the others."""

    def __init__(self, nobody: Sequence[int] = (), left: Sequence[int] = ()) -> None:
        super().__init__(list(nobody), list(left))
        self.nobody, self.left = list(nobody), list(left)


class TooMany(Exception):
    """More pairs than one flow is built for."""


def share(task: Task) -> Shared:
    """Who takes what. NotAll when there is no way."""
    objects, posts = len(task.cost), len(task.ceilings)
    allowed = task.allowed
    if nobody := [o for o, may in enumerate(allowed) if not may]:
        raise NotAll(nobody=nobody)
    rooms = [objects if ceiling is None else min(ceiling, objects) for ceiling in task.ceilings]
    if sum(map(len, allowed)) + sum(rooms) > MOST_ARCS:
        raise TooMany
    heavy = 1 + sum(max(row) for row in task.cost)
    flow = SimpleMinCostFlow()
    arcs = {
        flow.add_arc_with_capacity_and_unit_cost(o, objects + p, 1, task.cost[o][p]): (o, p)
        for o, may in enumerate(allowed)
        for p in may
    }
    sink = objects + posts
    for p, room in enumerate(rooms):
        for unit in range(room):
            flow.add_arc_with_capacity_and_unit_cost(objects + p, sink, 1, heavy * unit)
    for o in range(objects):
        flow.set_node_supply(o, 1)
    flow.set_node_supply(sink, -objects)
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise TooMany
    taken = dict(pair for arc, pair in arcs.items() if flow.flow(arc))
    if left := [o for o in range(objects) if o not in taken]:
        raise NotAll(left=left)
    post = tuple(taken[o] for o in range(objects))
    loads = tuple(sum(p == mine for p in post) for mine in range(posts))
    return Shared(post, loads, sum(task.cost[o][p] for o, p in enumerate(post)))
