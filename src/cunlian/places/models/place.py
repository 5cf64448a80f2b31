"""A place, what it was before, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.records import Record
from cunlian.places.codes import LENGTHS, ancestor_codes
from cunlian.places.querysets import PlaceQuerySet


class Level(models.IntegerChoices):
    """Rank in the official tree, numbered by depth."""

    PROVINCE = 1, _("Province")
    CITY = 2, _("City")
    COUNTY = 3, _("County")
    TOWNSHIP = 4, _("Township")
    VILLAGE = 5, _("Village or community")
    GRID = 6, _("Grid")


def _code_fits_level() -> Q:
    fits = Q(ends_on__isnull=False)
    for level, length in enumerate(LENGTHS, start=1):
        fits |= Q(Exact(F("level"), level), Exact(Length("code"), length))
    return fits


class Place(Record):
    """A place of the official tree, or a grid below a village.

    While it exists, ``code`` is its code of today. Once it has ended, ``code`` is that of the place that took it over,
    so that its past is found under its successor by the same range; the code it had itself is in ``PlaceVersion``.
    Where nobody took it over it keeps its own, so its past shows in the town. ``since``: the day from which code, name
    and parent are as they stand; empty: as far back as is known.
    """

    KIND = "place"

    code = models.CharField(_("code"), max_length=15)
    level = models.SmallIntegerField(_("level"), choices=Level)
    name = models.CharField(_("official name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=120)
    initials = models.CharField(_("pinyin initials"), max_length=60)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    since = models.DateField(null=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=Q(ends_on=None), name="place_code_current"),
            models.CheckConstraint(name="place_code_fits_level", condition=_code_fits_level()),
            models.CheckConstraint(
                name="place_dates", condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["code"], name="place_code"),
            # LIKE 'x%' needs these operator classes on PostgreSQL whatever its collation; SQLite pays no heed to them.
            models.Index(fields=["initials"], name="place_initials", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["short_name"], name="place_short_name", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def territory_code(self) -> str:
        return self.code

    @property
    def place_id(self) -> UUID:
        return self.pk

    @property
    def path(self) -> str:
        """What stands above it, from the county down, for lists, as names repeat. Fetch it ``with_path``."""
        names, above = [], self.parent
        while above is not None and above.level >= Level.COUNTY:
            names.append(above.short_name)
            above = above.parent
        return " › ".join(reversed(names))

    def own_and_above(self) -> list[str]:
        """Its code and the codes above it, the province first."""
        return [*ancestor_codes(self.code), self.code]

    def above(self) -> PlaceQuerySet:
        """The places above it today, the province first."""
        return Place.objects.current().filter(code__in=ancestor_codes(self.code)).order_by("level")

    def resolve(self) -> Place:
        """The place it is today: itself, or the one that took it over. Itself, too, when it ended and nobody did."""
        if self.ends_on is None:
            return self
        return Place.objects.current().filter(code=self.code).first() or self

    def on_day(self, day: date) -> PlaceVersion | Place:
        """Name, code and parent as they stood on ``day``: a version, or the place itself."""
        return self.versions.filter(Q(starts_on=None) | Q(starts_on__lte=day), ends_on__gt=day).first() or self

    def version(self, day: date, paper: str = "") -> PlaceVersion:
        """What it is now, unsaved, as a version that ends on ``day``."""
        start = self.since or self.starts_on
        return PlaceVersion(
            place=self,
            code=self.code,
            name=self.name,
            parent_id=self.parent_id,
            starts_on=start,
            ends_on=day,
            paper=paper,
        )


class PlaceVersion(Record):
    """What a place was called, under which code and where, from a day to a day (exclusive). Only the past: the present
    stands on the place. ``paper`` empty: the national list changed; else the county decided it by that paper."""

    KIND = "place_version"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="versions")
    code = models.CharField(_("code"), max_length=15)
    name = models.CharField(_("official name"), max_length=120)
    parent = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField()
    paper = models.CharField(_("paper"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="place_version_dates", condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code"], name="place_version_code")]


class SuccessionKind(models.TextChoices):
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")
    RENAMED = "renamed", _("Renamed")
    TRANSFERRED = "transferred", _("Transferred")
    RENUMBERED = "renumbered", _("Renumbered")


class Succession(Record):
    """That on a day a place became (part of) another, or itself under another name, code or parent; by which paper."""

    KIND = "succession"

    from_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="successions")
    to_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="predecessions")
    succession_kind = models.CharField(_("kind"), max_length=12, choices=SuccessionKind)
    day = models.DateField(_("day"))
    paper = models.CharField(_("paper"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["from_place", "to_place", "succession_kind", "day"], name="succession_once"
            ),
        ]


class PlaceImport(Record):
    """One run of an import: from what, how much it changed, and the SHA-256 of its lines, which the log keeps too."""

    KIND = "place_import"

    source = models.CharField(_("source"), max_length=200)
    scope = models.CharField(max_length=15, blank=True)
    lines = models.IntegerField()
    digest = models.CharField(max_length=64)
    added = models.IntegerField(default=0)
    renamed = models.IntegerField(default=0)
    retired = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    imported_at = models.DateTimeField()
