"""What a capacity may answer for: the kinds of object that can stand in its yearly list."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from cunlian.organisations.models.duties import Capacity, Duty
from cunlian.places.models import Level


class Aim(models.TextChoices):
    """The kind of object one line is about."""

    AREA = "area", pgettext_lazy("answered for", "Area")
    COUNTY = "county", pgettext_lazy("answered for", "The whole county")
    TOWNSHIP = "township", pgettext_lazy("answered for", "Township")
    VILLAGE = "village", pgettext_lazy("answered for", "Village")
    GRID = "grid", pgettext_lazy("answered for", "Grid")
    LANE = "lane", pgettext_lazy("answered for", "Lane")
    GROUP = "group", pgettext_lazy("answered for", "Villager group")
    HOUSEHOLD = "household", pgettext_lazy("answered for", "Household")


AIM_OF_LEVEL = {
    Level.COUNTY: Aim.COUNTY, Level.TOWNSHIP: Aim.TOWNSHIP, Level.VILLAGE: Aim.VILLAGE, Level.GRID: Aim.GRID,
}  # fmt: skip

AIMS: dict[Capacity, frozenset[Aim]] = {
    Capacity.GRID_WORKER: frozenset({Aim.GRID}),
    Capacity.LANE_LEADER: frozenset({Aim.LANE, Aim.GRID}),
    Capacity.HOUSEHOLD_CONTACT: frozenset({Aim.HOUSEHOLD}),
    Capacity.MEMBER_CONTACT: frozenset({Aim.HOUSEHOLD}),
    Capacity.GROUP_LEADER: frozenset({Aim.GROUP, Aim.HOUSEHOLD}),
    Capacity.VILLAGE_CADRE: frozenset({Aim.VILLAGE, Aim.GROUP, Aim.HOUSEHOLD}),
    Capacity.VILLAGE_HEAD: frozenset({Aim.VILLAGE}),
    Capacity.STATIONED_CADRE: frozenset({Aim.VILLAGE}),
    Capacity.DECISION_GUIDE: frozenset({Aim.VILLAGE}),
    Capacity.AREA_HEAD: frozenset({Aim.AREA}),
    Capacity.TOWNSHIP_LEADER: frozenset({Aim.TOWNSHIP, Aim.VILLAGE, Aim.HOUSEHOLD}),
    Capacity.DEPARTMENT: frozenset({Aim.VILLAGE}),
    Capacity.COUNTY_LEADER: frozenset({Aim.COUNTY, Aim.AREA, Aim.VILLAGE}),
}

BY_POST_ONLY = frozenset({Capacity.HOUSEHOLD_CONTACT, Capacity.MEMBER_CONTACT})
"""Where these answer, the post is made public and not who holds it: they are no public officers."""


def aim_of(duty: Duty) -> Aim | None:
    """What a duty is about; None above the county."""
    for name in (Aim.HOUSEHOLD, Aim.GROUP, Aim.LANE, Aim.AREA):
        if getattr(duty, f"{name}_id"):
            return name
    return AIM_OF_LEVEL.get(Level(duty.place.level))
