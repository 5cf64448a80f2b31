"""What checking a list said of each of its rows, kept until it is taken over: sealed, for it is the list itself."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from cunlian.kernel import secrets
from cunlian.people.imports.entries import Reader
from cunlian.people.imports.fields import FIELDS
from cunlian.people.imports.judging import CHANGED, SAME, Outcome, Verdict
from cunlian.people.imports.tables import Table, adapters, new_key
from cunlian.people.models import ImportLine, Person, RegisterImport, Relation

_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){9,}[\dXx]")
COUNTED = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.ALIKE, Outcome.REFUSED, Outcome.TOTALS)


class Report:
    """Lines of one list, written many at a time."""

    def __init__(self, batch: RegisterImport, reader: Reader) -> None:
        self.counts: Counter[str] = Counter()
        self._reader, self._key = reader, adapters()[0]
        self._batch = self._key(batch.pk)
        self._lines = Table(ImportLine, "id", "batch", "number", "outcome", "faults", "details", "person", "decision")

    def add(self, verdict: Verdict, decision: str = "") -> None:
        entry, person = verdict.entry, verdict.person
        self.counts[verdict.outcome] += 1
        faults = [[self._reader.cell(entry, name), why] for name, why in entry.faults]
        details = secrets.encrypt(json.dumps(_told(verdict), ensure_ascii=False))
        self._lines.add(
            new_key(), self._batch, entry.row, verdict.outcome, json.dumps(faults), details,
            self._key(person.pk) if person else None, decision,
        )  # fmt: skip

    def finish(self) -> dict[str, int]:
        self._lines.flush()
        return {str(outcome): self.counts[outcome] for outcome in COUNTED}


def _told(verdict: Verdict) -> dict[str, Any]:
    """For the page: of a row what it says; of somebody known, what changes from what to what, masked."""
    values = verdict.entry.values
    told: dict[str, Any] = {"number": values.get("number", ""), "name": values.get("name", "")}
    if verdict.outcome in (CHANGED, SAME):
        pairs = {**verdict.changes, **verdict.home_changes}
        told["changes"] = [[name, masked(name, old), masked(name, new)] for name, (old, new) in pairs.items()]
    else:
        told["says"] = [[name, shown(name, value)] for name, value in values.items() if name not in told]
    return told


def shown(name: str, value: Any) -> str:
    """A value as it would stand in a cell."""
    if name == "id_number":
        return str(getattr(value, "number", value))
    if name == "birth":
        return str((value[1] or value[0]) if isinstance(value, tuple) else value or "")
    if name == "gender":
        return str(Person.Gender(value).label)
    if name == "relation":
        return str(Relation(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value or "")


def masked(name: str, value: Any) -> str:
    """A value of somebody known: enough to recognise it, not to use it."""
    text = getattr(value, "number", None) if name == "household" and value else shown(name, value)
    text = str(text or "")
    if name == "name":
        return secrets.mask_name(text)
    if name == "phone":
        return secrets.mask_phone(text)
    if name == "id_number":
        return secrets.mask_id(text)
    if name == "birth":
        return text[:4] + ("-**-**" if len(text) > 4 else "")
    return f"{text[:2]}***" if name == "address" and text else text


def samples_of(batch: RegisterImport) -> list[list[str]]:
    """Of every column the first cells, as written; none once the list is taken over or given up. For who may bring it in."""
    found: list[list[str]] = json.loads(secrets.decrypt(batch.samples)) if batch.samples else []
    return found


def sampled(name: str, cell: str) -> str:
    """A cell of a column that holds ``name``, or "": enough to tell what the column is. Identity numbers and phones are
    masked, and whatever has as many digits, for it may stand in a column nobody named yet."""
    if name in ("id_number", "phone"):
        return masked(name, cell)
    bare = unicodedata.normalize("NFKC", cell)
    return _LONG_NUMBER.sub(_hidden, bare)


def _hidden(found: re.Match[str]) -> str:
    number = re.sub(r"\D", "", found[0][:-1]) + found[0][-1]
    return secrets.mask_id(number) if len(number) >= 15 else secrets.mask_phone(number)


def label_of(name: str) -> str:
    return str(_("Household")) if name == "household" else str(FIELDS[name].label)
