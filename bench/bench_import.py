"""Bench 5: taking a list of 100,000 household members over from XLSX.

    python -m bench.bench_import [--rows 100000] [--only sqlite|postgresql] [--json]

Measured in processes of their own, over the same file: reading the sheet with python-calamine and nothing else; the import as
the desk does it (``apply_import``: read, judged against the register, encrypted, households, memberships and dated rows
written, logged); django-import-export into the same tables, as its documentation shows it (a resource with an import id, a
row saved at a time) and with its bulk mode, encrypting the same fields, without households' history, checks or undo.
Aims: at most 4 × reading alone, and 10 × as fast as django-import-export. How near they can be come to is said by the
import's own statements, issued again through the driver and nothing else (SQLite; PostgreSQL's rows go by COPY).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.machine import busy, child, machine, makers, version_of

ROWS, READS, TIMES = 100_000, 4, 10
HEADS = ("村", "户编号", "户地址", "姓名", "与户主关系", "身份证号", "性别", "手机号", "是否外出")
VILLAGES = 96


def village_codes() -> list[str]:
    return [f"610902107{number}" for number in range(200, 200 + VILLAGES)]


def make_list(path: Path, rows: int) -> None:
    """Invented people of a town, three a household; their numbers begin with a county that does not exist."""
    from openpyxl import Workbook

    from cunlian.people.identity import check_digit

    codes = village_codes()
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("名册")
    sheet.append(HEADS)
    for n in range(rows):
        home, serial = divmod(n, 3)
        born = date(1935, 1, 1) + timedelta(days=n // 1000 * 250 + n % 250)
        body = f"610999{born:%Y%m%d}{n % 1000:03d}"
        name = "张" + chr(0x4E00 + n % 5000) + chr(0x4E00 + n // 5000)
        sheet.append([
            codes[home % VILLAGES], f"{home // VILLAGES:05d}", f"前巷{home}号", name, "子" if serial else "户主",
            body + check_digit(body), "男" if int(body[-1]) % 2 else "女", f"139{n:08d}", "是" if n % 4 == 0 else "否",
        ])  # fmt: skip
    book.save(path)


def prepare(path: Path, rows: int) -> dict[str, Any]:
    """The list, and a county with a town of 96 villages and nobody in it."""
    from django.core.management import call_command

    from cunlian.places.models import Level, Place

    make_list(path, rows)
    call_command("migrate", verbosity=0)
    parent = None
    levels = [(code, Level(level)) for level, code in enumerate(("61", "6109", "610902", "610902107"), start=1)]
    for code, level in [*levels, *((code, Level.VILLAGE) for code in village_codes())]:
        place = Place.objects.create(code=code, level=level, name=code, short_name=code, initials="x", parent=parent)
        parent = place if level < Level.VILLAGE else parent
    return {}


def read_alone(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as book:
        return len(book.get_sheet_by_index(0).to_python(skip_empty_area=False)) - 1


def take_over(brought: Any) -> int:
    """The way of the desk, after the check was looked at."""
    from cunlian.kernel.access import SYSTEM
    from cunlian.people.imports.actions import apply_import
    from cunlian.people.models import Person, RegisterImport

    batch = RegisterImport.objects.get()
    done = apply_import(batch, by=SYSTEM)
    assert (done.new, done.refused) == (Person.objects.count(), 0)
    return done.new


def statements_of_import(path: Path) -> list[Any]:
    """What the import asks of the database, recorded and undone."""
    from django.db import transaction

    from bench.bare import for_driver, recorded
    from cunlian.kernel.access import SYSTEM
    from cunlian.people.imports.actions import apply_import
    from cunlian.people.models import RegisterImport

    _bring(path)
    with recorded() as events, transaction.atomic():
        apply_import(RegisterImport.objects.get(), by=SYSTEM)
        transaction.set_rollback(True)
    return for_driver([*(event for event in events if event[0] in ("one", "many")), ("COMMIT", "", ())])


def issue_alone(statements: list[Any]) -> int:
    from bench.bare import driver, issue
    from cunlian.people.models import Person

    issue(driver(), statements)
    return Person.objects.count()


def _bring(path: Path) -> None:
    """Up to the press that takes it over: what checking costs is about what taking over costs without writing people."""
    from cunlian.kernel.access import SYSTEM
    from cunlian.people.imports.actions import bring_list, check_import
    from cunlian.places.models import Place

    town = Place.objects.get(code="610902107")
    batch = bring_list(town, by=SYSTEM, name=path.name, data=path.read_bytes())
    check_import(batch, by=SYSTEM)


def import_export(path: Path, *, bulk: bool) -> int:
    from import_export import resources
    from tablib import Dataset

    from cunlian.kernel import clock
    from cunlian.kernel.secrets import blind, encrypt
    from cunlian.people.identity import read_identity
    from cunlian.people.models import Household, Person
    from cunlian.places.models import Place

    class PersonResource(resources.ModelResource):
        class Meta:
            model = Person
            import_id_fields = ("id_digest",)
            fields = ("id_digest", "name", "gender", "birth_year", "is_head", "is_away")
            use_bulk, batch_size, skip_diff = bulk, 1000, True

        def before_import(self, dataset: Any, **kwargs: Any) -> None:
            for name in self.Meta.fields:
                dataset.append_col([""] * len(dataset), header=name)
            self.places = {place.code: place for place in Place.objects.filter(level=5)}
            self.homes: dict[tuple[str, str], Household] = {}

        def before_import_row(self, row: Any, **kwargs: Any) -> None:
            identity = read_identity(row["身份证号"])
            row["id_digest"], row["name"], row["gender"] = blind(identity.whole), row["姓名"], identity.gender
            row["birth_year"], row["is_head"] = identity.born.year, row["与户主关系"] == "户主"
            row["is_away"] = row["是否外出"] == "是"

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            identity, key = read_identity(row["身份证号"]), (row["村"], row["户编号"])
            if key not in self.homes:
                self.homes[key] = Household.objects.create(
                    place=self.places[key[0]], number=key[1], address=row["户地址"], card_code=f"{len(self.homes):010d}",
                    starts_on=clock.today(),
                )  # fmt: skip
            instance.household, instance.place = self.homes[key], self.places[key[0]]
            instance.id_number, instance.birth_date = encrypt(identity.number), encrypt(identity.born.isoformat())
            instance.phone, instance.phone_digest = encrypt(row["手机号"]), blind(row["手机号"])

    dataset = Dataset().load(path.read_bytes(), format="xlsx")
    result = PersonResource().import_data(dataset, raise_errors=True, use_transactions=True)
    assert not result.has_errors()
    return Person.objects.count()


def _as_it_is(path: Path) -> Path:
    return path


READING, MINE, ALONE = "python-calamine, reading alone", "cunlian", "cunlian's statements alone"
WAYS: dict[str, tuple[Callable[[Path], Any], Callable[[Any], int]]] = {
    READING: (_as_it_is, read_alone),
    MINE: (_bring, take_over),
    ALONE: (statements_of_import, issue_alone),
    "django-import-export": (_as_it_is, partial(import_export, bulk=False)),
    "django-import-export, bulk": (_as_it_is, partial(import_export, bulk=True)),
}
"""What is made ready, and what of it is measured."""


def measure(way: str, path: Path) -> dict[str, Any]:
    """In a process of its own, over a fresh database: seconds, rows, and the most memory it held, in MB."""
    from django.db import connection

    make_ready, run = WAYS[way]
    ready = make_ready(path)
    connection.ensure_connection()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin, used = time.perf_counter(), time.process_time()
    rows = run(ready)
    took, used = time.perf_counter() - begin, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "way": way,
        "rows": rows,
        "seconds": took,
        "cpu_seconds": used,
        "peak_mb": peak / 1024,
        "before_mb": before / 1024,
    }


def told(row: dict[str, Any]) -> str:
    ways = {way["way"]: way for way in row["ways"]}
    mine, alone = ways[MINE], ways[READING]
    lines = [f"{row['set_up']}, {row['rows']:,} rows"]
    for way in row["ways"]:
        rate = way["rows"] / way["seconds"]
        lines.append(
            f"  {way['way']:<32} {way['seconds']:>8.2f} s ({way['cpu_seconds']:.2f} s of processor), {rate:>9,.0f} rows/s, "
            f"peak {way['peak_mb']:.0f} MB, of which {way['before_mb']:.0f} MB before"
        )
    ratio = mine["seconds"] / alone["seconds"]
    lines.append(f"  {ratio:.1f} × reading alone ({'kept' if ratio <= READS else 'MISSED'}, aim {READS} ×)")
    if ALONE in ways:
        lines.append(f"  its statements alone {ways[ALONE]['seconds'] / alone['seconds']:.1f} × reading alone")
    for name in ("django-import-export", "django-import-export, bulk"):
        times = ways[name]["seconds"] / mine["seconds"] if name in ways else 0
        if times:
            lines.append(f"  {times:.1f} × as fast as {name} ({'kept' if times >= TIMES else 'MISSED'}, aim {TIMES} ×)")
    return "\n".join(lines)


def kept(row: dict[str, Any]) -> bool:
    ways = {way["way"]: way["seconds"] for way in row["ways"]}
    mine = ways[MINE]
    return mine <= READS * ways[READING] and ways["django-import-export"] >= TIMES * mine


def main() -> int:
    if sys.argv[1:2] == ["--here"]:
        import django

        django.setup()
        what, path = sys.argv[2], Path(sys.argv[3])
        print(json.dumps(prepare(path, int(sys.argv[4])) if what == "prepare" else measure(what, path)))
        return 0
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--only", default="", choices=("", "sqlite", "postgresql"))
    parser.add_argument("--way", action="append", choices=list(WAYS), help="only these; the two first always")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told_to = sys.stderr if asked.json else sys.stdout
    print(f"{machine()}\n{busy()}", file=told_to, flush=True)
    rows = [_measured(maker_kind, asked) for maker_kind in ("sqlite", "postgresql") if asked.only in ("", maker_kind)]
    rows = [row for row in rows if row]
    for row in rows:
        print(told(row), file=told_to, flush=True)
    if asked.json:
        print(json.dumps({"machine": machine(), "results": rows}))
    return 0 if all(map(kept, rows)) else 1


def _measured(kind: str, asked: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="cunlian-bench-") as name:
        folder = Path(name)
        found = makers(folder, kind)
        if not found:
            return {}
        path = folder / "list.xlsx"
        maker, ways = found[0], []
        url = maker.fresh("import_base")
        child("bench.bench_import", "--here", "prepare", str(path), str(asked.rows), url=url, folder=folder)
        wanted = [way for way in WAYS if not asked.way or way in (READING, MINE, *asked.way)]
        if kind != "sqlite":
            wanted = [way for way in wanted if way != ALONE]
        try:
            for way in wanted:
                fresh = maker.fresh("import_run", "import_base")
                ways.append(child("bench.bench_import", "--here", way, str(path), url=fresh, folder=folder))
            set_up = version_of(url)
        finally:
            maker.drop()
        return {"database": kind, "set_up": set_up, "rows": asked.rows, "ways": ways}


if __name__ == "__main__":
    raise SystemExit(main())
