"""Work that happens after the request: reactions, messages, jobs, ticks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.querysets import JobQuerySet, MessageQuerySet, OutboxQuerySet
from cunlian.kernel.records import Record


class OutboxEntry(models.Model):
    """One reaction owed to one activity, written in the same transaction, run after it by the worker, with one effect by
    the key (activity, reaction)."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    activity_id = models.UUIDField()
    reaction = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    try_at = models.DateTimeField()
    error = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity_id", "reaction"], name="outbox_once")]
        indexes: ClassVar = [
            models.Index(fields=["try_at"], name="outbox_waiting", condition=Q(state="waiting")),
        ]


class Press(models.Model):
    """The key of a form that was pressed, for a day: the same form pressed again does nothing more. ``led``: the address
    the press led to, where that is kept."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    key = models.CharField(max_length=80, primary_key=True)
    pressed_at = models.DateTimeField(db_index=True)
    led = models.TextField(blank=True, default="")


class Message(Record):
    """A text on its way to one person by one channel. Address and text are erased a month after it was sent."""

    KIND = "message"
    PERSONAL = frozenset({"address", "subject", "body"})

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    key = models.CharField(max_length=120, unique=True, help_text=_("Same key, same message: sent once."))
    channel = models.CharField(max_length=10)
    address = models.BinaryField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    try_at = models.DateTimeField()
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["try_at"], name="message_waiting", condition=Q(state="waiting"))]


class Job(Record):
    """A long piece of work a person started: export, import. Carries its progress and, when done, its file."""

    KIND = "job"
    PERSONAL = frozenset({"title", "parameters", "message"})

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    owner_id = models.UUIDField(help_text=_("The account that started it; nobody else sees it."))
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.TextField(blank=True)
    file = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0, help_text=_("Which run this is: a run that was overtaken stops itself."))
    heartbeat_at = models.DateTimeField(help_text=_("When its run was last heard of."))
    task_id = models.UUIDField(null=True, help_text=_("The queue's entry for this run."))

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner_id", "started_at"], name="job_of_owner"),
            models.Index(fields=["heartbeat_at"], name="job_unfinished", condition=Q(state__in=["waiting", "running"])),
        ]


class Tick(models.Model):
    """When a recurring step is due next; whichever worker moves ``due_at`` forward runs it."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()
