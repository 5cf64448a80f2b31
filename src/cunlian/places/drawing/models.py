"""A drawing of areas: what was asked for, what each village was known to be, and where it would go."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.models import Job
from cunlian.kernel.records import Record
from cunlian.places.drawing.querysets import (
    AreaDrawingQuerySet,
    DrawnAreaQuerySet,
    DrawnVillageQuerySet,
    FixedPairQuerySet,
)
from cunlian.places.drawing.states import State
from cunlian.places.models.area import Area
from cunlian.places.models.place import Place
from cunlian.places.models.position import Way


class AreaDrawing(Record):
    """``areas`` areas of one kind over the villages of ``root``. ``tolerance``: by how many per cent of the mean the
    households of an area may differ; ``hollow_from``: the hollow index from which a village counts as hollow. ``cost`` and
    ``bound``: what the drawing costs and what none costs less than, as ``drawing.solve`` counts; ``trouble``: why there is
    none. Adopted: from ``starts_on`` on, for a ``reason``, on a ``paper``."""

    KIND = "area_drawing"

    root = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("name"), max_length=80)
    area_kind = models.CharField(_("kind"), max_length=20, choices=Area.AreaKind)
    areas = models.PositiveSmallIntegerField(_("number of areas"))
    way = models.CharField(_("near means"), max_length=8, choices=Way, default=Way.POINTS)
    tolerance = models.PositiveSmallIntegerField(_("households may differ by, in per cent"), default=10)
    hollow_from = models.PositiveSmallIntegerField(_("hollow from index"), default=50)
    state = models.CharField(pgettext_lazy("drawing", "state"), max_length=8, choices=State, default=State.DRAFT)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    cost = models.BigIntegerField(null=True)
    bound = models.BigIntegerField(null=True)
    trouble = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    proposed_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    reason = models.TextField(_("reason"), blank=True)
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    invented = models.BooleanField(_("invented"), default=False)

    objects = AreaDrawingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="area_drawing_adopted",
                condition=~Q(state=State.ADOPTED) | (Q(starts_on__isnull=False) & ~Q(paper="") & ~Q(reason="")),
            ),
            models.CheckConstraint(name="area_drawing_dropped", condition=~Q(state=State.DROPPED) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def territory_code(self) -> str:
        return self.root.code

    @property
    def busy(self) -> bool:
        return self.job is not None and self.job.state in (Job.State.WAITING, Job.State.RUNNING)

    @property
    def proved(self) -> bool:
        """Whether no better one exists."""
        return self.cost is not None and self.bound is not None and self.cost <= self.bound


class DrawnArea(Record):
    """One area of a drawing. It goes on as ``area`` of today, or is new where that is None."""

    KIND = "drawn_area"

    drawing = models.ForeignKey(AreaDrawing, on_delete=models.CASCADE, related_name="drawn_areas")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DrawnAreaQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drawing", "number"], name="drawn_area_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.drawing.territory_code


class DrawnVillage(Record):
    """A village in a drawing. ``households`` and ``hollow`` (the index, 0–100) as they were known when it was drawn, None
    when nobody knew; ``by_hand``: a person put it where it is, after the last drawing."""

    KIND = "drawn_village"

    drawing = models.ForeignKey(AreaDrawing, on_delete=models.CASCADE, related_name="villages")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    households = models.PositiveIntegerField(_("households"), null=True)
    hollow = models.PositiveSmallIntegerField(_("hollow index"), null=True)
    area_before = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    drawn = models.ForeignKey(DrawnArea, on_delete=models.SET_NULL, null=True, related_name="villages")
    by_hand = models.BooleanField(_("put there by hand"), default=False)

    objects = DrawnVillageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drawing", "village"], name="drawn_village_once"),
        ]

    def __str__(self) -> str:
        return str(self.village)

    @property
    def territory_code(self) -> str:
        return self.drawing.territory_code


class FixedPair(Record):
    """Two villages the county wants in one area (``together``), or in two."""

    KIND = "fixed_pair"

    drawing = models.ForeignKey(AreaDrawing, on_delete=models.CASCADE, related_name="pairs")
    one = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    together = models.BooleanField(default=True)

    objects = FixedPairQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drawing", "one", "other"], name="fixed_pair_once"),
            models.CheckConstraint(name="fixed_pair_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one} · {self.other}"

    @property
    def territory_code(self) -> str:
        return self.drawing.territory_code
