"""Every state × every move of a table is tried in the same way, whatever the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from cunlian.kernel.models import Activity
from cunlian.kernel.moves import Move
from cunlian.kernel.refusals import Refusal


def tried(record: models.Model, move: Move, make: Callable[[Any], object]) -> str:
    """Make the move on a fresh copy of ``record``, say what went otherwise than the table has it ("" when nothing did),
    and take it back."""
    rows = type(record)._default_manager.filter(pk=record.pk)
    fresh: Any = rows.get()
    before, written = fresh.state, Activity.objects.count()
    with transaction.atomic():
        try:
            make(fresh)
            made = True
        except Refusal:
            made = False
        after, written = rows.get().state, Activity.objects.count() - written  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    if made != (before in move.from_):
        return f"{move.name}: made {made}"
    if after != ((move.to or before) if made else before):
        return f"{move.name}: ends in {after}"
    return "" if written or not made else f"{move.name}: wrote no activity"
