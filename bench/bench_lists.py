"""Bench 3: the desk's list and detail of cases, and the export of 100,000 rows, at a million cases.

    python -m bench.bench_lists [--cases 200000] [--only sqlite|postgresql] [--json]

Pages are asked of the code through Django's test client, in production settings, by a dispatcher over the whole district and
by a cadre of one village: warm (each address asked before it is measured, a page thrice at least), middlewares, queries and
templates included, the network left out. Beside each page: how many queries it makes, and p95 of the same queries issued
bare through the driver.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench.grounds import MILLION, grounds
from bench.machine import busy, child, machine, p95, version_of

TURNS, WARM = 30, 12
"""Warm: after so many of a kind PostgreSQL keeps its plans (config/postgresql); every connection gets there within its day."""
LIMIT_MS, EXPORT_ROWS, EXPORT_LIMIT = 150, 100_000, 60


def measure_here() -> dict[str, Any]:
    """Inside the measured database. Runs as a child."""
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    return {"pages": _pages(), "exports": _exports()}


def _client(username: str) -> Any:
    from django.test import Client

    from bench.officers import session_of
    from cunlian.accounts.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = session_of(User.objects.get(username=username))
    return client


def _addresses() -> dict[str, tuple[str, list[str]]]:
    """What is asked: by whom, and the addresses that take turns."""
    from cunlian.cases.models import Case
    from cunlian.cases.states import OPEN

    village = "610902107269"
    some = list(Case.objects.order_by("-reported_at").values_list("pk", "receipt")[500:20_500:500])
    some = some or list(Case.objects.values_list("pk", "receipt")[:40])
    own = Case.objects.filter(place__code__startswith=village, state__in=[str(state) for state in OPEN])
    mine = list(own.values_list("pk", flat=True)[:40]) or [some[0][0]]
    return {
        "list, open ones": ("dispatcher", ["/desk/cases/"]),
        "list, second page": ("dispatcher", ["/desk/cases/?page=2"]),
        "list, one village": ("dispatcher", [f"/desk/cases/?village={village}"]),
        "list, all states": ("dispatcher", ["/desk/cases/?state=all"]),
        "list, all of one village": ("dispatcher", [f"/desk/cases/?state=all&village={village}"]),
        "list, by receipt": ("dispatcher", [f"/desk/cases/?q={receipt}" for _pk, receipt in some]),
        "list, sorted by receipt": ("dispatcher", ["/desk/cases/?sort=-receipt"]),
        "list, sorted by village": ("dispatcher", ["/desk/cases/?sort=place"]),
        "list, overdue": ("dispatcher", ["/desk/cases/?due=overdue"]),
        "list, a word in the title": ("dispatcher", ["/desk/cases/?q=路灯"]),
        "detail": ("dispatcher", [f"/desk/cases/{pk}/" for pk, _receipt in some]),
        "cadre: list, open ones": ("cadre", ["/desk/cases/"]),
        "cadre: list, all states": ("cadre", ["/desk/cases/?state=all"]),
        "cadre: detail": ("cadre", [f"/desk/cases/{pk}/" for pk in mine]),
    }


def _pages() -> list[dict[str, Any]]:
    clients = {name: _client(name) for name in ("dispatcher", "cadre")}
    found = []
    for name, (who, addresses) in _addresses().items():
        found.append(_page(name, clients[who], addresses))
        print(f"  {found[-1]}", file=sys.stderr, flush=True)
    return found


def _page(name: str, client: Any, addresses: list[str]) -> dict[str, Any]:
    from bench import bare

    def ask(turn: int) -> float:
        start = time.perf_counter()
        answer = client.get(addresses[turn % len(addresses)])
        taken = time.perf_counter() - start
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}")
        return taken

    for turn in range(max(WARM, len(addresses))):
        ask(turn)
    taken: list[float] = []
    until = time.perf_counter() + 12
    for turn in range(TURNS):
        taken.append(ask(turn))
        if time.perf_counter() > until and len(taken) > 4:
            break
    counts = []
    for turn in range(min(3, len(addresses))):
        with bare.recorded() as events:
            ask(turn)
        counts.append(sum(kind in ("one", "many") for kind, _sql, _params in events))
    # What a page writes (a look that is logged) cannot be written twice with one key: its reads alone are replayed.
    reads = [event for event in events if event[0] == "one" and event[1].lstrip().startswith("SELECT")]
    alone = bare.replay(reads, set(), seconds=2, most=TURNS)
    slowest = _slowest(reads)
    return {
        "page": name,
        "p95_ms": p95(taken),
        "turns": len(taken),
        "queries": counts,
        "bare_p95_ms": p95(alone),
        **slowest,
    }


def _slowest(events: list[Any]) -> dict[str, Any]:
    """The one statement that takes longest, to know where to look."""
    from bench import bare

    timed = [(min(bare.replay([event], set(), seconds=0.5, most=2)), event[1]) for event in events if event[0] == "one"]
    seconds, sql = max(timed, default=(0.0, ""))
    where = sql.find(" WHERE ")
    return {"slowest_ms": seconds * 1000, "slowest": f"{sql[:30]} … {sql[where : where + 400]}"}


def _exports() -> list[dict[str, Any]]:
    from django.http import QueryDict

    from cunlian.accounts.models import User
    from cunlian.cases.models import Case
    from cunlian.desk import sheets
    from cunlian.desk.cases import exports
    from cunlian.desk.cases.listing import CASES
    from cunlian.kernel import clock
    from cunlian.people.actors import actor_of_account

    actor = actor_of_account(User.objects.get(username="dispatcher").pk)
    newest = Case.objects.order_by("-reported_at").values_list("reported_at", flat=True)
    enough = newest[EXPORT_ROWS : EXPORT_ROWS + 1].first()
    query = QueryDict("state=all" + (f"&since={clock.day_of(enough)}" if enough else ""))
    found = []
    for kind in sheets.KINDS:
        table = CASES.build(actor, query)
        rows = sheets.count_of(table)
        seconds = _seconds(lambda file, kind=kind, table=table: sheets.write(kind, file, exports.lines(table), "cases"))
        constant = [exports.heads()] * rows
        alone = _seconds(lambda file, kind=kind, constant=constant: sheets.write(kind, file, iter(constant), "cases"))
        found.append({"kind": kind, "rows": rows, "seconds": seconds, "constant_seconds": alone})
        print(f"  {found[-1]}", file=sys.stderr, flush=True)
    return found


def _seconds(write: Callable[[Any], None]) -> float:
    with tempfile.TemporaryFile() as file:
        start = time.perf_counter()
        write(file)
        return time.perf_counter() - start


def told(row: dict[str, Any]) -> str:
    lines = [f"{row['set_up']}, {row['cases']:,} cases"]
    for page in row["pages"]:
        mark = "kept" if page["p95_ms"] < LIMIT_MS else "MISSED"
        counts = "/".join(map(str, sorted(set(page["queries"]))))
        lines.append(
            f"  {page['page']:<26} p95 {page['p95_ms']:>7.1f} ms of {page['turns']} ({mark}), {counts} queries, "
            f"the same bare {page['bare_p95_ms']:.1f} ms; slowest query {page['slowest_ms']:.1f} ms"
        )
    for export in row["exports"]:
        mark = "kept" if export["seconds"] < EXPORT_LIMIT else "MISSED"
        lines.append(
            f"  export {export['kind']}: {export['rows']:,} rows in {export['seconds']:.1f} s ({mark}); "
            f"as many constant rows {export['constant_seconds']:.1f} s"
        )
    return "\n".join(lines)


def slow(row: dict[str, Any]) -> str:
    late = [page for page in row["pages"] if page["p95_ms"] >= LIMIT_MS]
    return "\n".join(f"  {page['page']}: {page['slowest']}" for page in late)


def main() -> int:
    if sys.argv[1:] == ["--here"]:
        print(json.dumps(measure_here()))
        return 0
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=MILLION)
    parser.add_argument("--only", default="", choices=("", "sqlite", "postgresql"))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told_to = sys.stderr if asked.json else sys.stdout
    print(
        f"{machine()}\n{busy()}\naims: p95 under {LIMIT_MS} ms, {EXPORT_ROWS:,} rows under {EXPORT_LIMIT} s",
        file=told_to,
    )
    rows = []
    with grounds(asked.only) as kinds:
        for kind in kinds:
            ground = kind.filled(asked.cases)
            answer = child("bench.bench_lists", "--here", url=ground.url, folder=ground.folder)
            row = {"database": ground.kind, "cases": asked.cases, "set_up": version_of(ground.url), **answer}
            rows.append(row)
            print(told(row), slow(row), sep="\n", file=told_to, flush=True)
    if asked.json:
        print(json.dumps({"machine": machine(), "results": rows}))
    pages = [page["p95_ms"] < LIMIT_MS for row in rows for page in row["pages"]]
    return 0 if all(pages) and all(e["seconds"] < EXPORT_LIMIT for row in rows for e in row["exports"]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
