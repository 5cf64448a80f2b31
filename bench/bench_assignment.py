"""Bench: sharing villages out among posts, and drawing areas, beside a greedy hand in the same run.

    CUNLIAN_DEMO=1 .venv/bin/python bench/bench_assignment.py [--villages 96]

Villages lie at random points of 30 by 20 km, the same each time. The greedy hand goes through the villages in order and gives
each to the nearest post that still has room (so loads are as even as ours); it draws areas from villages far apart, each other
village to the nearest of them. Told are seconds, cost by the same measure, and for areas the bound below which none can come.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cunlian.config.settings.base")
os.environ.setdefault("CUNLIAN_DEMO", "1")

SEED = 20260709
Points = list[tuple[float, float]]


def points(count: int, chance: Random) -> Points:
    return [(chance.random() * 30_000, chance.random() * 20_000) for _ in range(count)]


def metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    return round(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def timed(call: Any) -> tuple[Any, float]:
    start = time.perf_counter()
    return call(), time.perf_counter() - start


def greedy_share(cost: tuple[tuple[int, ...], ...], posts: int) -> int:
    """The cost of giving each, in order, to the nearest post with room."""
    room = [-(-len(cost) // posts)] * posts
    total = 0
    for row in cost:
        taken = min((p for p in range(posts) if room[p]), key=lambda p: (row[p], p))
        room[taken] -= 1
        total += row[taken]
    return total


def share(villages: int, posts: int) -> None:
    from cunlian.organisations.assignment import solve

    chance = Random(SEED)
    places, seats = points(villages, chance), points(posts, chance)
    cost = tuple(tuple(metres(place, seat) for seat in seats) for place in places)
    found, ours = timed(lambda: solve.share(solve.Task(cost, (None,) * posts)))
    greedy, theirs = timed(lambda: greedy_share(cost, posts))
    print(
        f"share {villages} villages among {posts} posts: ours {found.cost / 1000:.1f} km in {ours:.3f} s, greedy "
        f"{greedy / 1000:.1f} km in {theirs:.3f} s, ratio {found.cost / greedy:.3f};"
        f" loads {min(found.loads)}-{max(found.loads)}"
    )


def greedy_areas(task: Any) -> tuple[int, ...]:
    """Villages far apart as centres, each other one to the nearest."""
    centres = [0]
    while len(centres) < task.areas:
        centres.append(max(range(task.size), key=lambda i: (min(task.far[i][j] for j in centres), -i)))
    return tuple(i if i in centres else min(centres, key=lambda j: (task.far[i][j], j)) for i in range(task.size))


def areas(villages: int, count: int) -> None:
    from cunlian.places.drawing import solve

    chance = Random(SEED)
    places = points(villages, chance)
    task = solve.Task(
        areas=count, households=tuple(chance.randrange(120, 800) for _ in places),
        hollow=tuple(chance.random() < 0.25 for _ in places),
        far=tuple(tuple(metres(one, other) for other in places) for one in places),
    )  # fmt: skip
    solve.draw(solve.Task(1, (1, 1), (False, False), ((0, 1), (1, 0))))  # the solver is read in before the clock starts
    found, ours = timed(lambda: solve.draw(task))
    greedy, theirs = timed(lambda: greedy_areas(task))
    for name, centre, seconds in (("ours", found.centre, ours), ("greedy", greedy, theirs)):
        homes = [sum(task.households[i] for i, j in enumerate(centre) if j == middle) for middle in set(centre)]
        far = sum(task.far[i][j] for i, j in enumerate(centre)) / 1000
        print(
            f"draw {count} areas of {villages} villages, {name}: {far:.1f} km, households {min(homes)}-{max(homes)}, "
            f"cost {solve.cost_of(task, centre)} in {seconds:.2f} s"
        )
    print(f"  bound {found.bound}, ours at most {100 * (found.cost - found.bound) / found.cost:.1f} % above the best")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--villages", type=int, default=96)
    villages = parser.parse_args().villages
    share(villages, max(2, villages // 8))
    areas(villages, max(2, villages * 9 // 96))


if __name__ == "__main__":
    import django

    django.setup()
    main()
