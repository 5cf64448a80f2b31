"""Multiplying requests that the actions made: the same rows with new keys, at another time, in another village.

A **bundle** is a request with all that hangs on it: promises and pauses, remarks, extensions, those who joined, links,
rows of the log and what the log owes to reactions; requests merged or split are one bundle. It is compiled once: each cell
is either the same in every copy or a *slot*. A copy fills the slots and computes each log row's digest over the very bytes
``log.canonical`` gives (it is called once, on a row of placeholders), so ``cunlian verify`` accepts them.

What a copy does not do: it moves by whole weeks and up to an hour, so a deadline keeps its weekday and does not know the
holidays of its new week.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

from cunlian.cases.models import Case, Endorsement, Extension, Petition, Remark
from cunlian.kernel import log
from cunlian.kernel.models import Activity, OutboxEntry, Promise, PromisePause, ThreadLink
from cunlian.people.models import Person

# In the order of their references. The moment a record's key tells is its first column here.
MOMENTS: dict[type[models.Model], str] = {
    Person: "", Case: "reported_at", Promise: "made_at", PromisePause: "started_at", Remark: "written_at",
    Extension: "asked_at", Endorsement: "joined_at", Petition: "", ThreadLink: "made_at", Activity: "happened_at",
    OutboxEntry: "try_at",
}  # fmt: skip
# Closing times stay closing times: they move by weeks only.
BY_WEEK = frozenset({"due_at", "first_due_at", "window_ends_at", "climb_at"})
PRIVATE = ("name", "phone", "phone_digest")
_MARK = re.compile("⟦(\\d+)⟧")
Getter = Callable[[list[Any]], tuple[Any, ...]]


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns a copy fills: all but numbers the database gives."""
    return [column for column in model._meta.concrete_fields if not isinstance(column, models.BigAutoField)]


class Text:
    """How the values of one database look on their way in: its driver's, or lines of COPY."""

    def __init__(self) -> None:
        self.copy = connection.vendor == "postgresql"

    def constant(self, column: models.Field[Any, Any], value: Any) -> Any:
        if not self.copy:
            found = column.get_db_prep_save(value, connection)
            return bytes(found) if isinstance(found, memoryview) else found
        return self._line(value)

    @staticmethod
    def _line(value: Any) -> str:
        if value is None:
            return "\\N"
        if isinstance(value, bool):
            return "t" if value else "f"
        if isinstance(value, bytes | memoryview):
            return f"\\\\x{bytes(value).hex()}"
        if isinstance(value, datetime | date):
            return value.isoformat()
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")

    def time(self, iso: str) -> str:
        return iso if self.copy else f"{iso[:10]} {iso[11:-6]}"

    def bytes_(self, value: bytes) -> Any:
        return f"\\\\x{value.hex()}" if self.copy else value

    def json(self, text: str) -> str:
        return text.replace("\\", "\\\\") if self.copy else text


def new_key(milliseconds: int) -> str:
    """32 hex digits of a UUIDv7 of that moment."""
    noise = random.getrandbits(74)
    return f"{milliseconds:012x}7{noise >> 62:03x}{8 | noise >> 60 & 3:x}{noise & (1 << 60) - 1:015x}"


def dashed(key: str) -> str:
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


class _Token:
    """Stands in a row of the log for a value a copy fills in, and reads as its placeholder wherever canonical looks."""

    def __init__(self, mark: str) -> None:
        self.hex = mark

    def astimezone(self, _zone: Any) -> _Token:
        return self

    def isoformat(self) -> str:
        return self.hex


@dataclass
class Format:
    """A text with slots in it."""

    text: str
    pick: Getter

    def fill(self, values: list[Any]) -> str:
        return self.text % self.pick(values)


def _format(marked: str) -> Format:
    """From a text with ⟦n⟧ in it."""
    slots = [int(number) for number in _MARK.findall(marked)]
    # Two slots more: itemgetter of one gives no tuple.
    text = "%s".join(part.replace("%", "%%") for part in _MARK.split(marked)[::2])
    return Format(text + "%.0s%.0s", itemgetter(*slots, 0, 0))


@dataclass
class Bundle:
    """One compiled bundle. ``rows``: for each table the getters that pick a row out of the filled slots."""

    reported_at: datetime
    ended: bool
    base: list[Any] = field(default_factory=lambda: [""])
    times: list[tuple[datetime, bool, int, int]] = field(default_factory=list)
    keys: list[tuple[datetime, int, int]] = field(default_factory=list)
    persons: list[tuple[int, int]] = field(default_factory=list)
    places: list[tuple[str, int, int]] = field(default_factory=list)
    receipts: list[int] = field(default_factory=list)
    dates: list[tuple[date, int]] = field(default_factory=list)
    private: dict[str, int] = field(default_factory=dict)
    texts: list[tuple[Format, int]] = field(default_factory=list)
    digests: list[tuple[Format, int, int]] = field(default_factory=list)
    rows: dict[type[models.Model], list[Getter]] = field(default_factory=dict)
    activities: int = 0


@dataclass(frozen=True)
class Target:
    """Where a copy lands: key by what a template's own places and posts are called."""

    keys: dict[str, str]
    village: str


class Compiler:
    """``names``: what the templates' places and village-bound posts are called ("village", "grid", "cadre", "worker")."""

    def __init__(self, names: dict[UUID, str], persons: Iterable[UUID]) -> None:
        self.names, self.persons, self.text = names, set(persons), Text()

    def compile(self, rows: list[models.Model], reported_at: datetime, ended: bool) -> Bundle:
        self.bundle = Bundle(reported_at, ended)
        self.slots: dict[Any, tuple[int, int]] = {}
        self.own = {row.pk: self._moment(row, reported_at) for row in rows if isinstance(row.pk, UUID)}
        for row in rows:
            if isinstance(row, Activity):
                row.recorded_at = row.happened_at
            getter = itemgetter(*(self._cell(row, column) for column in columns(type(row))))
            self.bundle.rows.setdefault(type(row), []).append(getter)
        self.bundle.activities = sum(isinstance(row, Activity) for row in rows)
        return self.bundle

    def _moment(self, row: models.Model, else_: datetime) -> datetime:
        name = MOMENTS[type(row)]
        return getattr(row, name) if name else else_  # type: ignore[no-any-return]

    def _new(self, count: int = 2) -> tuple[int, int]:
        first = len(self.bundle.base)
        self.bundle.base.extend([None] * count)
        return first, first + count - 1

    def slot(self, value: Any, name: str = "") -> tuple[int, int] | None:
        """(its slot in the form of keys and ISO times, its slot as the log's JSON or the column has it), or None for
        what is the same in every copy."""
        if isinstance(value, datetime):
            key: Any = (value, name not in BY_WEEK)
        elif isinstance(value, UUID) and (value in self.own or value in self.persons or value in self.names):
            key = value
        else:
            return None
        if key not in self.slots:
            self.slots[key] = self._make(key)
        return self.slots[key]

    def _make(self, key: Any) -> tuple[int, int]:
        pair = self._new()
        if isinstance(key, tuple):
            self.bundle.times.append((key[0].astimezone(UTC), key[1], *pair))
        elif key in self.own and key not in self.persons:
            self.bundle.keys.append((self.own[key], *pair))
        elif key in self.persons:
            self.bundle.persons.append(pair)
        else:
            self.bundle.places.append((self.names[key], *pair))
        return pair

    def _cell(self, row: models.Model, column: models.Field[Any, Any]) -> int:
        value, name = getattr(row, column.attname), column.attname
        if isinstance(row, Activity) and name in ("mac", "changed"):
            return self._digest(row) if name == "mac" else self._changed(row, column)
        if name == "receipt":
            self.bundle.receipts.append(self._new(1)[0])
            return self.bundle.receipts[-1]
        if isinstance(row, Person) and name in PRIVATE:
            self.bundle.private[name] = self._new(1)[0]
            return self.bundle.private[name]
        if type(value) is date:
            self.bundle.dates.append((value, self._new(1)[0]))
            return self.bundle.dates[-1][1]
        pair = self.slot(value, name)
        if pair:
            return pair[1] if isinstance(value, datetime) else pair[0]
        slot = self._new(1)[0]
        self.bundle.base[slot] = self.text.constant(column, value)
        return slot

    def _marked(self, changed: dict[str, Any]) -> dict[str, Any]:
        """The log's JSON with placeholders for what a copy changes. Keys stand there with dashes, times as ISO."""
        return {name: pair and [self._mark(name, value) for value in pair] for name, pair in changed.items()}

    def _mark(self, name: str, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found: Any = None
        try:
            found = UUID(value) if len(value) == 36 else datetime.fromisoformat(value) if len(value) > 24 else None
        except ValueError:
            return value
        pair = self.slot(found, name)
        if pair is None:
            return value
        return f"⟦{pair[0] if isinstance(found, datetime) else pair[1]}⟧"

    def _changed(self, row: Activity, column: models.Field[Any, Any]) -> int:
        marked = json.dumps(self._marked(row.changed), ensure_ascii=False)
        slot = self._new(1)[0]
        if _MARK.search(marked):
            self.bundle.texts.append((_format(self.text.json(marked)), slot))
        else:
            self.bundle.base[slot] = self.text.json(marked)
        return slot

    def _digest(self, row: Activity) -> int:
        stand_in = Activity(verb=row.verb, object_kind=row.object_kind, actor_kind=row.actor_kind,
                            behalf_channel=row.behalf_channel, changed=self._marked(row.changed),
                            log_key=row.log_key)  # fmt: skip
        for name in ("id", "object_id", "place_id", "actor_id", "post_id", "behalf_id", "batch_id", "happened_at",
                     "recorded_at"):  # fmt: skip
            value = getattr(row, name)
            pair = self.slot(value, name)
            setattr(stand_in, name, _Token(f"⟦{pair[0]}⟧") if pair else value)
        slot = self._new(1)[0]
        own = self.slot(row.id)
        assert own is not None
        self.bundle.digests.append((_format(log.canonical(stand_in).decode()), slot, own[0]))
        return slot


@dataclass
class Copies:
    """Rows of copies by table, waiting to be written, and the leaves of their seals."""

    rows: dict[type[models.Model], list[tuple[Any, ...]]] = field(default_factory=dict)
    leaves: list[tuple[str, bytes]] = field(default_factory=list)


class Copier:
    """``person``: gives the key of somebody of a village at a moment; ``receipt``: an unused number for a moment."""

    def __init__(self, person: Callable[[str, datetime], str], receipt: Callable[[datetime], str]) -> None:
        self.person, self.receipt, self.text = person, receipt, Text()
        self.key = next(iter(log.keys().values()))

    def copy(
        self, bundle: Bundle, weeks: int, jitter: int, target: Target, into: Copies, *, outbox: bool = False,
        private: Mapping[str, Any] | None = None,
    ) -> list[Any]:  # fmt: skip
        """Fill a copy ``weeks`` weeks and ``jitter`` seconds earlier; returns its slots. ``outbox``: with the rows of
        reactions, which are thrown away a month after they are done. ``private``: name and phone of a new person."""
        values = bundle.base.copy()
        back, further = timedelta(weeks=weeks), timedelta(weeks=weeks, seconds=jitter)
        self._fill_moments(bundle, values, back, further)
        for name, hex_slot, dashed_slot in bundle.places:
            key = target.keys[name]
            values[hex_slot], values[dashed_slot] = key, dashed(key)
        reported_at = bundle.reported_at - further
        for hex_slot, dashed_slot in bundle.persons:
            key = self.person(target.village, reported_at)
            values[hex_slot], values[dashed_slot] = key, dashed(key)
        for slot in bundle.receipts:
            values[slot] = self.receipt(reported_at)
        for name, slot in bundle.private.items():
            values[slot] = (private or {})[name]
        self._seal(bundle, values, into)
        for model, getters in bundle.rows.items():
            if model is not OutboxEntry or outbox:
                into.rows.setdefault(model, []).extend([pick(values) for pick in getters])
        return values

    def _fill_moments(self, bundle: Bundle, values: list[Any], back: timedelta, further: timedelta) -> None:
        for moment, jittered, iso_slot, column_slot in bundle.times:
            iso = (moment - (further if jittered else back)).isoformat()
            values[iso_slot], values[column_slot] = iso, self.text.time(iso)
        for moment, hex_slot, dashed_slot in bundle.keys:
            key = new_key(int((moment - further).timestamp() * 1000))
            values[hex_slot], values[dashed_slot] = key, dashed(key)
        for day, slot in bundle.dates:
            values[slot] = (day - back).isoformat()

    def _seal(self, bundle: Bundle, values: list[Any], into: Copies) -> None:
        for text, slot in bundle.texts:
            values[slot] = text.fill(values)
        for text, slot, own in bundle.digests:
            row = text.fill(values).encode()
            mac = hmac.digest(self.key, row, "sha256")
            values[slot] = self.text.bytes_(mac)
            into.leaves.append((values[own], hashlib.sha256(b"\x00" + row + mac).digest()))
