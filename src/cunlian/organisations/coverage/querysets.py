"""Reads of the five matters and of ceilings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Subquery

from cunlian.kernel.access import Actor
from cunlian.organisations.querysets import CountyDecisionQuerySet, of_own_county
from cunlian.places.models import on

if TYPE_CHECKING:
    from cunlian.organisations.models import AreaMatter, DutyCeiling  # noqa: F401


class AreaMatterQuerySet(models.QuerySet["AreaMatter"]):
    def visible_to(self, actor: Actor) -> AreaMatterQuerySet:
        """No secret among the staff of one county, as duties are."""
        return self.filter(of_own_county(actor, "area__root__"))

    def on(self, day: date) -> AreaMatterQuerySet:
        return self.filter(on(day))

    def for_list(self) -> AreaMatterQuerySet:
        return self.select_related("area__root", "post__organisation", "post__place").order_by(
            "area__name", "matter", "-starts_on", "pk"
        )


class DutyCeilingQuerySet(CountyDecisionQuerySet["DutyCeiling"]):
    def holding(self) -> DutyCeilingQuerySet:
        """Of each capacity the last decision."""
        same = self.model._default_manager.filter(capacity=OuterRef("capacity"), root=OuterRef("root"))
        return self.filter(pk=Subquery(same.order_by("-decided_at", "-pk").values("pk")[:1]))
