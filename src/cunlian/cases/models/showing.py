"""That pictures of a finished case are shown to everybody, with a few words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models.case import Case
from cunlian.cases.states import CLOSED
from cunlian.kernel.records import Record
from cunlian.organisations.models import Post


class ShowingQuerySet(models.QuerySet["Showing"]):
    def running(self) -> ShowingQuerySet:
        """Not taken back, of cases that are closed and no complaint about service."""
        closed = sorted(str(state) for state in CLOSED)
        return self.filter(taken_back_at=None, case__state__in=closed, case__confidential=False)


class Showing(Record):
    """One for a case at most: ``words`` are written for everybody, by the post that chose the pictures. Which pictures:
    the blurred copies among the case's attachments that are ``public``."""

    KIND = "case_showing"
    PERSONAL = frozenset({"words"})

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="showing")
    words = models.CharField(_("words for everybody"), max_length=300)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    shown_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = ShowingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-shown_at"]

    @property
    def place_id(self) -> object:
        return self.case.place_id

    @property
    def territory_code(self) -> str:
        return self.case.territory_code
