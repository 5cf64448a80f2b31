"""What a number was measured on, and databases that are made for a bench and thrown away after it."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Keys that protect nothing: every number here is measured over invented data.
KEYS = {
    "SECRET_KEY": "bench-only-" + "0" * 50,
    "LOG_KEY": "bench-log-" + "1" * 50,
    "FIELD_KEY": "bench-field-" + "2" * 50,
}


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


def commit() -> str:
    told = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return told.stdout.strip() or "unknown"


def busy() -> str:
    """When, at which commit, and how busy the machine was with other things: a number from a busy machine is too low."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit()}, load averages before {load}"


def version_of(url: str) -> str:
    if url.startswith("sqlite"):
        return f"SQLite {sqlite3.sqlite_version} (WAL, synchronous FULL)"
    names = ("server_version", "fsync", "synchronous_commit", "shared_buffers")
    with _server(url) as connection:
        found = [connection.execute(f"SHOW {name}").fetchone()[0] for name in names]
    return f"PostgreSQL {found[0]} (fsync {found[1]}, synchronous_commit {found[2]}, shared_buffers {found[3]})"


def environment(url: str, folder: Path, *, demo: bool = False) -> dict[str, str]:
    """The environment of a child: this database and nothing of the machine's own settings."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "ALLOWED_HOSTS", "MEDIA_ROOT")}
    # The limit on a key's calls spares the machine from a program gone wild; here the machine is what is measured.
    mine = {
        "DATABASE_URL": url, "CUNLIAN_DEMO": "1" if demo else "0", "CUNLIAN_VAR": str(folder / "var"),
        "API_CALLS_PER_MINUTE": "1000000", "DJANGO_SETTINGS_MODULE": "cunlian.config.settings.base",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    return {**kept, **KEYS, **mine}


def child(module: str, *arguments: str, url: str, folder: Path, demo: bool = False) -> dict[str, Any]:
    """The answer of ``python -m module`` in a process of its own: the last line it prints, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=environment(url, folder, demo=demo), cwd=ROOT,
        stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{module} {' '.join(arguments)} ended with {done.returncode}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@contextmanager
def _server(url: str) -> Iterator[Any]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


class Postgres:
    """Databases named ``cunlian_bench_…`` beside the one DATABASE_URL names, dropped at the end."""

    kind = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self.url, self.made = url, set[str]()

    def fresh(self, name: str, like: str = "") -> str:
        """The address of an empty database, or of a copy of the one called ``like``."""
        full = f"cunlian_bench_{name}"
        template = f" TEMPLATE cunlian_bench_{like}" if like else ""
        self._run(f"DROP DATABASE IF EXISTS {full} WITH (FORCE)", f"CREATE DATABASE {full}{template}")
        self.made.add(full)
        return f"{self.url.rsplit('/', 1)[0]}/{full}"

    def drop(self) -> None:
        self._run(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in sorted(self.made)))

    def _run(self, *statements: str) -> None:
        with _server(self.url) as connection:
            for statement in statements:
                connection.execute(statement)


class Sqlite:
    """Files in a folder that is removed at the end."""

    kind = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fresh(self, name: str, like: str = "") -> str:
        path = self.folder / f"{name}.sqlite3"
        for end in ("", "-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        if like:
            # VACUUM INTO rather than a copy of the file: what is still in the write-ahead log comes along.
            source = sqlite3.connect(self.folder / f"{like}.sqlite3")
            source.execute("VACUUM INTO ?", (str(path),))
            source.close()
            os.sync()  # or the first commits measured wait for gigabytes of the copy to reach the disk
        return f"sqlite:///{path}"

    def drop(self) -> None:
        for path in self.folder.glob("*.sqlite3*"):
            path.unlink()


def makers(folder: Path, only: str = "") -> list[Sqlite | Postgres]:
    """SQLite always; PostgreSQL when DATABASE_URL points to one. ``only``: "sqlite" or "postgresql"."""
    url = os.environ.get("DATABASE_URL", "")
    found: list[Sqlite | Postgres] = [Sqlite(folder)]
    if url.startswith("postgres"):
        found.append(Postgres(url))
    return [maker for maker in found if not only or maker.kind.lower() == only]


def p95(seconds: list[float]) -> float:
    """Milliseconds below which 95 of 100 lie."""
    return quantile(seconds, 0.95)


def quantile(seconds: list[float], share: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else 0.0
