"""Duties: which post answers for which place, household or matter; the ranks a matter climbs; gaps in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.records import Record
from cunlian.organisations.models.units import Post
from cunlian.organisations.querysets import DutyQuerySet, GapQuerySet
from cunlian.people.models import Household
from cunlian.places.models import Area, Lane, Level, Place, VillagerGroup


class Capacity(models.TextChoices):
    """In what capacity a post answers for a place or household, from the door upwards."""

    GRID_WORKER = "grid_worker", _("Grid worker")
    LANE_LEADER = "lane_leader", _("Lane leader")
    HOUSEHOLD_CONTACT = "household_contact", _("Household contact")
    MEMBER_CONTACT = "member_contact", _("Party member who keeps contact")
    GROUP_LEADER = "group_leader", _("Group leader")
    VILLAGE_CADRE = "village_cadre", _("Village cadre")
    VILLAGE_HEAD = "village_head", _("Village head")
    STATIONED_CADRE = "stationed_cadre", _("Stationed cadre")
    DECISION_GUIDE = "decision_guide", _("Guide of the four-step decisions")
    AREA_HEAD = "area_head", _("Area head")
    TOWNSHIP_LEADER = "township_leader", _("Township leader")
    DEPARTMENT = "department", _("Department in charge")
    COUNTY_LEADER = "county_leader", _("County leader")


class Duty(Record):
    """That a post answers for a place (or one household, lane or villager group of it, or one matter in it), from a day
    to a day (exclusive).

    ``matter`` is a case category code or a prefix of one; empty means everything. With ``area`` it answers for that
    area's villages, and ``place`` is the root the area lies in. With ``lane`` or ``group`` it answers for the households
    there, and ``place`` is their village."""

    KIND = "duty"

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="duties")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="duties")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="duties")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, blank=True, related_name="duties")
    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, null=True, blank=True, related_name="duties")
    group = models.ForeignKey(VillagerGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="duties")
    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity)
    matter = models.CharField(_("matter"), max_length=20, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="duty_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} · {self.area or self.place}"

    @property
    def territory_code(self) -> str:
        return self.place.code


class Rank(models.TextChoices):
    """The ranks a matter climbs, from the door upwards. A place has only some of them."""

    HOUSEHOLD = "household", pgettext_lazy("rank", "Household contact")
    LANE = "lane", pgettext_lazy("rank", "Lane")
    GRID = "grid", pgettext_lazy("rank", "Grid")
    VILLAGE = "village", pgettext_lazy("rank", "Village")
    AREA = "area", pgettext_lazy("rank", "Area")
    TOWNSHIP = "township", pgettext_lazy("rank", "Township")
    COUNTY = "county", pgettext_lazy("rank", "County")
    CITY = "city", pgettext_lazy("rank", "City")
    PROVINCE = "province", pgettext_lazy("rank", "Province")
    DEPARTMENT = "department", pgettext_lazy("rank", "Department in charge")


RANK_OF_LEVEL = {
    Level.GRID: Rank.GRID,
    Level.VILLAGE: Rank.VILLAGE,
    Level.TOWNSHIP: Rank.TOWNSHIP,
    Level.COUNTY: Rank.COUNTY,
    Level.CITY: Rank.CITY,
    Level.PROVINCE: Rank.PROVINCE,
}


class Gap(Record):
    """That nobody answered for a rank of a place when something came in, until a duty covers it."""

    KIND = "gap"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="gaps")
    matter = models.CharField(_("matter"), max_length=20, blank=True)
    rank = models.CharField(_("rank"), max_length=12, choices=Rank)
    found_on = models.DateField()
    closed_on = models.DateField(null=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "matter", "rank"], condition=Q(closed_on=None), name="gap_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.get_rank_display()}"

    @property
    def territory_code(self) -> str:
        return self.place.code
