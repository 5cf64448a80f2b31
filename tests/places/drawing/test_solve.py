"""The arithmetic of drawing areas beside every drawing there is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunlian.places.drawing.solve import NoDrawing, Task, cost_of, draw, lagrange, steps_from


def task_of(seed: int, size: int, areas: int, **more: object) -> Task:
    """Villages at random points of a plane, metres between them."""
    chance = Random(seed)
    points = [(chance.randrange(20_000), chance.randrange(20_000)) for _ in range(size)]
    far = tuple(tuple(abs(a - c) + abs(b - d) for c, d in points) for a, b in points)
    homes = tuple(chance.randrange(80, 900) for _ in range(size))
    return Task(areas, homes, tuple(chance.random() < 0.4 for _ in range(size)), far, **more)  # type: ignore[arg-type]


def fits(task: Task, centre: tuple[int, ...]) -> bool:
    """The pairs are kept and every village reaches its centre inside its area by a shortest way."""
    if any(centre[a] != centre[b] for a, b in task.together) or any(centre[a] == centre[b] for a, b in task.apart):
        return False
    for i, j in enumerate(centre):
        steps = steps_from(j, task.touching) if task.touching else []
        if steps and i != j and not any(centre[k] == j and steps[k] == steps[i] - 1 for k in task.touching[i]):
            return False
    return True


def cheapest(task: Task) -> int | None:
    """By trying every choice of centres and every village in each of its areas."""
    best = None
    for centres in combinations(range(task.size), task.areas):
        choice = [(i,) if i in centres else centres for i in range(task.size)]
        for centre in product(*choice):
            if fits(task, centre) and (best is None or cost_of(task, centre) < best):
                best = cost_of(task, centre)
    return best


@st.composite
def tasks(draw_one: st.DrawFn) -> Task:
    size = draw_one(st.integers(2, 8))
    areas = draw_one(st.integers(1, min(3, size)))
    village = st.integers(0, size - 1)
    pairs = st.frozensets(st.tuples(village, village).filter(lambda pair: pair[0] < pair[1]), max_size=2)
    together, apart = draw_one(pairs), draw_one(pairs)
    task = task_of(draw_one(st.integers(0, 999)), size, areas, tolerance=draw_one(st.integers(0, 30)))
    ring = tuple(frozenset({(i - 1) % size, (i + 1) % size} - {i}) for i in range(size))
    return replace(task, together=together, apart=apart - together, touching=draw_one(st.sampled_from([(), ring])))


@settings(max_examples=25, deadline=None)
@given(tasks())
def test_nothing_is_cheaper_than_what_is_drawn(task: Task) -> None:
    best = cheapest(task)
    if best is None:
        with pytest.raises(NoDrawing):
            draw(task)
        return
    found = draw(task)
    assert fits(task, found.centre) and len(set(found.centre)) == task.areas
    assert found.cost == cost_of(task, found.centre) == found.bound == best and found.proved


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999), st.integers(2, 8), st.integers(1, 3))
def test_the_bound_is_never_above_the_cheapest(seed: int, size: int, areas: int) -> None:
    task = task_of(seed, size, min(areas, size), tolerance=100)
    plain = replace(task, hollow=(False,) * size, households=(0,) * size)
    bound, _order = lagrange(plain)
    assert bound <= (cheapest(plain) or 0)


@cache
def many() -> Task:
    return task_of(
        1, 60, 6, together=frozenset({(0, 59)}), apart=frozenset({(1, 2)}), today=tuple(n % 6 for n in range(60))
    )


def test_many_villages_are_drawn_alike_each_time_and_the_bound_is_told() -> None:
    one, two = draw(many(), work=0.5), draw(many(), work=0.5)
    assert one == two
    assert len(set(one.centre)) == 6 and 0 < one.bound <= one.cost == cost_of(many(), one.centre)
    assert one.centre[0] == one.centre[59] and one.centre[1] != one.centre[2]


def test_many_villages_are_balanced_and_share_the_hollow() -> None:
    task, found = many(), draw(many(), work=0.5)
    (low, high), (few, most) = task.band, task.share
    for middle in set(found.centre):
        inside = [i for i, j in enumerate(found.centre) if j == middle]
        assert low <= sum(task.households[i] for i in inside) <= high
        assert few <= sum(task.hollow[i] for i in inside) <= most


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    draw(many(), lambda done, total: told.append((done, total)), work=0.1)
    assert told[0][0] == 0 and told[-1][0] == told[-1][1] - 1
