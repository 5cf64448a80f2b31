"""Pages that cannot lose rows: each page starts after the last row seen, by (time, key), never by a count of rows.

A cursor is signed, so that only those we gave are read, each on the list it was given for."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.refusals import Invalid

M = TypeVar("M", bound=Model)
LARGEST = 200


def _read(cursor: str, salt: str) -> list[str]:
    try:
        values: list[str] = signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        raise Invalid(_("This cursor is not one we gave. Start again without one."), field="cursor") from None
    return values


def _page(rows: QuerySet[M], limit: int) -> tuple[list[M], bool]:
    """At most ``limit`` rows, itself held between 1 and ``LARGEST``, and whether there are more."""
    limit = max(1, min(limit, LARGEST))
    found = list(rows[: limit + 1])
    return found[:limit], len(found) > limit


def page_by_time(rows: QuerySet[M], field: str, cursor: str, limit: int) -> tuple[list[M], str | None]:
    """Newest first, by ``field`` and, where times are equal, by key. A row added meanwhile neither moves nor hides those
    before the cursor or behind it."""
    salt = f"api.{rows.model._meta.label_lower}.{field}"
    if cursor:
        time_text, key_text = _read(cursor, salt)
        moment, key = datetime.fromisoformat(time_text), UUID(key_text)
        rows = rows.filter(Q(**{f"{field}__lt": moment}) | Q(**{field: moment, "pk__lt": key}))
    found, more = _page(rows.order_by(f"-{field}", "-pk"), limit)
    last: Any = found[-1] if more else None
    return found, signing.dumps([getattr(last, field).isoformat(), str(last.pk)], salt=salt) if more else None


def page_by_code(rows: QuerySet[M], cursor: str, limit: int) -> tuple[list[M], str | None]:
    """In the order of codes, which are unique among current places."""
    salt = f"api.{rows.model._meta.label_lower}.code"
    if cursor:
        rows = rows.filter(code__gt=_read(cursor, salt)[0])
    found, more = _page(rows.order_by("code"), limit)
    last: Any = found[-1] if more else None
    return found, signing.dumps([last.code], salt=salt) if more else None
