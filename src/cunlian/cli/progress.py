"""A progress bar on stderr for whoever waits longer than two seconds at a terminal; silence for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bar(unit: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A function to call with the number of things just done."""
    with tqdm(total=total, unit=unit, unit_scale=True, delay=2, disable=None, file=sys.stderr) as shown:
        yield lambda done: void(shown.update(done))


def void(_value: object) -> None:
    return None
