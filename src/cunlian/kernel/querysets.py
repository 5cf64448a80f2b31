"""Reads of the kernel's tables. ``now`` is always handed in: these methods know no clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cunlian.kernel.access import Actor
from cunlian.kernel.records import ref

if TYPE_CHECKING:
    from cunlian.kernel.models import (  # noqa: F401  (named in strings)
        Attachment,
        Evidence,
        Job,
        Message,
        OutboxEntry,
        Promise,
    )

SHANGHAI = ZoneInfo("Asia/Shanghai")  # the clock reads these tables, so it cannot be asked from here


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> Self:
        """Still owed, whether the clock runs or stands."""
        return self.filter(settled_at=None)

    def owed_by(self, post_ids: Iterable[UUID]) -> Self:
        return self.filter(owner_id__in=list(post_ids))

    def about(self, record: models.Model) -> Self:
        kind, key = ref(record)
        return self.filter(about_kind=kind, about_id=key)

    def of_kind(self, *codes: str) -> Self:
        return self.filter(promise_kind__in=codes)

    def due_on(self, day: date) -> Self:
        """Still owed and due on a Shanghai day."""
        start = datetime.combine(day, time(), SHANGHAI)
        return self.open().filter(due_at__gte=start, due_at__lt=start + timedelta(days=1))

    def overdue(self, now: datetime) -> Self:
        """Still owed after its time. A pause that began after that time does not hide it; a pause that began before
        stopped the clock, so nothing is late yet."""
        standing = self.model.pauses.rel.related_model.objects.filter(  # type: ignore[attr-defined]
            promise=OuterRef("pk"), ended_at=None, started_at__lte=OuterRef("due_at")
        )
        return self.open().filter(due_at__lt=now).exclude(Q(state="paused") & Exists(standing))

    def kept_in_time(self) -> Self:
        return self.filter(state="kept", settled_at__lte=F("due_at"))

    def late(self, now: datetime) -> Self:
        """Missed: kept after its time, or overdue at ``now``. With ``kept_in_time`` it makes the whole of what has come
        due, so a share counts every promise once."""
        ids = self.overdue(now).values("pk")
        return self.filter(Q(state="kept", settled_at__gt=F("due_at")) | Q(pk__in=ids))


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    def waiting(self, now: datetime) -> Self:
        return self.filter(state="waiting", try_at__lte=now).order_by("try_at", "pk")

    def failures(self) -> Self:
        """Given up after all tries; a person looks at them and tries again."""
        return self.filter(state="failed").order_by("-try_at")


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self, now: datetime) -> Self:
        return self.filter(state="waiting", try_at__lte=now).order_by("try_at", "pk")

    def failures(self) -> Self:
        return self.filter(state="failed").order_by("-try_at")


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, actor: Actor) -> Self:
        """Only what this account started: an export holds what its owner may see, and nobody else."""
        return self.filter(owner_id=actor.user_id) if actor.user_id else self.none()


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def about(self, record: models.Model) -> Self:
        kind, key = ref(record)
        return self.filter(about_kind=kind, about_id=key).select_related("evidence").order_by("created_at", "pk")

    def public(self) -> Self:
        return self.filter(public=True)

    def same_picture(self, evidence: Evidence) -> Self:
        same = Q(evidence=evidence) | Q(evidence__source_sha256=evidence.source_sha256)
        if evidence.look:
            same |= Q(evidence__look=evidence.look)
        return self.filter(same, blurred_from=None)
