"""Lists brought into the register: the file, what was said about each of its rows, and what it made, for taking it back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Job
from cunlian.kernel.records import Record
from cunlian.people.models.households import Household
from cunlian.people.models.persons import Person
from cunlian.places.models import Place
from cunlian.places.territory import territory_q

BRINGERS = (Role.VILLAGE_CADRE, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
"""Who brings whole lists in: one file makes a village's register, so somebody who keeps more than one grid."""


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    def visible_to(self, actor: Actor) -> RegisterImportQuerySet:
        """Those for the places whose lists the actor may bring in."""
        return self if actor.is_system else self.filter(territory_q(actor, BRINGERS))

    def unfinished(self) -> RegisterImportQuerySet:
        return self.filter(state__in=("columns", "checked"))

    def for_list(self) -> RegisterImportQuerySet:
        return self.select_related("place", "job").order_by("-brought_at", "-pk")


class RegisterImport(Record):
    """One list of households and persons of ``place`` (a village or what lies above). ``file``: the sealed upload below
    MEDIA_ROOT, there until it is taken over or given up; ``digest``: SHA-256 of what was uploaded. ``columns``: field → index
    of its column; ``samples``: of every column the first cells, sealed, as long as the file is there. ``job``: the run that is
    at it, or was last. ``invented``: so are all it makes. The six numbers are of the last check or of taking over."""

    KIND = "register_import"
    PERSONAL = frozenset({"file_name", "samples"})

    class State(models.TextChoices):
        COLUMNS = "columns", _("Columns to name")
        CHECKED = "checked", _("Checked")
        APPLIED = "applied", _("Taken over")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Given up")

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="register_imports")
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    file = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    samples = models.BinaryField(blank=True)
    heading_row = models.PositiveIntegerField(default=1)
    columns = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.COLUMNS)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(_("rows that are new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("as it was"), default=0)
    alike = models.PositiveIntegerField(_("to confirm"), default=0)
    refused = models.PositiveIntegerField(_("rows refused"), default=0)
    totals = models.PositiveIntegerField(_("rows left out: totals"), default=0)
    kept = models.PositiveIntegerField(_("changed since, kept"), default=0)
    brought_by = models.UUIDField(null=True)
    brought_at = models.DateTimeField()
    invented = models.BooleanField(default=False)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RegisterImportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name or f"{self.place} {clock.day_of(self.brought_at)}"

    @property
    def territory_code(self) -> str:
        return self.place.code

    @property
    def busy(self) -> bool:
        return self.job is not None and self.job.state in (Job.State.WAITING, Job.State.RUNNING)


class ImportLineQuerySet(models.QuerySet["ImportLine"]):
    def visible_to(self, actor: Actor) -> ImportLineQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, BRINGERS, "batch__place__"))

    def for_list(self) -> ImportLineQuerySet:
        return self.select_related("batch", "person__place").order_by("number")


class ImportLine(Record):
    """What was said about row ``number`` of a list. ``details``: what stood there, sealed, up to the taking over. ``faults``:
    [[cell, sentence], …] of what was refused. ``person``: who it is about, or may be (``alike``); ``decision``: whether they
    are, said by a person."""

    KIND = "import_line"
    PERSONAL = frozenset({"details", "faults", "person"})

    class Outcome(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("As it was")
        ALIKE = "alike", _("Somebody known?")
        REFUSED = "refused", _("Refused")
        TOTALS = "totals", _("Left out: totals")

    class Decision(models.TextChoices):
        OPEN = "", _("Not decided")
        SAME = "same", _("The same person")
        OTHER = "other", _("Somebody else")

    batch = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("what it is"), max_length=8, choices=Outcome)
    faults = models.JSONField(default=list)
    details = models.BinaryField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="import_lines")
    decision = models.CharField(_("decided"), max_length=5, choices=Decision, blank=True)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_line_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def territory_code(self) -> str:
        return self.batch.territory_code


class ImportTrace(Record):
    """That taking a list over made a household or person, or changed one: ``before`` (sealed) is what goes back, ``after`` the
    digest by which a later change is told. ``kept``: undoing left it, for it was changed since."""

    KIND = "import_trace"
    PERSONAL = frozenset({"before", "person", "household"})

    batch = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="traces")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, db_index=False, related_name="import_traces"
    )
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, null=True, db_index=False, related_name="import_traces"
    )
    made = models.BooleanField(default=True)
    before = models.BinaryField(blank=True)
    after = models.CharField(max_length=64, blank=True)
    kept = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="import_trace_of_one",
                condition=Q(person=None, household__isnull=False) | Q(person__isnull=False, household=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="import_trace_person", condition=Q(person__isnull=False)),
            models.Index(fields=["household"], name="import_trace_household", condition=Q(household__isnull=False)),
        ]


class ColumnName(Record):
    """What a unit calls a column in its lists: remembered, so that the next list of ``place`` needs no naming."""

    KIND = "column_name"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=60)
    field = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "heading"], name="column_name_once")]
