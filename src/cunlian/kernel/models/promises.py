"""Promises and the times in which their clock stood."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.querysets import PromiseQuerySet
from cunlian.kernel.records import Record


class PromiseState(models.TextChoices):
    OPEN = "open", _("Still owed")
    PAUSED = "paused", _("Its clock stands")
    KEPT = "kept", _("Kept")
    RELEASED = "released", _("Released from it")


class Promise(Record):
    """Who owes what about which record by when. See promises.py for how ``due_at`` follows from the other fields."""

    KIND = "promise"

    promise_kind = models.CharField(max_length=40)
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    place_id = models.UUIDField(null=True)
    owner_id = models.UUIDField(
        null=True, help_text=_("The post that owes it; empty while nobody answers for the place.")
    )
    state = models.CharField(max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    made_at = models.DateTimeField(help_text=_("From when it counts."))
    working_days = models.IntegerField(default=0)
    hours = models.IntegerField(null=True, help_text=_("Hours instead of working days, for what cannot wait."))
    extra_days = models.IntegerField(default=0, help_text=_("Working days granted later."))
    first_due_at = models.DateTimeField(help_text=_("Without pauses and extensions."))
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    rung = models.IntegerField(default=0, help_text=_("How many on the ladder have heard that it is late."))
    climb_at = models.DateTimeField(null=True, help_text=_("When the next on the ladder hears that it is late."))
    settled_at = models.DateTimeField(null=True)
    proof_kind = models.CharField(max_length=40, blank=True)
    proof_id = models.UUIDField(null=True)
    release_reason = models.CharField(max_length=40, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["about_id"], name="promise_about"),
            # Conditions without a list of states: SQLite cannot match a partial index with one.
            models.Index(fields=["owner_id", "due_at"], name="promise_open_by_owner", condition=Q(settled_at=None)),
            models.Index(fields=["due_at"], name="promise_open_by_day", condition=Q(settled_at=None)),
            models.Index(fields=["climb_at"], name="promise_to_climb", condition=Q(state="open")),
            models.Index(fields=["due_at"], name="promise_provisional", condition=Q(provisional=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="promise_settled_has_time",
                condition=Q(state__in=["open", "paused"], settled_at=None)
                | Q(state__in=["kept", "released"], settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="promise_kept_has_proof",
                condition=Q(state="kept", proof_id__isnull=False) | (~Q(state="kept") & Q(proof_id=None)),
            ),
            models.CheckConstraint(
                name="promise_released_has_reason",
                condition=(Q(state="released") & ~Q(release_reason="")) | (~Q(state="released") & Q(release_reason="")),
            ),
            models.CheckConstraint(name="promise_never_shortened", condition=Q(due_at__gte=F("first_due_at"))),
            models.CheckConstraint(
                name="promise_counts_forward",
                condition=Q(working_days__gte=0, extra_days__gte=0) & (Q(hours=None) | Q(hours__gt=0, working_days=0)),
            ),
            models.CheckConstraint(name="promise_climbs_while_open", condition=Q(state="open") | Q(climb_at=None)),
        ]


class PromisePause(Record):
    """A time in which the clock of a promise stood, and the listed reason why."""

    KIND = "promise_pause"

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by_post_id = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["started_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promise"], condition=Q(ended_at=None), name="promise_pause_one_open"),
            models.CheckConstraint(
                name="promise_pause_forward", condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at"))
            ),
        ]
