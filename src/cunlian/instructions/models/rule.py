"""How many instructions a village may be given, as the county has decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.instructions.querysets import InstructionRuleQuerySet
from cunlian.kernel.records import Record
from cunlian.organisations.models import Post
from cunlian.places.models import Place


class InstructionRule(Record):
    """A decision, never changed: the last one holds for what is sent from then on.

    ``most_open``: open at one village at a time; ``most_a_month``: sent to one village in one calendar month, those taken
    back left out. ``may_exceed``: the posts that may send more, each time with a reason. ``sign_days``: working days to
    sign for one."""

    KIND = "instruction_rule"

    root = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="instruction_rules")
    most_open = models.PositiveSmallIntegerField(_("open at one village at most"))
    most_a_month = models.PositiveSmallIntegerField(_("sent to one village in a month at most"))
    sign_days = models.PositiveSmallIntegerField(_("working days to sign for one"))
    may_exceed = models.ManyToManyField(Post, related_name="+", blank=True)
    paper = models.CharField(_("paper that decides it"), max_length=200)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    objects = InstructionRuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-decided_at", "-pk"]

    @property
    def territory_code(self) -> str:
        return self.root.code

    @property
    def place_id(self) -> object:
        return self.root_id
