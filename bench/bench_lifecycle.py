"""Bench 2: the life of a request over HTTP (report, dispatch, answer, confirm), at 0 and at a million cases.

    python -m bench.bench_lifecycle [--cases 200000] [--only sqlite|postgresql] [--seconds 20] [--processes 1] [--json]

The server is ``cunlian serve`` with its worker, in production settings (no DEBUG, no demonstration, SQLite synchronous FULL,
PostgreSQL as it is set up); the load (bench/load.py) is a process of its own on the same machine. "Bare" is the SQL of one
lifecycle issued again through the driver alone (bench/bare.py), in one process, right after the load, in the same database.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.grounds import MILLION, Ground, grounds
from bench.load import STEPS
from bench.machine import ROOT, busy, child, environment, machine, quantile, version_of

PORT = 8020
THREADS = 4
AIMS = "aims: 40 lifecycles a second, a sixth of bare or better, slope under 10 %"


@contextmanager
def serving(ground: Ground, processes: int) -> Iterator[None]:
    """``cunlian serve`` over the ground, until the block ends."""
    command = [sys.executable, "-m", "cunlian.cli", "serve", "--port", str(PORT), "--processes", str(processes)]
    log = (ground.folder / "server.log").open("ab")
    server = subprocess.Popen(command, env=environment(ground.url, ground.folder), cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait(server)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


def _wait(server: subprocess.Popen[bytes]) -> None:
    for _try in range(120):
        time.sleep(0.5)
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}; see server.log")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=2):
                return
        except OSError:
            continue
    raise SystemExit("the server did not answer within a minute")


def measure(ground: Ground, seconds: float, processes: int) -> dict[str, Any]:
    plan = {**child("bench.officers", url=ground.url, folder=ground.folder), "threads": THREADS}
    with serving(ground, processes):
        load = subprocess.run(
            [sys.executable, "-m", "bench.load", str(PORT), str(seconds)], input=json.dumps(plan), text=True,
            stdout=subprocess.PIPE, env=environment(ground.url, ground.folder), cwd=ROOT, check=True, timeout=seconds + 120,
        )  # fmt: skip
    told = json.loads(load.stdout)
    lives = told["lives"]
    whole = [sum(life) for life in lives]
    bare = child("bench.officers", "bare", url=ground.url, folder=ground.folder)
    rate = len(lives) / told["seconds"]
    return {
        "database": ground.kind, "cases": ground.cases, "set_up": version_of(ground.url), "processes": processes,
        "lifecycles": len(lives), "per_second": rate, "p50_ms": quantile(whole, 0.5), "p95_ms": quantile(whole, 0.95),
        "steps": {
            name: [quantile([life[n] for life in lives], 0.5), quantile([life[n] for life in lives], 0.95)]
            for n, name in enumerate(STEPS)
        },
        "errors": len(told["errors"]), "first_errors": told["errors"][:3], "alike": told["alike"], "bare": bare,
        "ratio": bare["per_second"] / rate if rate else 0.0,
    }  # fmt: skip


def told(row: dict[str, Any]) -> str:
    steps = "; ".join(f"{name} {p50:.0f}/{p95:.0f}" for name, (p50, p95) in row["steps"].items())
    slope = f", slope {row['slope']:+.1%} against none" if "slope" in row else ""
    return (
        f"{row['set_up']}, {row['processes']} server process(es) and worker, {THREADS} at once, {row['cases']:,} cases:\n"
        f"  {row['per_second']:.1f} lifecycles/s over {row['lifecycles']}, p50 {row['p50_ms']:.0f} ms, "
        f"p95 {row['p95_ms']:.0f} ms, errors {row['errors']}{slope}\n"
        f"  steps, p50/p95 in ms: {steps}; shown something alike first: {row['alike']}\n"
        f"  bare: {row['bare']['statements']} statements in {row['bare']['transactions']} transactions, "
        f"{row['bare']['per_second']:.1f}/s in one process; ratio 1 : {row['ratio']:.1f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=MILLION)
    parser.add_argument("--only", default="", choices=("", "sqlite", "postgresql"))
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    print(f"{machine()}\n{busy()}\n{AIMS}", file=sys.stderr if asked.json else sys.stdout)
    rows: list[dict[str, Any]] = []
    with grounds(asked.only) as kinds:
        for kind in kinds:
            kind.base()
            rows.append(measure(kind.copy(0, "zero"), asked.seconds, asked.processes))
            full = measure(kind.filled(asked.cases), asked.seconds, asked.processes)
            full["slope"] = full["per_second"] / rows[-1]["per_second"] - 1
            rows.append(full)
            for row in rows[-2:]:
                print(told(row), file=sys.stderr if asked.json else sys.stdout, flush=True)
    if asked.json:
        print(json.dumps({"machine": machine(), "results": rows}))
    return 1 if any(row["errors"] for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
