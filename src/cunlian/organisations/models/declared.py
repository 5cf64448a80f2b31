"""Plain numbers somebody declares from a source, where no register of ours counts them: population, land, Party members."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.records import Record
from cunlian.organisations.querysets import DeclaredNumberQuerySet
from cunlian.places.models import Area, Place


class Declared(models.TextChoices):
    """What can be declared, under the name of its figure. Of Party members numbers only: who they are is kept on the
    Party's side. Land is kept in hectares and shown in km²."""

    POPULATION = "population_total", pgettext_lazy("declared", "Population (persons)")
    LAND = "land_area_km2", pgettext_lazy("declared", "Area of land (hectares)")
    PARTY_MEMBERS = "party_member_count", pgettext_lazy("declared", "Party members (persons)")
    NEW_PARTY_MEMBERS = "new_party_member_count", pgettext_lazy("declared", "New Party members (persons)")
    MEMBER_TALENTS = (
        "party_member_talent_selected_count",
        pgettext_lazy("declared", "Party members named as local talent (persons)"),
    )


class DeclaredNumber(Record):
    """One number of ``place``, or of ``area`` (``place`` is then its root), as of a day, from a named ``source``. The
    newest holds. It is no fact of ours: every figure made of it says that it is declared. Land is in whole hectares
    (a hundredth of a square kilometre)."""

    KIND = "declared_number"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="declared_numbers")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="declared_numbers")
    what = models.CharField(_("what is declared"), max_length=40, choices=Declared)
    number = models.PositiveBigIntegerField(pgettext_lazy("declared", "number"))
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)
    invented = models.BooleanField(_("invented"), default=False)

    objects = DeclaredNumberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["what", "place", "area", "as_of"], nulls_distinct=False, name="declared_once_a_day"
            ),
            models.CheckConstraint(name="declared_with_source", condition=~models.Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.area or self.place} {self.get_what_display()} {self.number}"

    @property
    def territory_code(self) -> str:
        return self.place.code
