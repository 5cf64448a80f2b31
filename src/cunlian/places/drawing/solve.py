"""The arithmetic of drawing areas: villages in, areas out. No table is read here.

Every area has a centre, one of its villages. What is made small is the sum of

* the distances of all villages to the centre of their area, in the unit of the table (metres, minutes, steps);
* for each area, what its households differ from the mean beyond ``tolerance`` per cent, and by how many its hollow
  villages are more than their share rounded up or fewer than it rounded down. A per cent of the mean of households, or a
  hollow village, weighs as much as ten villages put one mean distance further off: given up only where it must be.

Fixed pairs are kept without exception. Where borders are known every village reaches its centre over villages of its own
area by a way that is shortest of all, so that an area is never in two pieces.

Up to ``EXACT`` villages the whole is solved (OR-Tools CP-SAT). Above, centres come from three starts (today's areas, the
multipliers of the bound, villages far apart), are moved while that helps, and the best is bettered among the villages
around its centres; ``bound`` is then the Lagrangian bound of the distances alone, which is never too high. One worker, a
fixed seed and limits in CP-SAT's own count of work instead of seconds: the same villages give the same areas anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

EXACT: Final = 40
AROUND: Final = 4
"""Villages around each centre among which the best is looked for at the end."""
TEN: Final = 10
NEAREST: Final = 6
"""Centres a village may go to above ``EXACT``: those nearest to it."""
WORK: Final = 4.0
ROUGH: Final = 0.4
"""CP-SAT's deterministic time of the last solve, and of each on the way to it: some seconds, part of one."""
SECONDS: Final = 120.0
"""No solve runs longer, however slow the machine."""
ROUNDS: Final = 4
Pair = tuple[int, int]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Task:
    """``far[i][j]``: from village i to j as its centre. ``touching``: who touches whom, empty when borders are not known.
    ``today``: the area of each village as a number, -1 for none; where a start is looked for, nothing more."""

    areas: int
    households: tuple[int, ...]
    hollow: tuple[bool, ...]
    far: tuple[tuple[int, ...], ...]
    tolerance: int = 10
    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    touching: tuple[frozenset[int], ...] = ()
    today: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return len(self.households)

    @property
    def mean_far(self) -> int:
        """Of two different villages, at least 1."""
        pairs = self.size * (self.size - 1)
        return max(1, sum(map(sum, self.far)) // pairs) if pairs else 1

    @property
    def band(self) -> Pair:
        """Households an area may have without a cost, the mean by ``tolerance`` per cent, in whole households."""
        whole, parts = sum(self.households), 100 * self.areas
        return -(-whole * (100 - self.tolerance) // parts), whole * (100 + self.tolerance) // parts

    @property
    def share(self) -> Pair:
        """Hollow villages an area may have without a cost."""
        count = sum(self.hollow)
        return count // self.areas, -(-count // self.areas)

    @property
    def price(self) -> Pair:
        """Of a household beyond the band, of a hollow village beyond the share."""
        whole = max(1, sum(self.households))
        return max(1, TEN * self.mean_far * 100 * self.areas // whole), TEN * self.mean_far


@dataclass(frozen=True)
class Drawn:
    """``centre``: the centre of each village. No drawing costs less than ``bound``; ``proved``: nor less than ``cost``."""

    centre: tuple[int, ...]
    cost: int
    bound: int
    proved: bool


class NoDrawing(Exception):
    """There is none with these pairs and borders; or, ``late``, none was found in the time there is."""

    def __init__(self, *, late: bool = False) -> None:
        super().__init__(late)
        self.late = late


@dataclass
class _Found:
    centre: tuple[int, ...]
    cost: int
    bound: int
    proved: bool = False


def _quiet(done: int, total: int) -> None:
    return None


def cost_of(task: Task, centre: Sequence[int]) -> int:
    """What a drawing costs; pairs and borders are not looked at."""
    (low, high), (few, many), (household, empty) = task.band, task.share, task.price
    total = sum(task.far[i][j] for i, j in enumerate(centre))
    for middle in set(centre):
        inside = [i for i, j in enumerate(centre) if j == middle]
        homes, hollow = sum(task.households[i] for i in inside), sum(task.hollow[i] for i in inside)
        total += household * (max(0, low - homes) + max(0, homes - high))
        total += empty * (max(0, few - hollow) + max(0, hollow - many))
    return total


def draw(task: Task, progress: Progress = _quiet, work: float = WORK) -> Drawn:
    """Areas for ``task``. NoDrawing when there are none. ``work``: how long the last solve may look."""
    if task.size <= EXACT:
        found = _solve(task, range(task.size), work=work)
        progress(1, 1)
        return Drawn(found.centre, found.cost, found.bound, found.proved)
    bound, centres = lagrange(task)
    starts = [start for start in (_of_today(task), _distinct(task, centres), _spread(task)) if start]
    best: _Found | None = None
    for number, start in enumerate(starts):
        progress(number, len(starts) + 1)
        try:
            found = _settle(task, start)
        except NoDrawing:
            continue
        best = found if best is None or found.cost < best.cost else best
    progress(len(starts), len(starts) + 1)
    found = _bettered(task, best, work) if best else _solve(task, range(task.size), work=work)
    return Drawn(found.centre, found.cost, bound, found.cost <= bound)


def _bettered(task: Task, best: _Found, work: float) -> _Found:
    try:
        found = _solve(task, _around(task, set(best.centre)), hint=best.centre, near=2 * NEAREST, work=work)
    except NoDrawing:
        return best
    return found if found.cost < best.cost else best


def _settle(task: Task, start: Iterable[int]) -> _Found:
    """From these centres: share out, move each centre to the middle of its area, again while that makes it less."""
    best = _solve(task, start, near=NEAREST)
    for _round in range(ROUNDS):
        moved = [_middle(task, [i for i, j in enumerate(best.centre) if j == old]) for old in sorted(set(best.centre))]
        if set(moved) == set(best.centre):
            break
        try:
            found = _solve(task, moved, near=NEAREST, hint=best.centre)
        except NoDrawing:
            break
        if found.cost >= best.cost:
            break
        best = found
    return best


def _middle(task: Task, inside: Sequence[int]) -> int:
    return min(inside, key=lambda j: (sum(task.far[i][j] for i in inside), j))


def _around(task: Task, centres: set[int]) -> list[int]:
    """The centres and the villages nearest to each."""
    near = set(centres)
    for j in centres:
        near.update(sorted(range(task.size), key=lambda i: (task.far[i][j], i))[:AROUND])
    return sorted(near)


def groups_of(size: int, pairs: Iterable[Pair]) -> list[int]:
    """A number for each village, the same for those that must be together."""
    group = list(range(size))
    for one, other in sorted(pairs):
        old, new = group[other], group[one]
        group = [new if mark == old else mark for mark in group]
    return group


def _distinct(task: Task, wanted: Iterable[int]) -> list[int]:
    """The first ``areas`` of ``wanted`` that need not be together."""
    group, taken = groups_of(task.size, task.together), dict[int, int]()
    for village in wanted:
        taken.setdefault(group[village], village)
        if len(taken) == task.areas:
            return sorted(taken.values())
    return []


def _of_today(task: Task) -> list[int]:
    """The middles of today's areas, largest first, where there are enough of them."""
    inside: dict[int, list[int]] = {}
    for village, area in enumerate(task.today):
        if area >= 0:
            inside.setdefault(area, []).append(village)
    order = sorted(inside.values(), key=lambda villages: (-len(villages), villages))
    return _distinct(task, [_middle(task, villages) for villages in order])


def _spread(task: Task) -> list[int]:
    """The middle of all, then always the village farthest from those taken."""
    order = [_middle(task, range(task.size))]
    near = [task.far[i][order[0]] for i in range(task.size)]
    while len(order) < task.size:
        order.append(max((i for i in range(task.size) if i not in order), key=lambda i: (near[i], -i)))
        near = [min(known, task.far[i][order[-1]]) for i, known in enumerate(near)]
    return _distinct(task, order)


def lagrange(task: Task, rounds: int = 200) -> tuple[int, list[int]]:
    """A bound on the sum of distances below which no choice of centres comes, and all villages, the likeliest centres first
    (each village's demand to have one centre is priced; subgradient steps)."""
    import numpy as np

    far: Any = np.array(task.far, dtype=float)
    price: Any = np.partition(far, min(1, task.size - 1), axis=1)[:, min(1, task.size - 1)].copy()
    best, order, step = 0.0, np.arange(task.size), 1.0
    target = far.min(axis=1).sum() + task.mean_far * task.size
    for _round in range(rounds):
        gain: Any = np.minimum(0, far - price[:, None])
        worth: Any = gain.sum(axis=0)
        chosen: Any = np.argsort(worth, kind="stable")
        value = float(price.sum() + worth[chosen[: task.areas]].sum())
        if value > best:
            best, order = value, chosen
        else:
            step *= 0.97
        slack: Any = 1 - (gain[:, chosen[: task.areas]] < 0).sum(axis=1)
        length = float((slack**2).sum())
        if length == 0:
            break
        price = price + step * max(target - value, 1.0) / length * slack
    return int(best), [int(i) for i in order]


@dataclass
class _Model:
    """Villages × candidate centres as CP-SAT has it. ``held[i, j]``: village i is in the area of centre j."""

    task: Task
    candidates: list[int]
    near: int
    cp: Any
    held: dict[Pair, Any] = field(default_factory=dict)
    costs: list[Any] = field(default_factory=list)

    def build(self) -> None:
        task, cp = self.task, self.cp
        self.held = {(i, j): cp.new_bool_var("") for i, within in enumerate(self._within()) for j in within}
        cp.add(sum(self.held[j, j] for j in self.candidates) == task.areas)
        for i in range(task.size):
            cp.add_exactly_one(here for j in self.candidates if (here := self.held.get((i, j))) is not None)
        for (i, j), here in self.held.items():
            if i != j:
                cp.add_implication(here, self.held[j, j])
        for j in self.candidates:
            self._pairs(j)
            self._balance(j)
            if task.touching:
                self._whole(j)
        distances = sum(task.far[i][j] * here for (i, j), here in self.held.items())
        cp.minimize(distances + sum(self.costs))

    def _within(self) -> list[list[int]]:
        """The candidates each village may go to, in order; those of a group that must be together are the same."""
        group = groups_of(self.task.size, self.task.together)
        allowed: dict[int, set[int]] = {}
        for i, mark in enumerate(group):
            order = sorted(self.candidates, key=lambda j: (self.task.far[i][j], j))
            allowed.setdefault(mark, set()).update(order[: self.near])
        for j in self.candidates:
            allowed[group[j]].add(j)
        return [sorted(allowed[mark]) for mark in group]

    def _pairs(self, j: int) -> None:
        for one, other in self.task.together:
            if (one, j) in self.held:
                self.cp.add(self.held[one, j] == self.held[other, j])
        for one, other in self.task.apart:
            if (one, j) in self.held and (other, j) in self.held:
                self.cp.add_at_most_one(self.held[one, j], self.held[other, j])

    def _balance(self, j: int) -> None:
        task = self.task
        for weights, (low, high), price in zip(
            (task.households, task.hollow), (task.band, task.share), task.price, strict=True
        ):
            whole = sum(weights)
            there = sum(
                int(weight) * self.held[i, j] for i, weight in enumerate(weights) if weight and (i, j) in self.held
            )
            over, under = self.cp.new_int_var(0, whole, ""), self.cp.new_int_var(0, whole, "")
            self.cp.add(there - over <= high * self.held[j, j])
            self.cp.add(there + under >= low * self.held[j, j])
            self.costs.append(price * (over + under))

    def _whole(self, j: int) -> None:
        """Each village of the area has a neighbour in it that is a step nearer to the centre."""
        steps = steps_from(j, self.task.touching)
        for i in range(self.task.size):
            if i == j or (i, j) not in self.held:
                continue
            nearer = [k for k in self.task.touching[i] if steps[i] is not None and steps[k] == steps[i] - 1]
            ways = [self.held[k, j] for k in sorted(nearer) if (k, j) in self.held]
            self.cp.add_bool_or(ways).only_enforce_if(self.held[i, j])


def steps_from(start: int, touching: Sequence[Iterable[int]]) -> list[Any]:
    """Borders crossed from ``start`` to each village; None where none leads."""
    steps: list[int | None] = [None] * len(touching)
    steps[start], edge, far = 0, [start], 0
    while edge:
        far += 1
        edge = sorted({k for i in edge for k in touching[i] if steps[k] is None})
        for k in edge:
            steps[k] = far
    return steps


def _solve(
    task: Task, candidates: Iterable[int], *, hint: Sequence[int] = (), near: int | None = None, work: float = ROUGH
) -> _Found:
    """The cheapest drawing whose centres are among ``candidates``, each village with one of the ``near`` nearest (all).
    NoDrawing when there is none."""
    from ortools.sat.python import cp_model  # a second to import: only where areas are drawn

    centres = sorted(candidates)
    model = _Model(task, centres, near or len(centres), cp_model.CpModel())
    model.build()
    for i, j in enumerate(hint):
        if (i, j) in model.held:
            model.cp.add_hint(model.held[i, j], True)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = work
    solver.parameters.max_time_in_seconds = SECONDS
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NoDrawing(late=status == cp_model.UNKNOWN)
    held = {i: j for (i, j), here in model.held.items() if solver.boolean_value(here)}
    centre = tuple(held[i] for i in range(task.size))
    bound = max(0, round(solver.best_objective_bound))
    return _Found(centre, round(solver.objective_value), bound, status == cp_model.OPTIMAL)
