"""What came of what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cunlian.kernel.records import Record


class ThreadLink(Record):
    """What came of what: ``source`` led to ``target``."""

    KIND = "thread"

    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField(db_index=True)
    target_kind = models.CharField(max_length=40)
    target_id = models.UUIDField(db_index=True)
    relation = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_id", "target_id", "relation"], name="thread_once"),
        ]
