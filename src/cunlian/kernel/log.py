"""The activity log: the last statement of every action writes one row here.

The row is keyed (HMAC) so that what was written past the application is told apart, and sealed later by ``seals``. No
value of a personal field and no free text ever enters it: erasing a person leaves the log whole.

``settings.LOG_KEY`` holds one or more keys, comma-separated: rows are written with the first, and each row names the key
it was written with, so a key is changed by putting the new one in front. The old ones stay as long as their rows.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from cunlian.kernel import clock, outbox
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity
from cunlian.kernel.records import ref
from cunlian.kernel.refusals import Text
from cunlian.kernel.secrets import split


@dataclass(frozen=True)
class Verb:
    """A registered thing that happens: ``label`` for lists, ``sentence`` for the timeline (after the doer's post)."""

    code: str
    label: Text
    sentence: Text
    icon: str = "point"
    public: bool = False


VERBS: dict[str, Verb] = {}


def add_verb(code: str, label: Text, sentence: Text, *, icon: str = "point", public: bool = False) -> None:
    """Register a verb, once, in a domain's ``messages.py``. ``public``: the resident concerned sees this step."""
    if code in VERBS:
        raise ValueError(f"verb {code} is registered twice")
    VERBS[code] = Verb(code, label, sentence, icon, public)


_batch: ContextVar[UUID | None] = ContextVar("log_batch", default=None)


@contextmanager
def batch() -> Iterator[UUID]:
    """Rows recorded in the block share one batch: what somebody did to many records with one press."""
    key = uuid7()
    token = _batch.set(key)
    try:
        yield key
    finally:
        _batch.reset(token)


def _plain(value: Any) -> Any:
    """A value as JSON keeps it, without floats."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} does not belong in the log")


@lru_cache(maxsize=8)
def _keys(text: str) -> dict[str, bytes]:
    return {name_of(key): key.encode() for key in split(text)}


def keys() -> dict[str, bytes]:
    """The county's log keys by name, the one in use first."""
    return _keys(settings.LOG_KEY)


def name_of(key: str) -> str:
    """What a row says of the key it was written with: eight hex digits from which nothing of the key can be told."""
    return hmac.digest(key.encode(), b"name of a log key", "sha256").hex()[:8]


def canonical(row: Activity) -> bytes:
    """The bytes of a row that its digest covers: every column but the digest, in one fixed form."""
    data = [
        row.id.hex, row.verb, row.object_kind, row.object_id.hex, row.place_id and row.place_id.hex, row.actor_kind,
        row.actor_id and row.actor_id.hex, row.post_id and row.post_id.hex, row.behalf_channel,
        row.behalf_id and row.behalf_id.hex, row.batch_id and row.batch_id.hex, row.changed,
        row.happened_at.astimezone(UTC).isoformat(), row.recorded_at.astimezone(UTC).isoformat(), row.log_key,
    ]  # fmt: skip
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(row: Activity) -> bytes:
    """HMAC-SHA-256 of the row under the log key it names: 32 bytes. KeyError when the county has no such key."""
    return hmac.digest(keys()[row.log_key], canonical(row), "sha256")


def build(
    by: Actor,
    verb: str,
    obj: models.Model,
    *,
    changed: Mapping[str, tuple[Any, Any]] | None = None,
    place_id: UUID | None = None,
    batch_id: UUID | None = None,
    happened_at: datetime | None = None,
) -> Activity:
    """An unsaved row, keyed. For ``record`` and for bulk generators that insert many at once."""
    if verb not in VERBS:
        raise KeyError(f"{verb} is not a registered verb")
    kind, object_id = ref(obj)
    personal: frozenset[str] = getattr(obj, "PERSONAL", frozenset())
    row = Activity(
        id=uuid7(),
        verb=verb,
        object_kind=kind,
        object_id=object_id,
        place_id=place_id or getattr(obj, "place_id", None),
        actor_kind=by.kind,
        actor_id=by.user_id,
        post_id=by.post_id,
        behalf_channel=by.behalf.channel if by.behalf else "",
        behalf_id=by.behalf.person_id if by.behalf else None,
        batch_id=batch_id or _batch.get(),
        changed={
            name: None if name in personal else [_plain(old), _plain(new)]
            for name, (old, new) in sorted((changed or {}).items())
        },
        happened_at=happened_at or clock.now(),
        recorded_at=datetime.now(UTC),
        log_key=next(iter(keys())),
    )
    row.mac = digest(row)
    return row


def record(
    by: Actor,
    verb: str,
    obj: models.Model,
    *,
    changed: Mapping[str, tuple[Any, Any]] | None = None,
    place_id: UUID | None = None,
    batch_id: UUID | None = None,
) -> Activity:
    """Write the row and, in the same transaction, one outbox row for each reaction to the verb."""
    row = build(by, verb, obj, changed=changed, place_id=place_id, batch_id=batch_id)
    row.save(force_insert=True)
    outbox.enqueue(row)
    return row
