"""What a village was like on a day, as somebody entered it from a named source."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.records import Record
from cunlian.places.models.place import Place

NUMBERS: Final = (
    "registered_population",
    "resident_population",
    "aged_60",
    "children",
    "households",
    "vacant_houses",
    "idle_land",
    "firms",
    "cooperatives",
    "operating_income_fen",
)
"""The fields a profile counts. Each may be missing; missing is never zero."""


class VillageProfile(Record):
    """The village as of a day. Every number may be missing. ``idle_land`` is in hundredths of a mu, income in fen."""

    KIND = "village_profile"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="profiles")
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)
    registered_population = models.IntegerField(_("registered population"), null=True, blank=True)
    resident_population = models.IntegerField(_("resident population"), null=True, blank=True)
    aged_60 = models.IntegerField(_("60 and older"), null=True, blank=True)
    children = models.IntegerField(_("children"), null=True, blank=True)
    households = models.IntegerField(_("households"), null=True, blank=True)
    vacant_houses = models.IntegerField(_("vacant houses"), null=True, blank=True)
    idle_land = models.BigIntegerField(_("idle land"), null=True, blank=True, help_text=_("Hundredths of a mu."))
    firms = models.IntegerField(_("firms"), null=True, blank=True)
    cooperatives = models.IntegerField(_("cooperatives"), null=True, blank=True)
    operating_income_fen = models.BigIntegerField(
        _("operating income of the collective"), null=True, blank=True, help_text=_("Of the year before, in fen.")
    )
    invented = models.BooleanField(_("invented"), default=False)
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "as_of"], name="profile_once_a_day"),
            models.CheckConstraint(
                name="profile_not_negative",
                condition=Q(*(Q(**{name: None}) | Q(**{f"{name}__gte": 0}) for name in NUMBERS)),
            ),
        ]

    @property
    def territory_code(self) -> str:
        return self.place.code
