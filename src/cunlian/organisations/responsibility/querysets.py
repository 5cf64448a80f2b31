"""Which yearly lists and lines: in force, of whom, seen by whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from cunlian.kernel.access import Actor
from cunlian.organisations.querysets import of_own_county
from cunlian.organisations.responsibility.states import State
from cunlian.places.models import Area, Place, on
from cunlian.places.querysets import code_q

if TYPE_CHECKING:
    from cunlian.organisations.models import ResponsibilityLine, ResponsibilityList  # noqa: F401


class ResponsibilityListQuerySet(models.QuerySet["ResponsibilityList"]):
    def visible_to(self, actor: Actor) -> ResponsibilityListQuerySet:
        """No secret among the staff of one county, as duties are."""
        return self.filter(of_own_county(actor))

    def in_force(self) -> ResponsibilityListQuerySet:
        return self.filter(state=State.PUBLISHED)

    def for_list(self) -> ResponsibilityListQuerySet:
        return (
            self.select_related("place")
            .annotate(line_count=Count("lines"))
            .order_by("-year", "place__code", "capacity", "pk")
        )


class ResponsibilityLineQuerySet(models.QuerySet["ResponsibilityLine"]):
    def visible_to(self, actor: Actor) -> ResponsibilityLineQuerySet:
        return self.filter(of_own_county(actor, "on_list__place__"))

    def in_force(self) -> ResponsibilityLineQuerySet:
        return self.filter(on_list__state=State.PUBLISHED)

    def running_on(self, day: date) -> ResponsibilityLineQuerySet:
        """Their duty holds on the day."""
        return self.filter(on(day, "duty__"))

    def for_village(self, village: Place, areas: list[Area]) -> ResponsibilityLineQuerySet:
        """What is about the village, what lies in it, or an area it belongs to."""
        here = Q(code_q(village.code, "place__"), area=None)
        return self.filter(here | Q(area__in=areas))

    def for_list(self) -> ResponsibilityLineQuerySet:
        return self.select_related(
            "on_list__place", "post__organisation", "place", "area", "household", "lane", "group", "duty"
        ).order_by("place__code", "area__name", "group__number", "lane__name", "household__number", "pk")
