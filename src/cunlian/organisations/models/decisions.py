"""What a county decides by a paper: every rule that a county may set for itself has this shape."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.records import Record
from cunlian.organisations.models.units import Post
from cunlian.places.models import Place


class CountyDecision(Record):
    """A rule of the county ``root`` from ``decided_at`` on, by which ``paper``, and the ``post`` that entered it (None: the
    system). Rows are added, never changed; the newest holds for what begins after it."""

    root = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(_("paper that decides it"), max_length=200)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["-decided_at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(name="%(class)s_on_paper", condition=~Q(paper=""))]

    @property
    def territory_code(self) -> str:
        return self.root.code

    @property
    def place_id(self) -> object:
        return self.root_id
