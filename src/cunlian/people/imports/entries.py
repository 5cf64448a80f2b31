"""A row of a list, read: values by field, or the cells that cannot be read and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Refusal
from cunlian.kernel.secrets import blind
from cunlian.people.imports.fields import EXAMPLE, FIELDS, NEEDED
from cunlian.people.imports.sheets import Row, column_letter, is_totals


@dataclass(slots=True)
class Entry:
    """``values``: what the row says, by field; an empty cell says nothing. ``id_digest``: of its identity number. ``faults``:
    (field, sentence) of what cannot be. ``totals``: the row adds up others and is about nobody, so nothing of it is read."""

    row: int
    values: dict[str, Any]
    id_digest: str = ""
    faults: list[tuple[str, str]] = field(default_factory=list)
    totals: bool = False

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def refuse(self, name: str, sentence: Any) -> None:
        self.faults.append((name, str(sentence)))

    @property
    def born(self) -> tuple[int | None, date | None]:
        """Year and day of birth: of the identity number, else as written."""
        identity = self.values.get("id_number")
        if identity:
            return identity.born.year, identity.born
        return self.values.get("birth") or (None, None)

    @property
    def gender(self) -> str:
        identity = self.values.get("id_number")
        return str(identity.gender if identity else self.values.get("gender", ""))


@dataclass(frozen=True)
class Reader:
    """Reads rows by ``columns`` (field → index)."""

    columns: Mapping[str, int]

    def entries(self, rows: Iterator[tuple[int, Row]]) -> Iterator[Entry]:
        wanted = [(name, index, FIELDS[name].read) for name, index in self.columns.items()]
        for number, row in rows:
            if is_totals(row):
                yield Entry(number, {}, totals=True)
                continue
            entry = _read(number, row, wanted)
            if not str(entry.values.get("name", "")).startswith(EXAMPLE):
                yield entry

    def cell(self, entry: Entry, name: str) -> str:
        """C17: where a person finds it."""
        index = self.columns.get(name)
        return f"{column_letter(index)}{entry.row}" if index is not None else str(entry.row)


def _read(number: int, row: Row, wanted: list[tuple[str, int, Any]]) -> Entry:
    values: dict[str, Any] = {}
    entry = Entry(number, values)
    for name, index, read in wanted:
        value = row[index] if index < len(row) else ""
        if value == "" or value is None or (type(value) is str and value.isspace()):
            continue
        try:
            found = read(value)
        except Refusal as refusal:
            entry.refuse(name, refusal.sentence)
            continue
        if found != "":
            values[name] = found
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    values = entry.values
    for name in NEEDED:
        if name not in values and all(at != name for at, _why in entry.faults):
            entry.refuse(name, _("This is empty. Every row needs it."))
    identity = values.get("id_number")
    if identity is None:
        return
    entry.id_digest = blind(identity.whole)
    birth = values.get("birth")
    if birth and (birth[1] or birth[0]) != (identity.born if birth[1] else identity.born.year):
        entry.refuse("birth", _("The identity number has another day of birth. Check which of the two is right."))
    if values.get("gender") and values["gender"] != identity.gender:
        entry.refuse("gender", _("The identity number says otherwise. Check which of the two is right."))
