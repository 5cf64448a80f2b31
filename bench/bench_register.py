"""Bench 6: the register of households and persons at a million persons: lists, search, and the register of an earlier day.

    python -m bench.bench_register [--persons 100000] [--only sqlite|postgresql] [--json]

Pages are asked of the code through Django's test client, in production settings, by a dispatcher over the whole district and
by a cadre of one village, as in bench 3. A third of a household's members left it for another on a day in between, so that
the register of an earlier day is another one.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date
from typing import Any

from bench.bench_lists import LIMIT_MS, _client, _page, slow
from bench.grounds import MILLION, grounds
from bench.machine import busy, child, machine, version_of

FIRST, BETWEEN, EARLIER = date(2024, 3, 1), date(2025, 9, 1), "2025-01-15"
MEMBERS = 3
VILLAGE = "610902107269"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"


def number_of(n: int) -> str:
    """An identity number of a county that does not exist; one for each ``n``."""
    from cunlian.people.identity import check_digit

    born = f"{1935 + n // 1000 % 80}{n // 80_000 % 12 + 1:02d}{n // 960_000 % 28 + 1:02d}"
    body = f"610999{born}{n % 1000:03d}"
    return body + check_digit(body)


def name_of(n: int) -> str:
    return SURNAMES[n % 20] + chr(0x4E00 + n // 20 % 700) + chr(0x4E00 + n // 14_000 % 700)


def fill(persons: int) -> dict[str, Any]:
    """As the import writes them, past the model layer."""
    from django.db import connection, transaction

    from cunlian.kernel.ids import uuid7
    from cunlian.kernel.secrets import blind, encrypt
    from cunlian.people.imports.tables import Table, adapters
    from cunlian.people.models import Household, HouseholdVersion, Membership, Person, PersonVersion
    from cunlian.places.models import Place

    key, day = adapters()
    villages = list(Place.objects.current().filter(level=5, code__startswith="610902107").order_by("code"))
    stands = ("place", "number", "address", "starts_on")
    households = Table(Household, "id", "card_code", *stands)
    versions = Table(HouseholdVersion, "id", "household", *stands)
    people = Table(
        Person, "id", "name", "gender", "birth_year", "birth_date", "phone", "phone_digest", "id_number", "id_digest",
        "place", "household", "is_head",
    )  # fmt: skip
    memberships = Table(Membership, "id", "person", "household", "relation", "starts_on", "ends_on")
    known = Table(PersonVersion, "id", "person", "name", "birth_year", "ends_on")
    begin, before = time.perf_counter(), None
    with transaction.atomic():
        for n in range(persons):
            home, member = divmod(n, MEMBERS)
            village = villages[home % len(villages)]
            if member == 0:
                last, mine = before, key(uuid7())
                stood = (key(village.pk), f"{home // len(villages):06d}", f"前巷{home}号", day(FIRST))
                households.add(mine, f"{home:016d}", *stood)
                versions.add(key(uuid7()), mine, *stood)
                before = mine
            number, person = number_of(n), key(uuid7())
            people.add(
                person, name_of(n), "male", int(number[6:10]), encrypt("1960-01-01"), encrypt("13900000000"), blind(f"{n}"),
                encrypt(number), blind(number), key(village.pk), mine, member == 0,
            )  # fmt: skip
            start = FIRST
            if member == 2 and last:
                memberships.add(key(uuid7()), person, last, "child", day(FIRST), day(BETWEEN))
                start = BETWEEN
            memberships.add(key(uuid7()), person, mine, "head" if member == 0 else "child", day(start), None)
            if n % 20 == 0:
                known.add(key(uuid7()), person, name_of(n + 1), 1950, day(BETWEEN))
        for table in (households, versions, people, memberships, known):
            table.flush()
    with connection.cursor() as cursor:
        # PostgreSQL would do it by itself within minutes, in the middle of the first pages measured.
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")
    return {"persons": persons, "seconds": time.perf_counter() - begin}


def addresses(persons: int) -> dict[str, tuple[str, list[str]]]:
    some = range(persons // 7, persons, max(persons // 40, 1))
    people, households = "/desk/people/", "/desk/people/households/"
    return {
        "persons of a village": ("dispatcher", [f"{people}?village={VILLAGE}"]),
        "persons of all villages": ("dispatcher", [f"{people}?village=all"]),
        "persons, tenth page": ("dispatcher", [f"{people}?village=all&page=10"]),
        "persons by name": ("dispatcher", [f"{people}?q={name_of(n)}" for n in some]),
        "persons by name, in a village": ("dispatcher", [f"{people}?village={VILLAGE}&q={name_of(n)}" for n in some]),
        "persons as on a day, a village": ("dispatcher", [f"{people}?village={VILLAGE}&on={EARLIER}"]),
        "persons as on a day, all": ("dispatcher", [f"{people}?village=all&on={EARLIER}"]),
        "households of a village": ("dispatcher", [f"{households}?village={VILLAGE}"]),
        "households of all villages": ("dispatcher", [f"{households}?village=all"]),
        "households as on a day": ("dispatcher", [f"{households}?village={VILLAGE}&on={EARLIER}"]),
        "cadre: persons": ("cadre", [people]),
        "cadre: households as on a day": ("cadre", [f"{households}?on={EARLIER}"]),
    }


class Finder:
    """Asks by whole identity number, as the page of searching does: a POST, since it is written down."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def get(self, number: str) -> Any:
        return self.client.post("/desk/people/find/", {"text": number, "purpose": "核对名册"})


def measure_here(persons: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    made = fill(persons)
    clients = {name: _client(name) for name in ("dispatcher", "cadre")}
    pages = []
    for name, (who, asked) in addresses(persons).items():
        pages.append(_page(name, clients[who], asked))
        print(f"  {pages[-1]}", file=sys.stderr, flush=True)
    some = range(persons // 7, persons, max(persons // 40, 1))
    pages.append(_page("by identity number", Finder(clients["dispatcher"]), [number_of(n) for n in some]))
    return {"pages": pages, "filled_seconds": made["seconds"]}


def told(row: dict[str, Any]) -> str:
    lines = [f"{row['set_up']}, {row['persons']:,} persons, filled in {row['filled_seconds']:.0f} s"]
    for page in row["pages"]:
        mark = "kept" if page["p95_ms"] < LIMIT_MS else "MISSED"
        counts = "/".join(map(str, sorted(set(page["queries"]))))
        lines.append(
            f"  {page['page']:<32} p95 {page['p95_ms']:>7.1f} ms of {page['turns']} ({mark}), {counts} queries, the same bare "
            f"{page['bare_p95_ms']:.1f} ms; slowest query {page['slowest_ms']:.1f} ms"
        )
    return "\n".join(lines)


def main() -> int:
    if sys.argv[1:2] == ["--here"]:
        print(json.dumps(measure_here(int(sys.argv[2]))))
        return 0
    parser = argparse.ArgumentParser()
    parser.add_argument("--persons", type=int, default=MILLION)
    parser.add_argument("--only", default="", choices=("", "sqlite", "postgresql"))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told_to = sys.stderr if asked.json else sys.stdout
    print(f"{machine()}\n{busy()}\naim: p95 under {LIMIT_MS} ms", file=told_to, flush=True)
    rows = []
    with grounds(asked.only) as kinds:
        for kind in kinds:
            kind.base()
            ground = kind.copy(0, "register")
            answer = child("bench.bench_register", "--here", str(asked.persons), url=ground.url, folder=ground.folder)
            rows.append({"database": ground.kind, "persons": asked.persons, "set_up": version_of(ground.url), **answer})
            print(told(rows[-1]), slow(rows[-1]), sep="\n", file=told_to, flush=True)
    if asked.json:
        print(json.dumps({"machine": machine(), "results": rows}))
    return 0 if all(page["p95_ms"] < LIMIT_MS for row in rows for page in row["pages"]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
