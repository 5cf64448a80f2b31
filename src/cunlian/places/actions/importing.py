"""Taking over the national list: one pass that judges every row, then one that writes only what differs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Invalid
from cunlian.places.actions.writing import Progress, Writer
from cunlian.places.codes import LENGTHS, LEVEL_OF_LENGTH, is_code, parent_code
from cunlian.places.models import Place, PlaceImport
from cunlian.places.report import Fault, ImpossibleRows, Report
from cunlian.places.sources import Row

OFFICIAL_LEVELS = 5
LONGEST_NAME = 120


@transaction.atomic
def import_places(
    rows: Iterable[Row], *, by: Actor, source: str, within: str = "", progress: Progress | None = None
) -> Report:
    """Make the official places at and below ``within`` (all, when empty) those of ``rows``, and their ancestors too.

    Raises ImpossibleRows, and changes nothing, when any row cannot be true. Doing it again changes nothing."""
    require(by, "places.import", None)
    names = _judge(rows)
    if not names or (within and within not in names):
        raise Invalid(_("The list has no place %(code)s, so nothing was imported.") % {"code": within}, field="within")
    report = Report(lines=len(names), digest=_digest(names))
    batch = PlaceImport(source=source, scope=within, lines=len(names), digest=report.digest, imported_at=clock.now())
    Writer(names, within, report, progress).write()
    for sort in ("added", "renamed", "retired", "kept"):
        setattr(batch, sort, getattr(report, sort).count)
    batch.save(force_insert=True)
    counts = {name: (None, getattr(batch, name)) for name in ("lines", "digest", "added", "renamed", "retired", "kept")}
    log.record(by, "places.imported", batch, changed=counts, batch_id=batch.pk)
    return report


def _judge(rows: Iterable[Row]) -> dict[str, str]:
    """Names by code, in the order of the source; raises ImpossibleRows unless every row can be true."""
    names: dict[str, str] = {}
    faults: list[Fault] = []
    suspects: list[Row] = []
    for row in rows:
        reason = _reason(row)
        if not reason and row.code in names:
            reason = _("this code stands in the list twice")
        if reason:
            faults.append(Fault(row.file, row.number, row.code, reason))
            continue
        names[row.code] = row.name
        if len(row.code) > LENGTHS[0] and parent_code(row.code) not in names:
            suspects.append(row)
    faults += _orphans(suspects, names)
    if faults:
        raise ImpossibleRows(faults)
    return names


def _reason(row: Row) -> str:
    """Why the row by itself cannot be true; "" when it can."""
    code, level = row.code, LEVEL_OF_LENGTH.get(len(row.code), 0)
    if not is_code(code):
        return _("a code is digits only")
    if not level or level > OFFICIAL_LEVELS:
        return _("a code has 2, 4, 6, 9 or 12 digits, this one has %(count)s") % {"count": len(code)}
    if row.level and row.level != level:
        wanted = LENGTHS[row.level - 1]
        return _("codes of this file have %(wanted)s digits, this one has %(count)s") % {
            "wanted": wanted,
            "count": len(code),
        }
    if row.parent and row.parent != parent_code(code):
        return _("the code does not lie below %(parent)s, which the row names as the place above") % {
            "parent": row.parent
        }
    if not row.name:
        return _("the name is empty")
    if len(row.name) > LONGEST_NAME:
        return _("the name is longer than %(count)s characters") % {"count": LONGEST_NAME}
    return ""


def _orphans(suspects: list[Row], names: dict[str, str]) -> list[Fault]:
    """Rows whose place above stands neither in the list nor among the places known already."""
    missing = {parent_code(row.code) for row in suspects} - names.keys()
    wanted, known = sorted(missing), set[str]()
    for start in range(0, len(wanted), 500):
        here = wanted[start : start + 500]
        known.update(Place.objects.current().filter(code__in=here).values_list("code", flat=True))
    return [
        Fault(row.file, row.number, row.code, _("the place above it, %(parent)s, is missing") % {"parent": parent})
        for row in suspects
        if (parent := parent_code(row.code)) in missing and parent not in known
    ]


def _digest(names: dict[str, str]) -> str:
    """SHA-256 over the lines "code<tab>name", sorted, whatever the order of the source."""
    whole = hashlib.sha256()
    for code in sorted(names):
        whole.update(f"{code}\t{names[code]}\n".encode())
    return whole.hexdigest()
