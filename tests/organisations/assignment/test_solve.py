"""Sharing out beside every way there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunlian.organisations.assignment.solve import NotAll, Shared, Task, TooMany, share


def ways(task: Task) -> list[Shared]:
    """Every way to share out that keeps to ceilings, fixed and forbidden pairs."""
    found = []
    for post in product(*task.allowed):
        loads = tuple(post.count(p) for p in range(len(task.ceilings)))
        if all(ceiling is None or load <= ceiling for load, ceiling in zip(loads, task.ceilings, strict=True)):
            found.append(Shared(post, loads, sum(task.cost[o][p] for o, p in enumerate(post))))
    return found


def uneven(shared: Shared) -> int:
    return sum(load * load for load in shared.loads)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    objects, posts = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    number = st.integers(0, 40)
    pair = st.tuples(st.integers(0, objects - 1), st.integers(0, posts - 1))
    fixed = dict(draw(st.lists(pair, max_size=2)))
    return Task(
        cost=tuple(tuple(draw(number) for _p in range(posts)) for _o in range(objects)),
        ceilings=tuple(draw(st.one_of(st.none(), st.integers(0, 6))) for _p in range(posts)),
        barred=draw(st.frozensets(pair, max_size=4)),
        fixed=frozenset(fixed.items()),
    )


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_nothing_is_more_even_and_of_what_is_as_even_nothing_is_cheaper(task: Task) -> None:
    every = ways(task)
    if not every:
        with pytest.raises(NotAll) as refused:
            share(task)
        assert refused.value.nobody == [o for o, may in enumerate(task.allowed) if not may]
        assert refused.value.nobody or refused.value.left
        return
    found = share(task)
    assert found in every
    best = min(map(uneven, every))
    assert uneven(found) == best
    assert found.cost == min(way.cost for way in every if uneven(way) == best)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 999), st.integers(1, 40), st.integers(1, 9))
def test_every_object_gets_exactly_one_and_loads_differ_by_one_at_most(seed: int, objects: int, posts: int) -> None:
    chance = Random(seed)
    cost = tuple(tuple(chance.randrange(500) for _p in range(posts)) for _o in range(objects))
    task = Task(cost, (None,) * posts)
    found = share(task)
    assert len(found.post) == objects == sum(found.loads) and max(found.loads) - min(found.loads) <= 1
    assert share(task) == found
    fixed = frozenset((o, chance.randrange(posts)) for o in range(0, objects, 5))
    barred = frozenset((o, chance.randrange(posts)) for o in range(1, objects, 5)) if posts > 1 else frozenset()
    again = share(replace(task, fixed=fixed, barred=barred))
    assert all(again.post[o] == p for o, p in fixed) and not any(again.post[o] == p for o, p in barred)


def test_too_many_pairs_are_refused_before_they_fill_the_memory() -> None:
    with pytest.raises(TooMany):
        share(Task(((0,) * 2_000,) * 600, (None,) * 2_000))
