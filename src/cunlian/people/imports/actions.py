"""What is done with a list: brought in, its columns named, checked, decided, taken over, taken back, given up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cunlian.kernel import clock, jobs, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Job
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.kernel.secrets import encrypt
from cunlian.people.imports import files, sheets, undoing
from cunlian.people.imports.entries import Entry, Reader
from cunlian.people.imports.fields import FIELDS, NEEDED, heading, propose
from cunlian.people.imports.judging import ALIKE, REFUSED, TOTALS, Judge, Outcome, Verdict
from cunlian.people.imports.register import Register
from cunlian.people.imports.reporting import COUNTED, Report
from cunlian.people.imports.states import MOVES
from cunlian.people.imports.writing import Writer
from cunlian.people.models import ColumnName, ImportLine, RegisterImport
from cunlian.places.models import Level, Place

MAY = "people.import_register"
MOST_BYTES = 30 * 1024 * 1024
CHUNK = 2_000
Progress = Callable[..., None]


def _quiet(done: int, total: int | None = None) -> None:
    return None


@transaction.atomic
def bring_list(place: Place, *, by: Actor, name: str, data: bytes, invented: bool = False) -> RegisterImport:
    """Keep an uploaded workbook or CSV of ``place``, sealed, and propose what its columns are. Invalid when it is none, or
    none of its first rows names columns. Nothing of it is in the register yet."""
    require(by, MAY, place)
    if place.level > Level.VILLAGE:
        raise Invalid(_("A list is of a village or of what lies above it."), field="place")
    if not data or len(data) > MOST_BYTES:
        raise Invalid(_("The file is empty, or larger than 30 MB. Divide a large one by village."), field="file")
    sheets.refuse_empty_formulas(data)
    sheet = sheets.open_sheet(data)
    samples = encrypt(json.dumps(sheets.samples(sheet), ensure_ascii=False))
    batch = RegisterImport.objects.create(
        place=place, file_name=Path(name).name[:120], digest=hashlib.sha256(data).hexdigest(), file=files.keep(data),
        headings=sheet.headings, heading_row=sheet.heading_row, rows=sheet.total, brought_by=by.user_id,
        columns=propose(sheet.headings, remembered(place)), brought_at=clock.now(), invented=invented,
        samples=samples,
    )  # fmt: skip
    log.record(by, "people.list_brought", batch, changed={"digest": (None, batch.digest)})
    return batch


def remembered(place: Place) -> dict[str, str]:
    """What this unit called its columns before."""
    return dict(ColumnName.objects.filter(place=place).values_list("heading", "field"))


@transaction.atomic
def order_check(batch: RegisterImport, *, by: Actor, columns: Mapping[str, int]) -> Job:
    """Say which column holds what (field → index), remembered for the place's next list, and start the check."""
    batch = _open(batch, by, "check")
    known = {name: index for name, index in columns.items() if name in FIELDS and 0 <= index < len(batch.headings)}
    if missing := [str(FIELDS[name].label) for name in NEEDED if name not in known]:
        raise Invalid(_("Say which column holds: %(names)s.") % {"names": _(", ").join(missing)}, field="columns")
    if len(set(known.values())) < len(known):
        raise Invalid(_("A column is chosen twice. Each holds one thing."), field="columns")
    named = {index: name for name, index in known.items()}
    for index, text in enumerate(batch.headings):
        if text:
            ColumnName.objects.update_or_create(
                place=batch.place, heading=heading(text), defaults={"field": named.get(index, "")}
            )
    change(batch, columns=known)
    return _start(batch, by, "check")


@transaction.atomic
def order_work(batch: RegisterImport, *, by: Actor, move: str) -> Job:
    """Start taking a list over ("apply") or taking it back ("undo") in the background."""
    return _start(_open(batch, by, move), by, move)


def _open(batch: RegisterImport, by: Actor, move: str) -> RegisterImport:
    batch = lock(batch)
    require(by, MAY, batch)
    MOVES.check(batch, move)
    if batch.busy:
        raise Conflict(_("Work on this list is under way. Wait until it is through."))
    return batch


def _start(batch: RegisterImport, by: Actor, move: str) -> Job:
    job = jobs.start("people.import", f"{MOVES[move].label} · {batch.file_name}", by, batch=str(batch.pk), move=move)
    change(batch, job=job)
    log.record(by, "people.list_ordered", batch, changed={"move": (None, move)})
    return job


@transaction.atomic
def check_import(batch: RegisterImport, *, by: Actor, progress: Progress = _quiet) -> RegisterImport:
    """Say of every row what it would do, and change nothing in the register. May be asked again and again; what somebody
    decided about a row stays as long as the row is about the same person."""
    batch = lock(batch)
    require(by, MAY, batch)
    MOVES.check(batch, "check")
    decided = _decided(batch)
    report = Report(batch, Reader(batch.columns))
    ImportLine.objects.filter(batch=batch).delete()
    for verdict in _verdicts(batch, by, decided, progress):
        report.add(verdict, decided.get(verdict.entry.row, ("", None))[0])
    counts = report.finish()
    MOVES.apply(batch, "check", rows=sum(counts.values()), **counts)
    log.record(by, "people.list_checked", batch, changed={name: (None, n) for name, n in counts.items()})
    return batch


def _decided(batch: RegisterImport) -> dict[int, tuple[str, Any]]:
    rows = ImportLine.objects.filter(batch=batch).exclude(decision="")
    return {
        number: (decision, about) for number, decision, about in rows.values_list("number", "decision", "person_id")
    }


def _verdicts(batch: RegisterImport, by: Actor, decided: Mapping[int, Any], progress: Progress) -> Iterator[Verdict]:
    """Every row of the file, judged against the register as it is now, a chunk at a time."""
    sheet = sheets.open_sheet(files.read(batch), batch.heading_row)
    register = Register(batch.place)
    judge = Judge(register, by, decided)
    entries, done = Reader(batch.columns).entries(sheet.rows()), 0
    while chunk := list(islice(entries, CHUNK)):
        register.prefetch(chunk)
        for entry in chunk:
            yield judge.judge(entry)
        done += len(chunk)
        progress(done, max(sheet.total, done))


@transaction.atomic
def decide_lines(
    batch: RegisterImport, *, by: Actor, decision: str, numbers: list[int] | None = None
) -> RegisterImport:
    """Rows that look like somebody known are about them ("same") or about somebody else ("other"); all that are not decided
    yet, when ``numbers`` is None."""
    batch = _open(batch, by, "apply")
    if decision not in ("same", "other"):
        raise Invalid(_("Say whether it is the same person or somebody else."), field="decision")
    lines = ImportLine.objects.filter(batch=batch, outcome=Outcome.ALIKE)
    lines = lines.filter(decision="") if numbers is None else lines.filter(number__in=numbers)
    count = lines.update(decision=decision)
    if not count:
        raise Invalid(_("No row was chosen that is still to be decided."), field="decision")
    log.record(by, "people.line_decided", batch, changed={"rows": (None, count), "decision": (None, decision)})
    return batch


@transaction.atomic
def apply_import(batch: RegisterImport, *, by: Actor, progress: Progress = _quiet) -> RegisterImport:
    """Take every row that can be taken over into the register, of today: all of them or, when something breaks, none. Each is
    judged again, for the register may have changed since the check. Refused rows, undecided ones and totals are left out; the
    file is forgotten. One row of the log, with the digest of the file."""
    batch = lock(batch)
    require(by, MAY, batch)
    MOVES.check(batch, "apply")
    writer, counts = Writer(batch), dict.fromkeys(map(str, COUNTED), 0)
    told, other = dict(ImportLine.objects.filter(batch=batch).values_list("number", "outcome")), []
    for verdict in _verdicts(batch, by, _decided(batch), progress):
        counts[verdict.outcome] += 1
        if verdict.outcome not in (REFUSED, ALIKE, TOTALS):
            writer.write(verdict)
        if told.get(verdict.entry.row) != verdict.outcome:
            other.append(verdict)
    _tell_otherwise(batch, other)
    writer.finish()
    ImportLine.objects.filter(batch=batch).exclude(outcome=Outcome.REFUSED).update(details=b"")
    files.forget_after(batch.file)
    changed = MOVES.apply(batch, "apply", applied_at=clock.now(), file="", samples=b"", **counts)
    log.record(by, "people.list_applied", batch, changed=changed | {"digest": (None, batch.digest)})
    return batch


def _tell_otherwise(batch: RegisterImport, verdicts: list[Verdict]) -> None:
    """The lines whose rows came out otherwise than at the check, say by the decision made in between."""
    reader = Reader(batch.columns)
    for verdict in verdicts:
        faults = [[reader.cell(verdict.entry, name), why] for name, why in verdict.entry.faults]
        ImportLine.objects.filter(batch=batch, number=verdict.entry.row).update(
            outcome=verdict.outcome, faults=faults, person=verdict.person if verdict.outcome != Outcome.NEW else None
        )


@transaction.atomic
def undo_import(batch: RegisterImport, *, by: Actor, progress: Progress = _quiet) -> RegisterImport:
    """Everything the import made goes, everything it changed becomes what it was, in the register of every day; what was
    changed since stays and is named (``ImportTrace.kept``)."""
    batch = lock(batch)
    require(by, MAY, batch)
    MOVES.check(batch, "undo")
    kept = undoing.undo(batch, progress)
    changed = MOVES.apply(batch, "undo", undone_at=clock.now(), kept=kept)
    log.record(by, "people.list_undone", batch, changed=changed | {"digest": (None, batch.digest)})
    return batch


@transaction.atomic
def discard_import(batch: RegisterImport, *, by: Actor) -> RegisterImport:
    """Not taken over: the file and what was said about its rows go."""
    batch = _open(batch, by, "discard")
    changed = forget_list(batch)
    log.record(by, "people.list_discarded", batch, changed=changed)
    return batch


def forget_list(batch: RegisterImport) -> dict[str, tuple[Any, Any]]:
    """The file and what was said about its rows go. Part of giving a list up, and of erasing a person it names."""
    ImportLine.objects.filter(batch=batch).delete()
    files.forget_after(batch.file)
    return MOVES.apply(batch, "discard", file="", samples=b"")


__all__ = [
    "Entry", "apply_import", "bring_list", "check_import", "decide_lines", "discard_import", "order_check", "order_work",
    "undo_import",
]  # fmt: skip
