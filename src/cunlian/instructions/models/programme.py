"""An implementing plan: its paper, and its measures with who owns each and which figures tell how far it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.instructions.querysets import MeasureQuerySet, ProgrammeQuerySet
from cunlian.kernel.records import Record
from cunlian.organisations.models import Post
from cunlian.places.models import Place
from cunlian.places.models.dated import ends_after_start


class Form(models.TextChoices):
    """What its measures are, by the names such plans have; structural figures count the lines of one form."""

    PLAN = "plan", _("Plan with measures")
    PRACTICE = "practice", _("Practice in several lines")
    MERGED_COMMAND = "merged_command", _("Several commands made one")
    GOVERNANCE_PROJECTS = "governance_projects", _("Governance projects")
    THREE_GOVERNANCE = "three_governance", _("Self-rule, law and virtue together")
    CHAINS = "chains", _("Chains (industry, cooperation, service)")
    FOUR_LINKS = "four_links", _("Four links")


class Programme(Record):
    """A plan of a county, in force from a day to a day (exclusive)."""

    KIND = "programme"

    root = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(_("name"), max_length=120)
    form = models.CharField(pgettext_lazy("programme", "form"), max_length=24, choices=Form, default=Form.PLAN)
    paper = models.CharField(_("paper"), max_length=200)
    paper_on = models.DateField(_("day of the paper"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    invented = models.BooleanField(_("invented"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [ends_after_start("programme_dates")]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.root.code

    @property
    def place_id(self) -> object:
        return self.root_id


class Measure(Record):
    """One line of a programme. ``indicators``: codes of the figures that tell how far it is; nobody types progress."""

    KIND = "programme_measure"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField(pgettext_lazy("programme", "number"))
    name = models.CharField(pgettext_lazy("programme", "measure"), max_length=200)
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="measures")
    indicators = models.JSONField(_("figures"), default=list, blank=True)
    due_on = models.DateField(_("due day"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_start("measure_dates"),
            models.UniqueConstraint(fields=["programme", "number"], name="measure_number_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.programme.root.code

    @property
    def place_id(self) -> object:
        return self.programme.root_id
