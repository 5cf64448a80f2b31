"""What a record was before a list changed it, so that it can go back; and whether it was changed since.

A record's state is its own fields and its running dated rows. What a change ended is opened again, what it began is taken
away: after it is undone, the register of every day is what it was.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import Q

from cunlian.kernel.secrets import decrypt, encrypt
from cunlian.people.models import (
    STANDING,
    VALUES,
    Absence,
    Household,
    HouseholdVersion,
    ImportTrace,
    Membership,
    Person,
    PersonVersion,
)

PERSON = (
    *sorted(VALUES),
    "place",
    "household",
    "is_head",
    "is_away",
    "gone_on",
    "gone_because",
    "merged_into",
    "erased_at",
)
HOUSEHOLD = (*STANDING, "ends_on")
DATED: dict[type[Any], dict[str, Any]] = {
    Person: {"membership": Membership, "absence": Absence, "version": PersonVersion},
    Household: {"version": HouseholdVersion},
}
State = dict[str, Any]


def state_of(record: Person | Household) -> State:
    """Everything a list can change of a record: its fields, as text, and its dated rows with their ends."""
    kind: type[Any] = type(record)
    names = PERSON if kind is Person else HOUSEHOLD
    fresh = kind.objects.get(pk=record.pk)
    fields = {name: _plain(getattr(fresh, kind._meta.get_field(name).attname)) for name in names}
    owner = "person" if kind is Person else "household"
    dated = {
        name: {
            str(pk): str(end or "") for pk, end in model.objects.filter(**{owner: record}).values_list("pk", "ends_on")
        }
        for name, model in DATED[kind].items()
    }
    return {"fields": fields, "dated": dated}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": bytes(value).hex()}
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _value(plain: Any) -> Any:
    return bytes.fromhex(plain["bytes"]) if isinstance(plain, dict) else plain


def digest(state: State) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def sealed(state: State) -> bytes:
    return encrypt(json.dumps(state))


def is_as_left(trace: ImportTrace, record: Person | Household) -> bool:
    """Nothing happened to it since the list changed it."""
    return digest(state_of(record)) == trace.after


def put_back(trace: ImportTrace, record: Person | Household) -> None:
    """Make the record what it was before the list. Ask ``is_as_left`` first."""
    before: State = json.loads(decrypt(trace.before))
    kind: type[Any] = type(record)
    owner = "person" if kind is Person else "household"
    for name, model in DATED[kind].items():
        was: dict[str, str] = before["dated"][name]
        rows = model.objects.filter(**{owner: record})
        rows.exclude(pk__in=list(was)).delete()
        for pk, end in was.items():
            rows.filter(pk=pk).exclude(Q(ends_on=end or None)).update(ends_on=end or None)
    fields = {kind._meta.get_field(name).attname: _value(plain) for name, plain in before["fields"].items()}
    kind.objects.filter(pk=record.pk).update(**fields)
