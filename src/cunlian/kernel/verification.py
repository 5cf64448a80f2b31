"""``verify``: compare the log with its seals, and the seals with what the auditor keeps. See seals.py for what is
proven.

Reads the log once, a few thousand rows at a time, so memory stays the same at six million rows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cunlian.kernel import guards, log
from cunlian.kernel.models import Activity, Seal, SealEntry
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.seals import (
    BATCH,
    HORIZON,
    ORIGIN,
    Progress,
    Tree,
    digest_of,
    fits,
    is_genuine,
    read,
    unsealed,
)

KEPT = 100
MISSING_KEY = _lazy(
    "%(count)s sealed rows name the log key %(key)s, which is missing: they are what was sealed, but who wrote them cannot be "
    "told. Put this key back into LOG_KEY, behind the one in use."
)
OLD_KEY = _lazy("Row %(key)s was written with an old log key after the new one had come into use.")


class Finding(NamedTuple):
    """Something that does not fit. ``kind``: guards, changed, missing, added, unsealed, list, chain, file, key.
    ``activity``: the key of the row as stored, if one is meant; ``seal``: the number, if one is meant."""

    kind: str
    sentence: str
    seal: int | None = None
    activity: str = ""


@dataclass
class KeyUse:
    """How many rows each log key wrote, and from when to when: told by the rows' own time, which takes the key to write."""

    rows: Counter[str] = field(default_factory=Counter)
    spans: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)

    def note(self, row: Activity) -> bool:
        """Count the row. False when newer keys had been in use for longer than an hour by then: whoever still wrote with
        this one has it from elsewhere."""
        key, at = row.log_key, row.recorded_at
        self.rows[key] += 1
        first, last = self.spans.get(key, (at, at))
        self.spans[key] = min(first, at), max(last, at)
        names = list(log.keys())
        newer = [self.spans[name] for name in names[: names.index(key)] if name in self.spans]
        return all(last - first <= HORIZON for first, last in newer)

    @property
    def absent(self) -> list[str]:
        return sorted(set(self.rows) - set(log.keys()))

    @property
    def idle(self) -> list[str]:
        """Old keys that no row needs any more."""
        return [name for name in list(log.keys())[1:] if not self.rows[name]]


@dataclass
class Report:
    """What ``verify`` read and found. ``findings`` keeps the first hundred of ``found``. ``keys``: the log keys needed."""

    seals: int = 0
    rows: int = 0
    waiting: int = 0
    found: int = 0
    findings: list[Finding] = field(default_factory=list)
    keys: KeyUse = field(default_factory=KeyUse)

    @property
    def ok(self) -> bool:
        return not self.found

    def add(self, kind: str, sentence: str, *, seal: int | None = None, activity: str = "") -> None:
        self.found += 1
        if len(self.findings) < KEPT:
            self.findings.append(Finding(kind, sentence, seal, activity))


class Link(NamedTuple):
    """A seal as stored: what a hand wrote there need not be of the right type on SQLite."""

    number: int
    previous: bytes
    root: bytes
    size: int
    digest: bytes

    @property
    def fits(self) -> bool:
        try:
            return digest_of(self.number, self.previous, self.root, self.size) == self.digest
        except (AttributeError, OverflowError, TypeError):
            return False


def verify(seals_file: Path | None = None, progress: Progress | None = None) -> Report:
    """Read the whole log and say what was changed, missing or added. ``seals_file``: lines of JSON with number and
    digest as sent to the auditor. ``progress`` is told the rows read by each step. Invalid for a file that cannot be
    read."""
    report = Report()
    outside = _read_file(seals_file) if seals_file else {}
    absent = guards.missing()
    if len(absent) >= guards.needed():
        guards.require()  # not one stands: the database was never set up
    for name in absent:
        report.add("guards", _("Guard %(name)s is missing. Run “cunlian migrate”.") % {"name": name})
    previous, last = ORIGIN, 0
    for links in _chunks():
        for link in links:
            _check_link(report, link, previous, last)
            _check_outside(report, link, outside)
            previous, last = link.digest, link.number
        read_rows = _check_rows(report, links)
        if progress:
            progress(read_rows)
    for number in sorted(outside):
        sentence = _("Seal %(number)s is in the auditor's file and not in the database.")
        report.add("file", sentence % {"number": number}, seal=number)
    _check_unsealed(report)
    for name in report.keys.absent:
        told = {"key": name, "count": report.keys.rows[name]}
        report.add("key", str(MISSING_KEY % told))
    return report


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _chunks() -> Iterator[list[Link]]:
    """All seals in order, grouped so that a group holds some thousand rows."""
    group: list[Link] = []
    size = last = 0
    columns = ("number", "previous", "root", "count", "digest")
    while page := list(Seal.objects.filter(number__gt=last).order_by("number").values_list(*columns)[:BATCH]):
        for number, before, root, count, digest in page:
            group.append(Link(number, _bytes(before), _bytes(root), count, _bytes(digest)))
            size += count if isinstance(count, int) else 0
            if size >= BATCH:
                yield group
                group, size = [], 0
        last = page[-1][0]
    if group:
        yield group


def _check_link(report: Report, link: Link, previous: bytes, last: int) -> None:
    report.seals += 1
    told = {"number": link.number, "expected": last + 1}
    if link.number != last + 1:
        report.add("chain", _("Seal %(expected)s is missing; the next is %(number)s.") % told, seal=last + 1)
    elif link.previous != previous:
        report.add("chain", _("Seal %(number)s does not continue the seal before it.") % told, seal=link.number)
    if not link.fits:
        report.add("chain", _("Seal %(number)s was changed: its digest does not fit.") % told, seal=link.number)


def _check_outside(report: Report, link: Link, outside: dict[int, str]) -> None:
    known = outside.pop(link.number, None)
    if known is not None and known != link.digest.hex():
        sentence = _("Seal %(number)s is not the one in the auditor's file: the log up to it was rewritten.")
        report.add("file", sentence % {"number": link.number}, seal=link.number)


def _check_rows(report: Report, links: list[Link]) -> int:
    """Check the rows of a group of seals; return how many there were."""
    span = SealEntry.objects.filter(seal_id__gte=links[0].number, seal_id__lte=links[-1].number)
    rows = dict(read(Activity.objects.filter(pk__in=span.values("activity_id"))))
    entries = span.annotate(key=Cast("activity_id", TextField())).order_by("seal_id", "position")
    listed = entries.values_list("seal_id", "position", "leaf", "key").iterator(chunk_size=BATCH)
    trees: dict[int, Tree] = {}
    for number, members in groupby(listed, key=lambda entry: int(entry[0])):
        trees[number] = _check_seal(report, number, members, rows)
    for link in links:
        tree = trees.get(link.number, Tree())
        report.rows += tree.count
        if not tree.count or tree.count != link.size or tree.root != link.root:
            sentence = _("The list of rows of seal %(number)s was changed.")
            report.add("list", sentence % {"number": link.number}, seal=link.number)
    return sum(tree.count for tree in trees.values())


def _check_seal(report: Report, number: int, members: Iterator[Any], rows: dict[str, Activity | None]) -> Tree:
    tree = Tree()
    expected = 0
    for _number, position, leaf, text in members:
        key = str(text).replace("-", "")
        if position != expected:
            told = {"number": number, "position": expected}
            report.add("missing", _("Seal %(number)s lists no row at position %(position)s.") % told, seal=number)
        expected = position + 1 if isinstance(position, int) else expected + 1
        _check_row(report, number, key, _bytes(leaf), rows)
        tree.add(_bytes(leaf))
    return tree


def _check_row(report: Report, number: int, key: str, leaf: bytes, rows: dict[str, Activity | None]) -> None:
    told = {"number": number, "key": key}
    row = rows.get(key)
    if key not in rows:
        report.add("missing", _("Row %(key)s of seal %(number)s is missing.") % told, seal=number, activity=key)
    elif row is not None and fits(row, leaf) and row.log_key not in log.keys():
        report.keys.rows[row.log_key] += 1
    elif row is None or not is_genuine(row) or not fits(row, leaf):
        report.add("changed", _("Row %(key)s of seal %(number)s was changed.") % told, seal=number, activity=key)
    elif not report.keys.note(row):
        report.add("key", str(OLD_KEY % told), seal=number, activity=key)


def _check_unsealed(report: Report) -> None:
    """Rows in no seal: a row without the key was added past the application; a row that later seals passed over, or
    that nobody sealed for a day, is named. The newest only wait for their minute."""
    last = Seal.objects.order_by("number").values_list("sealed_at", flat=True).last()
    passed = datetime.now(UTC) - timedelta(days=1)
    passed = max(passed, last - HORIZON) if last else passed
    key = ""
    while page := read(unsealed(key)[:BATCH]):
        key = page[-1][0]
        for name, row in page:
            told = {"key": name}
            if row is None or not is_genuine(row):
                report.add("added", _added(row) % told, activity=name)
            elif not report.keys.note(row):
                report.add("key", str(OLD_KEY % told), activity=name)
            elif row.recorded_at < passed:
                sentence = _("Row %(key)s is in no seal though it is old enough. Run “cunlian seal”.")
                report.add("unsealed", sentence % told, activity=name)
            else:
                report.waiting += 1


def _added(row: Activity | None) -> str:
    if row is not None and row.log_key not in log.keys():
        return _("Row %(key)s was not written by Cunlian, or the log key it was written with is missing from LOG_KEY.")
    return _("Row %(key)s was not written by Cunlian.")


def _read_file(path: Path) -> dict[int, str]:
    """Number and digest of each line that begins with "{": whole letters may be kept in the file."""
    known: dict[int, str] = {}
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for count, line in enumerate(lines, start=1):
            if line.lstrip().startswith("{"):
                number, digest = _read_line(line, count)
                known[number] = digest
    if not known:
        raise Invalid(_('The file holds no seals. Each stands on a line like {"number": 1, "digest": "…"}.'))
    return known


def _read_line(line: str, count: int) -> tuple[int, str]:
    try:
        data = json.loads(line)
        return int(data["number"]), bytes.fromhex(data["digest"]).hex()
    except (KeyError, TypeError, ValueError):
        raise Invalid(_("Line %(count)s of the file is not a seal.") % {"count": count}) from None
