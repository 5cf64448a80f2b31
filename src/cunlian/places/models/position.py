"""Where places lie, as far as anybody has said, how long the road between two takes, and which touch."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.records import Record
from cunlian.places.models.place import Place

E7 = 10_000_000


class Way(models.TextChoices):
    """What "near" counts where it is counted for many: metres, minutes, or borders crossed. Never added to one another."""

    POINTS = "points", _("as the crow flies")
    MINUTES = "minutes", _("by road")
    STEPS = "steps", _("from neighbour to neighbour")


class Position(Record):
    """The point of a place in ten-millionths of a degree (WGS 84). Optional: the national list has none."""

    KIND = "position"

    class Source(models.TextChoices):
        HAND = "hand", _("Entered by hand")
        FILE = "file", _("From a file")
        MAP_SERVICE = "map_service", _("From the map service")

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="position")
    latitude_e7 = models.IntegerField(_("latitude"))
    longitude_e7 = models.IntegerField(_("longitude"))
    source = models.CharField(_("source"), max_length=12, choices=Source)
    source_note = models.CharField(_("which one"), max_length=120, blank=True)
    accuracy_m = models.IntegerField(_("accuracy in metres"), null=True, blank=True)
    invented = models.BooleanField(_("invented"), default=False)
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="position_on_earth",
                condition=Q(latitude_e7__range=(-90 * E7, 90 * E7), longitude_e7__range=(-180 * E7, 180 * E7)),
            ),
            models.CheckConstraint(name="position_accuracy", condition=Q(accuracy_m=None) | Q(accuracy_m__gte=0)),
        ]

    @property
    def territory_code(self) -> str:
        return self.place.code


class RoadMinutes(Record):
    """How long the road from one place to another takes. It counts both ways unless the way back is entered too."""

    KIND = "road_minutes"

    from_place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="roads_from")
    to_place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="roads_to")
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["from_place", "to_place"], name="road_once"),
            models.CheckConstraint(name="road_elsewhere", condition=~Q(from_place=F("to_place"))),
        ]

    @property
    def territory_code(self) -> str:
        return self.from_place.code


class Border(Record):
    """That two villages touch. Entered once for a pair, ``one`` with the smaller key; entered by hand, never read off a
    map: a border drawn in public needs a review number."""

    KIND = "border"

    one = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="border_once"),
            models.CheckConstraint(name="border_in_order", condition=Q(one__lt=F("other"))),
        ]

    @property
    def territory_code(self) -> str:
        return self.one.code
