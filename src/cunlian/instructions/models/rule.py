"""How many instructions a village may be given, as the county has decided."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.instructions.querysets import InstructionRuleQuerySet
from cunlian.organisations.models import CountyDecision, Post


class InstructionRule(CountyDecision):
    """How many instructions a village may be given from now on.

    ``most_open``: open at one village at a time; ``most_a_month``: sent to one village in one calendar month, those taken
    back left out. ``may_exceed``: the posts that may send more, each time with a reason. ``sign_days``: working days to
    sign for one."""

    KIND = "instruction_rule"

    most_open = models.PositiveSmallIntegerField(_("open at one village at most"))
    most_a_month = models.PositiveSmallIntegerField(_("sent to one village in a month at most"))
    sign_days = models.PositiveSmallIntegerField(_("working days to sign for one"))
    may_exceed = models.ManyToManyField(Post, related_name="+", blank=True)

    objects = InstructionRuleQuerySet.as_manager()
