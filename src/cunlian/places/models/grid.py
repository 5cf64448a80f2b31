"""The three divisions of a village: grids (the county's, which continue the code), lanes, and villager groups (the
law's units, which hold land). A house has one of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.records import Record
from cunlian.places.models.area import Area
from cunlian.places.models.dated import ends_after_start
from cunlian.places.models.place import Place


class GridTier(models.TextChoices):
    """Three tiers. The first lies over villages and is an ``Area``; a village's set holds the other two."""

    AREA = "area", _("Area grid")
    VILLAGE = "village", _("Village grid")
    SOCIAL_WORKER = "social_worker", _("Social worker's grid")


class GridClass(Record):
    """A class of grids as the county defines it (the "five colours"): what it is called, its colour, what it means."""

    KIND = "grid_class"

    root = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=20)
    label_zh = models.CharField(_("label in Chinese"), max_length=40)
    label_en = models.CharField(_("label in English"), max_length=60)
    colour = models.CharField(_("colour"), max_length=7)
    meaning = models.CharField(_("meaning"), max_length=200)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["root", "code"], name="grid_class_once")]

    def __str__(self) -> str:
        return self.label_zh

    @property
    def territory_code(self) -> str:
        return self.root.code


class GridSet(Record):
    """One division of a village into grids. One at a time, for all departments (滨州网格条例 Art. 6)."""

    KIND = "grid_set"

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="grid_sets")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="grid_sets")
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("grid_set_dates"),
            models.UniqueConstraint(fields=["village"], condition=Q(ends_on=None), name="grid_set_one_per_village"),
        ]

    @property
    def territory_code(self) -> str:
        return self.village.code


class Grid(Record):
    """A grid of a set. Its identity and code are those of ``place``, a ``Place`` of level GRID below the village.

    A social worker's grid lies in a village grid (``inside``); households and groups belong to the lowest one."""

    KIND = "grid"

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="grid")
    grid_set = models.ForeignKey(GridSet, on_delete=models.PROTECT, related_name="grids")
    tier = models.CharField(_("tier"), max_length=14, choices=GridTier)
    inside = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    grid_class = models.ForeignKey(GridClass, on_delete=models.PROTECT, null=True, blank=True, related_name="grids")
    boundary = models.CharField(_("what it covers"), max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("grid_dates"),
            models.CheckConstraint(
                name="grid_tier_inside",
                condition=Q(tier="village", inside=None) | Q(tier="social_worker", inside__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.place)

    @property
    def territory_code(self) -> str:
        return self.place.code


class VillagerGroup(Record):
    """A villager group (村民小组), the unit that holds land. ``number`` is how the village counts it."""

    KIND = "villager_group"

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="villager_groups")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("villager_group_dates"),
            models.UniqueConstraint(
                fields=["village", "number"], condition=Q(ends_on=None), name="villager_group_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.number)

    @property
    def territory_code(self) -> str:
        return self.village.code


class GridGroup(Record):
    """That a villager group belongs to a grid, from a day to a day (exclusive): one at a time, so none overlap."""

    KIND = "grid_group"

    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="group_rows")
    group = models.ForeignKey(VillagerGroup, on_delete=models.PROTECT, related_name="grid_rows")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("grid_group_dates"),
            models.UniqueConstraint(fields=["group"], condition=Q(ends_on=None), name="grid_group_one_grid"),
        ]


class Lane(Record):
    """A lane or street of a village, for its lane leader."""

    KIND = "lane"

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="lanes")
    name = models.CharField(_("name"), max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("lane_dates"),
            models.UniqueConstraint(fields=["village", "name"], condition=Q(ends_on=None), name="lane_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.village.code
