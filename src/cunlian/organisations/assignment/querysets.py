"""Proposals of who takes what, seen by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor
from cunlian.places.territory import territory_q

if TYPE_CHECKING:
    from cunlian.organisations.models import Assignment, AssignmentLine, AssignmentPost  # noqa: F401

READERS = (
    Role.ADMINISTRATOR, Role.COUNTY_STAFF, Role.COUNTY_LEADER, Role.TOWNSHIP_STAFF, Role.AREA_STAFF, Role.VILLAGE_CADRE,
    Role.AUDITOR,
)  # fmt: skip
"""Who draws lists up, settles or audits them, within their territory: a proposal nobody confirmed is nobody else's yet."""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, actor: Actor) -> AssignmentQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, READERS, "on_list__place__"))

    def for_list(self) -> AssignmentQuerySet:
        counted = self.annotate(line_count=Count("lines"))
        return counted.select_related("on_list__place", "job").order_by("-begun_at", "-pk")


class AssignmentLineQuerySet(models.QuerySet["AssignmentLine"]):
    def visible_to(self, actor: Actor) -> AssignmentLineQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, READERS, "assignment__on_list__place__"))

    def for_list(self) -> AssignmentLineQuerySet:
        return self.select_related(
            "assignment__on_list__place", "place", "area", "household", "lane", "group", "post__organisation",
            "before__organisation",
        ).order_by("place__code", "area__name", "group__number", "lane__name", "household__number", "pk")  # fmt: skip


class AssignmentPostQuerySet(models.QuerySet["AssignmentPost"]):
    def visible_to(self, actor: Actor) -> AssignmentPostQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, READERS, "assignment__on_list__place__"))

    def for_list(self) -> AssignmentPostQuerySet:
        return self.select_related("assignment__on_list__place", "post__organisation", "post__place").order_by(
            "post__place__code", "post__organisation__name_order", "post__rank", "pk"
        )
