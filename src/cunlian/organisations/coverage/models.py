"""The five matters of an area, and what the county says one post may carry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.records import Record
from cunlian.organisations.coverage.querysets import AreaMatterQuerySet, DutyCeilingQuerySet
from cunlian.organisations.models.decisions import CountyDecision
from cunlian.organisations.models.duties import Capacity
from cunlian.organisations.models.units import Post
from cunlian.places.models import Area


class FiveMatter(models.TextChoices):
    """What an area is led for."""

    PARTY_BUILDING = "party_building", pgettext_lazy("matter of an area", "Party building")
    REVITALISATION = "revitalisation", pgettext_lazy("matter of an area", "Revitalisation")
    ECOLOGY = "ecology", pgettext_lazy("matter of an area", "Ecology")
    STABILITY = "stability", pgettext_lazy("matter of an area", "Petitions and stability")
    INDUSTRY = "industry", pgettext_lazy("matter of an area", "Industry")


class AreaMatter(Record):
    """That a post answers for one of the five matters in an area, on a ``paper``, from a day to a day (exclusive)."""

    KIND = "area_matter"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="matters")
    matter = models.CharField(pgettext_lazy("of an area", "matter"), max_length=20, choices=FiveMatter)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="area_matters")
    paper = models.CharField(_("paper"), max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AreaMatterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="area_matter_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="area_matter_on_paper", condition=~Q(paper="")),
            models.UniqueConstraint(fields=["area", "matter"], condition=Q(ends_on=None), name="area_matter_one_post"),
        ]

    def __str__(self) -> str:
        return f"{self.area} · {self.get_matter_display()}"

    @property
    def place_id(self) -> object:
        return self.area.root_id

    @property
    def territory_code(self) -> str:
        return self.area.root.code


class DutyCeiling(CountyDecision):
    """How many duties of one capacity a post should carry at most. The newest decision for the capacity holds."""

    KIND = "duty_ceiling"

    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity)
    most = models.PositiveSmallIntegerField(_("duties of one post at most"))

    objects = DutyCeilingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} ≤ {self.most}"
