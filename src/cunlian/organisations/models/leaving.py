"""Leaving a post: the sheet of what is handed over, and the audit that follows some posts."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models.units import Posting
from cunlian.organisations.querysets import LeavingQuerySet


class Leaving(Record):
    """That somebody leaves a post. Until it is handed over, the sheet is read from the registers as they stand; then
    ``sheet`` keeps its lines ([group, line], without names of residents). ``audit``: the promise of an audit on leaving
    (离任审计), where the post calls for one (村民委员会组织法 Art. 40); kept by the paper of its result."""

    KIND = "leaving"

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, related_name="leaving")
    to_posting = models.ForeignKey(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over")
    handed_on = models.DateField(null=True, blank=True)
    sheet = models.JSONField(default=list)
    audit = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    audited_on = models.DateField(null=True, blank=True)
    audit_paper = models.CharField(_("paper of the audit"), max_length=200, blank=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="leaving_audit_paper", condition=Q(audited_on=None) | ~Q(audit_paper="")),
        ]

    def __str__(self) -> str:
        return str(self.posting)

    @property
    def place_id(self) -> UUID:
        return self.posting.post.place_id

    @property
    def territory_code(self) -> str:
        return self.posting.territory_code
