"""The second pass of an import: province by province, what differs between the list and the table is written.

Rows go in by executemany or COPY rather than bulk_create, which builds a model object per row and took three times as
long over the country. A province at a time keeps memory flat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q

from cunlian.kernel import clock
from cunlian.kernel.ids import uuid7
from cunlian.places.codes import LENGTHS, LEVEL_OF_LENGTH, ancestor_codes, parent_code
from cunlian.places.history import set_aside
from cunlian.places.models import Place, PlaceImport, PlaceVersion, Succession, SuccessionKind
from cunlian.places.names import initials_of, short_name_of
from cunlian.places.querysets import code_q
from cunlian.places.report import SHOWN, Change, Report

CHUNK = 20_000
COUNTY = LENGTHS[2]
COLUMNS = ("id", "code", "level", "name", "short_name", "initials", "parent_id", "starts_on", "ends_on", "since")

T = TypeVar("T")
Progress = Callable[[int], object]


class Known(NamedTuple):
    """A place as the table has it."""

    id: UUID
    name: str
    parent_id: UUID | None


class Writer:
    """Writes ``names`` (by code) over what the table has at and below ``within`` and tells it to ``report``."""

    def __init__(self, names: dict[str, str], within: str, report: Report, progress: Progress | None) -> None:
        self.names = names
        self.within = within
        self.report = report
        self.progress = progress or (lambda count: None)
        self.day = clock.today()
        self.imported = list(PlaceImport.objects.values_list("scope", flat=True))
        self.ids: dict[str, UUID] = {}
        self.ranks = {len(code) for code in names}
        self.gone: list[tuple[str, str]] = []
        self.come: list[str] = []

    def write(self) -> None:
        self._read_decisions()
        codes = sorted(self.names, key=lambda code: (code[:2], len(code), code))
        for province, group in groupby(codes, key=lambda code: code[:2]):
            self._write_province(province, list(group))
        self._report_moves()

    def _read_decisions(self) -> None:
        """What the county decided by a paper: the list does not undo it."""
        decided = PlaceVersion.objects.exclude(paper="")
        self.decided_codes = set(decided.values_list("code", flat=True))
        self.decided_ids = set(decided.values_list("place_id", flat=True))
        self.decided_ids |= set(Succession.objects.exclude(paper="").values_list("to_place_id", flat=True))

    def _write_province(self, province: str, codes: list[str]) -> None:
        known = self._known(province)
        self.ids = {code: place.id for code, place in known.items() if len(code) < LENGTHS[4]}
        new, differing = [], []
        for code in codes:
            place = known.pop(code, None)
            if place is None and code in self.decided_codes:
                self.report.kept.add(code, self.names[code])
            elif place is None:
                new.append(code)
            elif place.name == self.names[code]:
                self.report.unchanged += 1
            elif place.id in self.decided_ids:
                self.report.kept.add(code, place.name, self.names[code])
            else:
                differing.append((code, place))
        self.progress(len(codes) - len(new))
        self._retire(known)
        self._add(self._without_revived(new))
        self._rename(differing)

    def _known(self, province: str) -> dict[str, Known]:
        rows = Place.objects.current().filter(code_q(self.within or province), level__lt=6).order_by()
        if self.within:
            rows = rows | Place.objects.current().filter(code__in=ancestor_codes(self.within))
        fields = rows.values_list("code", "id", "name", "parent_id").iterator(chunk_size=CHUNK)
        return {code: Known(key, name, parent) for code, key, name, parent in fields}

    def _retire(self, left: dict[str, Known]) -> None:
        """End the places of ``left`` that the list lacks though it names the place above and has places of their rank:
        a list of one town's new villages says nothing about the others."""
        ended: dict[str, UUID] = {}
        for code in sorted(left, key=len):
            above = parent_code(code)
            said = above in ended or (above in self.names and len(code) in self.ranks)
            if not said or not code.startswith(self.within):
                continue
            if left[code].id in self.decided_ids:
                self.report.kept.add(code, left[code].name)
                continue
            ended[code] = left[code].id
            self.report.retired.add(code, left[code].name)
            self.gone.append((code, left[code].name))
        for ids in _chunks(ended.values(), 500):
            Place.objects.filter(pk__in=ids).update(ends_on=self.day)
            Place.objects.current().filter(parent_id__in=ids, level=6).update(ends_on=self.day)

    def _without_revived(self, codes: list[str]) -> list[str]:
        """The codes that are new indeed. A place ended before that is back under its name goes on; one whose code now
        belongs to another steps aside to a code below the same parent that no list gives."""
        ended = Place.objects.filter(
            code_q(self.within or codes[0][:2]) if codes else Q(pk__in=()), ends_on__isnull=False
        )
        by_code = {place.code: place for place in ended.order_by("ends_on")}
        rest = []
        for code in codes:
            place = by_code.get(code)
            if place is not None and place.name == self.names[code]:
                place.ends_on = None
                place.save(update_fields=["ends_on"])
                self.ids[code] = place.pk
                self.report.added.add(code, place.name)
                continue
            if place is not None:
                set_aside(place)
            rest.append(code)
        return rest

    def _add(self, codes: list[str]) -> None:
        for chunk in _chunks(codes, CHUNK):
            _insert([self._row(code) for code in chunk])
            self.progress(len(chunk))
        self.report.added.count += len(codes)
        for code in codes[: max(0, SHOWN - len(self.report.added.shown))]:
            self.report.added.shown.append(Change(code, self.names[code]))
        self.come.extend(codes)

    def _row(self, code: str) -> tuple[Any, ...]:
        name, key = self.names[code], uuid7()
        if len(code) < LENGTHS[4]:
            self.ids[code] = key
        short = short_name_of(name)
        above = self._parent(code) if len(code) > LENGTHS[0] else None
        start = self.day if any(code.startswith(scope) for scope in self.imported) else None
        return key, code, LEVEL_OF_LENGTH[len(code)], name, short, initials_of(short), above, start, None, start

    def _parent(self, code: str) -> UUID:
        above = parent_code(code)
        if above not in self.ids:
            self.ids[above] = Place.objects.current().values_list("pk", flat=True).get(code=above)
        return self.ids[above]

    def _rename(self, differing: list[tuple[str, Known]]) -> None:
        places = {place.pk: place for place in _by_key([known.id for _, known in differing])}
        versions, successions = [], []
        for code, known in differing:
            place = places[known.id]
            self.report.renamed.add(code, self.names[code], place.name)
            versions.append(place.version(self.day))
            successions.append(
                Succession(from_place=place, to_place=place, succession_kind=SuccessionKind.RENAMED, day=self.day)
            )
            place.name, place.short_name = self.names[code], short_name_of(self.names[code])
            place.initials, place.since = initials_of(place.short_name), self.day
        PlaceVersion.objects.bulk_create(versions, batch_size=500)
        Succession.objects.bulk_create(successions, batch_size=500, ignore_conflicts=True)
        Place.objects.bulk_update(places.values(), ["name", "short_name", "initials", "since"], batch_size=100)

    def _report_moves(self) -> None:
        """Pairs of a code that went and one that came, of one name that stands once on each side in the county."""
        went = _once((code[:COUNTY], name, code) for code, name in self.gone)
        came = _once((code[:COUNTY], self.names[code], code) for code in self.come) if went else {}
        for key in sorted(went.keys() & came.keys()):
            self.report.moved.add(came[key], key[1], went[key])


def _by_key(ids: list[UUID]) -> Iterator[Place]:
    for chunk in _chunks(ids, 500):
        yield from Place.objects.filter(pk__in=chunk)


def _once(rows: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """Code by (county, name), of the pairs that occur once."""
    listed = list(rows)
    seen = Counter((county, name) for county, name, _ in listed)
    return {(county, name): code for county, name, code in listed if seen[county, name] == 1}


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _insert(rows: list[tuple[Any, ...]]) -> None:
    """Append rows of COLUMNS to the table of places, by the fastest way the database has."""
    table = connection.ops.quote_name(Place._meta.db_table)
    columns = ", ".join(map(connection.ops.quote_name, COLUMNS))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(COLUMNS))
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",
            [(r[0].hex, *r[1:6], r[6] and r[6].hex, *r[7:]) for r in rows],
        )
