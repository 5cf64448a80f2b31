"""The calendar, the activity log, its seals, and the looks at personal data."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cunlian.kernel.ids import uuid7


class CalendarDay(models.Model):
    """A day the county entered from the yearly notice on holidays, before or against the library's list."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    source = models.CharField(max_length=200)


class Activity(models.Model):
    """One row of the log: who did what to which record, when. Written once by ``log.record``, never changed or deleted.

    ``changed`` holds {field: [old, new]}; a personal field stands there by name with no values. ``mac`` is a keyed digest
    of all other columns: a row added or changed without the key is named by ``cunlian verify``. ``log_key`` names the key
    and tells nothing about it.
    """

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    place_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    behalf_channel = models.CharField(max_length=20, blank=True)
    behalf_id = models.UUIDField(null=True)
    batch_id = models.UUIDField(null=True)
    changed = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    log_key = models.CharField(max_length=8)
    mac = models.BinaryField(max_length=32)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["object_id", "happened_at"], name="activity_of_object"),
            models.Index(fields=["recorded_at"], name="activity_recorded"),
        ]


class Seal(models.Model):
    """Proof over the rows it lists: ``root`` is their Merkle root, ``digest`` = SHA-256(number, previous, root, count)."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    number = models.BigIntegerField(primary_key=True)
    previous = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
    count = models.IntegerField()
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)


class SealEntry(models.Model):
    """That one activity row lies in one seal, at a position, with the leaf it had then."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    activity_id = models.UUIDField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries")
    position = models.IntegerField()
    leaf = models.BinaryField(max_length=32)


class Look(models.Model):
    """That somebody looked at a person's full data, why, and when. Shown to the person."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"person_id", "purpose"})

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person_id = models.UUIDField(db_index=True)
    actor_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    fields = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
