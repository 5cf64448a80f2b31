"""Many cases at once, as the actions would have left them: a sample is made by the actions and then multiplied.

    python -m bench.generate base            # places, staff, people, item list, nothing reported yet
    python -m bench.generate cases 1000000   # as many cases over 98 villages and 36 months

Both work on the database DATABASE_URL names. The copies carry what their templates carry (bench/clones.py): six and more
rows of the log with valid digests, sealed; promises with their pauses; remarks, extensions, joins, threads of what was merged
or split; reporters with encrypted phones and blind index, one person for about three reports. Not copied: messages (their text
is erased after a month), photos, looks.

Ended requests are spread over three years; those still open stay in the last weeks, as many as three years' rate leaves open.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q
from tqdm import tqdm

from bench import district, loading
from bench.clones import Bundle, Compiler, Copier, Copies, Target, Text
from cunlian.cases.models import Case, Endorsement, Extension, Petition, Remark
from cunlian.cases.routing import route
from cunlian.cases.states import ENDED
from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.lists import Names
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock, guards, ids, seals
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, OutboxEntry, Promise, PromisePause, Seal, SealEntry, ThreadLink
from cunlian.kernel.outbox import KEPT_DONE
from cunlian.kernel.secrets import blind, encrypt
from cunlian.people.actions import note_reporter
from cunlian.places.models import Place

SAMPLE = 400
WEEKS = 105  # with the sample's own year: 36 months
BATCH = 4_000
REPORTS_PER_PERSON = 3


def clusters() -> list[list[Case]]:
    """Cases that were merged or split hang together and are copied together."""
    cases = list(Case.objects.select_related("place__parent").order_by("reported_at", "pk"))
    leader = {case.pk: case.pk for case in cases}

    def first(key: UUID) -> UUID:
        return key if leader[key] == key else first(leader[key])

    for case in cases:
        for other in (case.merged_into_id, case.split_from_id):
            if other:
                leader[first(case.pk)] = first(other)
    found: dict[UUID, list[Case]] = defaultdict(list)
    for case in cases:
        found[first(case.pk)].append(case)
    return list(found.values())


def hanging_on(cases: list[Case]) -> list[Any]:
    """Every row that belongs to the cases, in the order of references."""
    keys = [case.pk for case in cases]
    promises = list(Promise.objects.filter(about_id__in=keys))
    told_of = [*keys, *(promise.pk for promise in promises)]
    activities = list(Activity.objects.filter(object_id__in=told_of).order_by("happened_at", "id"))
    return [
        *cases,
        *promises,
        *PromisePause.objects.filter(promise__about_id__in=keys),
        *(row for model in (Remark, Extension, Endorsement, Petition) for row in model.objects.filter(case__in=keys)),
        *ThreadLink.objects.filter(Q(source_id__in=keys) | Q(target_id__in=keys)),
        *activities,
        *OutboxEntry.objects.filter(activity_id__in=[row.pk for row in activities]),
    ]


def compile_all(land: Land, staff: Staff) -> list[Bundle]:
    """The sample, compiled. A place is known by its rank and a village's own posts by what they are."""
    names: dict[UUID, str] = {village.pk: "village" for village in land.villages}
    names |= {grid.pk: "grid" for grids in land.grids.values() for grid in grids}
    names |= {post.pk: "cadre" for post in staff.cadres.values()} | {
        post.pk: "worker" for post in staff.workers.values()
    }
    people = set(Case.objects.exclude(reporter=None).values_list("reporter_id", flat=True))
    people |= set(Endorsement.objects.exclude(person=None).values_list("person_id", flat=True))
    compiler = Compiler(names, people)
    found = []
    for cases in clusters():
        ended = all(case.state in ENDED for case in cases)
        found.append(compiler.compile(hanging_on(cases), cases[0].reported_at, ended))
    return found


def person_template(land: Land) -> Bundle:
    """How somebody who reports for the first time is registered; the one made for it stays."""
    village = land.villages[0]
    person = note_reporter(by=SYSTEM, place=village, name="张桂兰", phone="19900000000")
    rows = [person, *Activity.objects.filter(object_id=person.pk)]
    return Compiler({village.pk: "village"}, ()).compile(rows, rows[1].happened_at, True)


def targets(land: Land, staff: Staff) -> list[list[Target]]:
    """For each village the places a copy may land on. A village without staff of its own is answered for by whom the
    routing names."""
    found = []
    for village in land.villages:
        fallback = None if village.code in staff.cadres else route(village, None).post
        cadre = staff.cadres.get(village.code) or fallback or staff.desk
        spots: list[tuple[Place, Any]] = [
            (grid, staff.workers.get(grid.code) or cadre) for grid in land.grids[village.code]
        ]
        found.append([
            Target(
                {"village": village.pk.hex, "grid": place.pk.hex, "cadre": cadre.pk.hex, "worker": worker.pk.hex},
                village.pk.hex,
            )
            for place, worker in spots or [(village, cadre)]
        ])  # fmt: skip
    return found


class People:
    """Who reports: somebody known in the village twice out of three times, else a new person."""

    def __init__(self, template: Bundle, copies: Copies, chance: random.Random) -> None:
        self.template, self.copies, self.chance = template, copies, chance
        self.names = Names(chance)
        self.names.serial = 50_000_000
        self.text = Text()
        self.known: dict[str, list[str]] = defaultdict(list)
        self.key = template.keys[0][1]
        self.copier = Copier(lambda _v, _m: "", lambda _m: "")

    def __call__(self, village: str, moment: datetime) -> str:
        known = self.known[village]
        if known and self.chance.random() > 1 / REPORTS_PER_PERSON:
            return self.chance.choice(known)
        known.append(self._new(village, moment))
        return known[-1]

    def _new(self, village: str, moment: datetime) -> str:
        phone = self.names.phone()
        private = {"name": self.names.name(), "phone": self.text.bytes_(encrypt(phone)), "phone_digest": blind(phone)}
        back = (self.template.reported_at - moment).total_seconds()
        target = Target({"village": village}, village)
        values = self.copier.copy(self.template, 0, int(back), target, self.copies, private=private)
        return str(values[self.key])


class Receipts:
    """Numbers nobody holds, as ``new_receipt`` makes them."""

    def __init__(self) -> None:
        self.taken = set(Case.objects.values_list("receipt", flat=True))
        self.taken |= set(Endorsement.objects.values_list("receipt", flat=True))
        self.months: dict[Any, str] = {}

    def __call__(self, moment: datetime) -> str:
        day = moment.date()
        month = self.months.get(day) or self.months.setdefault(day, f"{clock.day_of(moment):%y%m}")
        while (receipt := ids.new_receipt(month)) in self.taken:
            pass
        self.taken.add(receipt)
        return receipt


class Sealer:
    """Seals over the copies' rows, continuing the chain."""

    def __init__(self) -> None:
        last = Seal.objects.order_by("number").last()
        self.number, self.previous = (last.number, bytes(last.digest)) if last else (0, seals.ORIGIN)
        self.text, self.at = Text(), clock.now()

    def seal(self, copies: Copies) -> None:
        """One seal for what is waiting."""
        leaves, copies.leaves = copies.leaves, []
        root = seals.Tree(leaf for _key, leaf in leaves).root
        self.number += 1
        digest = seals.digest_of(self.number, self.previous, root, len(leaves))
        sealed = Seal(number=self.number, previous=self.previous, root=root, count=len(leaves), digest=digest,
                      sealed_at=self.at)  # fmt: skip
        columns = Seal._meta.concrete_fields
        copies.rows[Seal] = [tuple(self.text.constant(column, getattr(sealed, column.attname)) for column in columns)]
        number = str(self.number) if self.text.copy else self.number
        copies.rows[SealEntry] = [
            (key, number, str(position) if self.text.copy else position, self.text.bytes_(leaf))
            for position, (key, leaf) in enumerate(leaves)
        ]
        self.previous = digest


def drawn(bundles: list[Bundle], count: int, chance: random.Random) -> Iterator[tuple[Bundle, int]]:
    """Which bundle, how many weeks earlier; in the order of time, as a database fills. Open ones are a third as many and
    stay where they are."""
    open_ones = [bundle for bundle in bundles if not bundle.ended]
    ended = [bundle for bundle in bundles if bundle.ended]
    share = len(open_ones) / 3 / (len(open_ones) / 3 + len(ended))
    picked = [
        (chance.choice(open_ones), 0) if chance.random() < share else (chance.choice(ended), chance.randrange(WEEKS))
        for _n in range(count)
    ]
    picked.sort(key=lambda pair: pair[0].reported_at.timestamp() - pair[1] * 604_800)
    yield from picked


def multiply(count: int, *, bulk: bool, step: Callable[[int], None], seed: int = district.SEED) -> dict[str, int]:
    """Add ``count`` bundles to the sample that is there. ``bulk``: for a database nobody else has open."""
    chance = random.Random(seed)
    land, staff = district.read_land(), district.read_staff()
    bundles, spots = compile_all(land, staff), targets(land, staff)
    copies = Copies()
    people = People(person_template(land), copies, chance)
    seals.seal(full=True)
    copier, sealer = Copier(people, Receipts()), Sealer()
    month_ago = clock.now() - KEPT_DONE
    made = {"bundles": 0, "cases": 0, "activities": 0}

    def flush() -> None:
        if copies.leaves:
            sealer.seal(copies)
        with transaction.atomic():
            loading.write(copies)

    for bundle, weeks in drawn(bundles, count, chance):
        target = chance.choice(chance.choice(spots))
        recent = weeks <= 4 and bundle.reported_at > month_ago
        copier.copy(bundle, weeks, chance.randrange(3600), target, copies, outbox=recent)
        made["bundles"] += 1
        made["cases"] += len(bundle.rows[Case])
        made["activities"] += bundle.activities
        if len(copies.leaves) >= BATCH:
            flush()
            step(made["cases"])
    flush()
    return made


def prepare() -> dict[str, Any]:
    """An empty database becomes a district in which nothing is reported yet."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    guards.install()
    district.build()
    OutboxEntry.objects.filter(state=OutboxEntry.State.WAITING).update(state=OutboxEntry.State.DONE)
    seals.seal(full=True)
    return {"villages": len(district.read_land().villages)}


def fill(count: int) -> dict[str, Any]:
    """Cases up to ``count``: the sample and its copies."""
    start = time.perf_counter()
    district.Sample().build(min(SAMPLE, count))
    there = Case.objects.count()
    sampled = time.perf_counter() - start
    share = there / len(clusters())
    with tqdm(total=count - there, unit=" cases", unit_scale=True, delay=2, disable=None, file=sys.stderr) as shown:
        step = lambda done: shown.update(done - shown.n)  # noqa: E731
        wanted = int((count - there) / share)
        with loading.bulk():
            multiply(max(wanted, 1), bulk=True, step=step)
    tables = {model._meta.db_table: model.objects.count() for model in loading.TABLES}  # type: ignore[attr-defined]
    return {"seconds": time.perf_counter() - start, "sample_seconds": sampled, "rows": tables}


def main() -> None:
    what = sys.argv[1]
    connection.ensure_connection()
    print(json.dumps(prepare() if what == "base" else fill(int(sys.argv[2]))))


if __name__ == "__main__":
    main()
