"""Databases to measure in, built once and shared by the benches that follow one another.

They lie in the folder CUNLIAN_BENCH_FOLDER names (PostgreSQL's beside the database DATABASE_URL names) and are thrown away
by whoever set that variable; without it each bench makes its own and throws them away itself.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.machine import Postgres, Sqlite, child, makers

MILLION = 1_000_000


@dataclass(frozen=True)
class Ground:
    """A database of one kind with so many cases."""

    kind: str
    url: str
    cases: int
    folder: Path


class Grounds:
    def __init__(self, folder: Path, maker: Sqlite | Postgres) -> None:
        self.folder, self.maker = folder, maker
        self.file = folder / f"{maker.kind}.json"
        self.known: dict[str, Any] = json.loads(self.file.read_text()) if self.file.is_file() else {}

    def base(self) -> Ground:
        """The district in which nothing is reported yet."""
        return self._ground("base", 0, "base", "")

    def filled(self, cases: int) -> Ground:
        self.base()
        return self._ground(f"n{cases}", cases, "cases", "base")

    def copy(self, cases: int, name: str) -> Ground:
        """A copy to write in."""
        like = "base" if not cases else f"n{cases}"
        return Ground(self.maker.kind, self.maker.fresh(name, like), cases, self.folder)

    def _ground(self, name: str, cases: int, what: str, like: str) -> Ground:
        if name not in self.known:
            url = self.maker.fresh(name, like)
            arguments = (what, str(cases)) if cases else (what,)
            told = child("bench.generate", *arguments, url=url, folder=self.folder, demo=True)
            self.known[name] = {"url": url, "told": told}
            self.file.write_text(json.dumps(self.known))
            print(f"{self.maker.kind}: {name} built: {json.dumps(told)}", file=sys.stderr)
        return Ground(self.maker.kind, self.known[name]["url"], cases, self.folder)


@contextmanager
def grounds(only: str = "") -> Iterator[list[Grounds]]:
    """Of each kind of database there is. ``only``: "sqlite" or "postgresql"."""
    kept = os.environ.get("CUNLIAN_BENCH_FOLDER", "")
    folder = Path(kept or tempfile.mkdtemp(prefix="cunlian-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    found = [Grounds(folder, maker) for maker in makers(folder, only)]
    try:
        yield found
    finally:
        if not kept:
            throw_away(folder, found)


def throw_away(folder: Path, found: list[Grounds]) -> None:
    for one in found:
        if isinstance(one.maker, Postgres):
            one.maker.made |= {f"cunlian_bench_{name}" for name in (*one.known, "zero", "load")}
        one.maker.drop()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    # Called when all benches are through: what they left in the shared folder goes.
    folder = Path(os.environ["CUNLIAN_BENCH_FOLDER"])
    throw_away(folder, [Grounds(folder, maker) for maker in makers(folder)])
