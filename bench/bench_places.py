"""Bench 1: importing one county and the nation, pinyin included, beside the bare inserts of the same rows.

    .venv/bin/python bench/bench_places.py [--json] [--only county]

Each import runs in a process of its own with a fresh database, so that its peak memory is its own. SQLite always; and
PostgreSQL too when DATABASE_URL points to one (a database "cunlian_bench_places" is made beside it and dropped again).
"Bare" is Python's sqlite3.executemany of the finished rows into the same table with the same indexes, one transaction,
durability as ours: what no import on this machine could be faster than by much.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

COUNTY = "610902"
LIMITS = {"county": (3.0, 600), "nation": (60.0, 600)}
QUERIES = ("qpc", "lhc", "棋盘", "联合村", "610902107", "l", "新")


def machine() -> str:
    """What it ran on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {gigabytes:.0f} GB, Python {platform.python_version()}"


def import_in_this_process(within: str) -> dict[str, Any]:
    """Migrate, then import; times and peak of this process. Runs as a child."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from cunlian.kernel.access import SYSTEM
    from cunlian.places.actions.importing import import_places
    from cunlian.places.models import Place
    from cunlian.places.sources import read_national

    call_command("migrate", verbosity=0)
    timed = {}
    for name in ("first", "again"):
        start, cpu = time.perf_counter(), time.process_time()
        report = import_places(read_national(within), by=SYSTEM, source="bench", within=within)
        timed[name] = time.perf_counter() - start
        timed[f"{name}_cpu"] = time.process_time() - cpu
        timed[f"{name}_peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE places_place")
    district = Place.objects.get(code=COUNTY)
    search = {text: _p95(lambda text=text: list(Place.objects.matching(text, district)[:10])) for text in QUERIES}  # type: ignore[misc]
    return {**timed, "rows": Place.objects.count(), "lines": report.lines, "search_ms": search}


def _p95(query: Callable[[], object]) -> float:
    times = []
    for _turn in range(20):
        start = time.perf_counter()
        query()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[18]


def bare(database: Path) -> dict[str, float]:
    """Seconds of executemany of the same rows, with and without the table's indexes."""
    source = sqlite3.connect(database)
    rows = source.execute("SELECT * FROM places_place").fetchall()
    ddl = [
        sql for (sql,) in source.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'places_place' AND sql <> ''")
    ]
    marks = ", ".join("?" * len(rows[0]))
    seconds = {}
    for name, statements in (("with_indexes", ddl), ("table_only", ddl[:1])):
        with tempfile.TemporaryDirectory() as folder:
            target = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "temp_store=MEMORY"):
                target.execute(f"PRAGMA {pragma}")
            for statement in statements:
                target.execute(statement)
            start = time.perf_counter()
            target.execute("BEGIN IMMEDIATE")
            target.executemany(f"INSERT INTO places_place VALUES ({marks})", rows)
            target.execute("COMMIT")
            seconds[name] = time.perf_counter() - start
            target.close()
    return seconds


def child(what: str, argument: str, url: str = "") -> dict[str, Any]:
    """The answer of this file run in a process of its own: peak memory is inherited by whoever is forked."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cunlian.config.settings.base"}
    environment.setdefault("CUNLIAN_DEMO", "1")
    command = [sys.executable, __file__, what, argument]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@contextmanager
def databases() -> Iterator[dict[str, Callable[[str], str]]]:
    """For each kind of database a way to get a fresh one."""
    with tempfile.TemporaryDirectory() as folder:
        made = {"SQLite": lambda name: f"sqlite:///{folder}/{name}.sqlite3"}
        url = os.environ.get("DATABASE_URL", "")
        if not url.startswith("postgres"):
            yield made
            return
        fresh = url.rsplit("/", 1)[0] + "/cunlian_bench_places"

        def postgres(_name: str) -> str:
            _on_server(url, "DROP DATABASE IF EXISTS cunlian_bench_places", "CREATE DATABASE cunlian_bench_places")
            return fresh

        try:
            yield {**made, "PostgreSQL": postgres}
        finally:
            _on_server(url, "DROP DATABASE IF EXISTS cunlian_bench_places")


def _on_server(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def measure(scopes: tuple[str, ...]) -> list[dict[str, Any]]:
    results = []
    with databases() as kinds:
        for kind, fresh in kinds.items():
            for scope in scopes:
                url = fresh(scope)
                within = COUNTY if scope == "county" else ""
                result = {"database": kind, "scope": scope, **child("--import", within, url)}
                if kind == "SQLite":
                    seconds = child("--bare", url.removeprefix("sqlite:///"))
                    result |= {"bare": seconds, "ratio": result["first"] / seconds["with_indexes"]}
                limit_s, limit_mb = LIMITS[scope]
                result["kept"] = result["first"] < limit_s and result["again_peak"] < limit_mb
                results.append(result)
    return results


def told(results: list[dict[str, Any]]) -> str:
    load = f"load of the machine over the last minutes: {os.getloadavg()[1]:.1f}"
    lines = [machine(), load, "SQLite: WAL, synchronous FULL, one transaction; PostgreSQL: as the server is set up", ""]
    for row in results:
        limit_s, limit_mb = LIMITS[row["scope"]]
        lines.append(
            f"{row['scope']} on {row['database']}: {row['rows']} rows in {row['first']:.2f} s "
            f"({row['first_cpu']:.2f} s of it computing; limit {limit_s:.0f} s), again {row['again']:.2f} s, "
            f"peak {row['first_peak']:.0f} MB, again {row['again_peak']:.0f} MB (limit {limit_mb} MB): "
            f"{'kept' if row['kept'] else 'MISSED'}"
        )
        if "bare" in row:
            lines.append(
                f"  bare executemany of the same rows: {row['bare']['with_indexes']:.2f} s with the same indexes, "
                f"{row['bare']['table_only']:.2f} s without; ratio {row['ratio']:.1f}"
            )
        search = ", ".join(f"{text} {value:.1f}" for text, value in row["search_ms"].items())
        lines.append(f"  type-ahead, p95 in ms of 20: {search}")
    return "\n".join(lines)


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--import"]:
        print(json.dumps(import_in_this_process(arguments[1])))
        return 0
    if arguments[:1] == ["--bare"]:
        print(json.dumps(bare(Path(arguments[1]))))
        return 0
    scopes = ("county",) if arguments[-2:] == ["--only", "county"] else ("county", "nation")
    results = measure(scopes)
    print(json.dumps({"machine": machine(), "results": results}) if "--json" in arguments else told(results))
    return 0 if all(row["kept"] for row in results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
