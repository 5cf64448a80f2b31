"""Households: people who live at one address."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.records import Record
from cunlian.people.querysets import HouseholdQuerySet
from cunlian.places.models import Place


class Household(Record):
    """People who live at one address. ``place`` is the village; a house has one grid, one lane, one group."""

    KIND = "household"
    PERSONAL = frozenset({"address", "card_code"})

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="households")
    grid = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(_("household number"), max_length=20)
    address = models.CharField(_("address"), max_length=200)
    card_code = models.CharField(
        _("card code"), max_length=16, unique=True, help_text=_("Random; stands in the QR code at the door.")
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "number"], condition=Q(ends_on=None), name="household_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def territory_code(self) -> str:
        """The grid's code where there is one: a grid worker answers for the households of their own grid."""
        return self.grid.code if self.grid else self.place.code
