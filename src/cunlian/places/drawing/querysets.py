"""Drawings and their villages, as far as they are the actor's business: a proposal is not public before it is adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from cunlian.kernel.access import Actor
from cunlian.places.territory import territory_q

if TYPE_CHECKING:
    from cunlian.places.models import AreaDrawing, DrawnArea, DrawnVillage, FixedPair  # noqa: F401

READERS = ("county_staff", "county_leader", "administrator", "auditor", "township_staff")
"""By name: accounts lies above this package."""


class AreaDrawingQuerySet(models.QuerySet["AreaDrawing"]):
    def visible_to(self, actor: Actor) -> AreaDrawingQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, READERS, "root__"))

    def for_list(self) -> AreaDrawingQuerySet:
        return self.select_related("root", "job").order_by("-begun_at", "-pk")


class DrawnVillageQuerySet(models.QuerySet["DrawnVillage"]):
    def visible_to(self, actor: Actor) -> DrawnVillageQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, READERS, "drawing__root__"))

    def moving(self) -> DrawnVillageQuerySet:
        """Into another area than today's."""
        stays = Q(drawn__area=F("area_before"), area_before__isnull=False)
        return self.exclude(drawn=None).exclude(pk__in=self.model._default_manager.filter(stays).values("pk"))

    def for_list(self) -> DrawnVillageQuerySet:
        return self.select_related("village", "area_before", "drawn__area", "drawing__root").order_by(
            "drawn__number", "village__code"
        )


class FixedPairQuerySet(models.QuerySet["FixedPair"]):
    def visible_to(self, actor: Actor) -> FixedPairQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, READERS, "drawing__root__"))


class DrawnAreaQuerySet(models.QuerySet["DrawnArea"]):
    def visible_to(self, actor: Actor) -> DrawnAreaQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, READERS, "drawing__root__"))
