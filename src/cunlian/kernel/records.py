"""What every stored thing has in common: a key made by its maker, a kind, and a word on which fields are personal."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.apps import apps
from django.db import models

from cunlian.kernel.ids import uuid7


class Record(models.Model):
    """Base of all records.

    ``KIND`` names the record in links, log and API and never changes. ``PERSONAL`` lists the fields that say something
    about a person: the log holds them by name only, exports and pages mask them. A test requires both on every model.
    """

    KIND: ClassVar[str] = ""
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Ref(NamedTuple):
    """A link to any record: its kind and key. Used instead of contenttypes, which shard badly."""

    kind: str
    id: uuid.UUID


R = TypeVar("R", bound=models.Model)


def ref(obj: models.Model) -> Ref:
    kind: str = getattr(obj, "KIND", "")
    if not kind:
        raise TypeError(f"{type(obj).__name__} has no KIND")
    return Ref(kind, obj.pk)


@cache
def model_of(kind: str) -> type[Record]:
    """The model registered for ``kind``. KeyError for an unknown kind."""
    for model in apps.get_models():
        if getattr(model, "KIND", "") == kind:
            return model  # type: ignore[return-value]
    raise KeyError(kind)


def lock(obj: R) -> R:
    """The same record, fresh and locked until the transaction ends. SQLite needs no row lock: its transactions begin
    IMMEDIATE and are alone. ``no_key``: rows that only point here are not held up."""
    query = type(obj)._base_manager.select_for_update(of=("self",), no_key=True)
    return query.get(pk=obj.pk)


def change(obj: models.Model, **values: Any) -> dict[str, tuple[Any, Any]]:
    """Set ``values``, save only those fields, and return old and new of what really changed, for the log."""
    changed = {}
    for name, new in values.items():
        attname = obj._meta.get_field(name).attname  # type: ignore[union-attr]
        old = getattr(obj, attname)
        setattr(obj, name, new)
        now = getattr(obj, attname)
        if old != now:
            changed[name] = (old, now)
    if changed:
        obj.save(update_fields=list(changed))
    return changed
