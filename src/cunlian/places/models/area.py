"""Areas: dated overlays over villages."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.records import Record
from cunlian.places.models.dated import ends_after_start
from cunlian.places.models.place import Place


class Area(Record):
    """A dated overlay (片区) over villages. A village may be in several, of the same kind or of others."""

    KIND = "area"

    class AreaKind(models.TextChoices):
        MANAGEMENT = "management", _("Management area")
        INDUSTRY = "industry", _("Industry area")
        REVITALISATION = "revitalisation", _("Revitalisation area")

    root = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    area_kind = models.CharField(_("kind"), max_length=20, choices=AreaKind)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("area_dates"),
            models.UniqueConstraint(fields=["root", "name"], condition=Q(ends_on=None), name="area_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place_id(self) -> UUID:
        return self.root_id

    @property
    def territory_code(self) -> str:
        return self.root.code


class AreaMembership(Record):
    """That a village is in an area, from a day to a day (exclusive)."""

    KIND = "area_membership"

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="memberships")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="area_memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "place"], condition=Q(ends_on=None), name="area_member_once"),
            ends_after_start("area_membership_dates"),
        ]

    @property
    def territory_code(self) -> str:
        return self.place.code
