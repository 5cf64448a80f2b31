"""Places, their codes through time, areas over them, and the divisions of a village.

A place has an identity; its code is how it is found. ``Place.code`` is today's official statistical code (2, 4, 6,
9, 12 digits; a grid adds 3), so a subtree is a range of codes; only ``querysets`` writes that range. What a place was
called, where it belonged and under which code before is in ``PlaceVersion``; what became of what in ``Succession``.
"""

from cunlian.places.codes import code_range
from cunlian.places.drawing.models import AreaDrawing, DrawnArea, DrawnVillage, FixedPair
from cunlian.places.models.area import Area, AreaMembership
from cunlian.places.models.dated import ends_after_start, on
from cunlian.places.models.district import (
    District,
    ModuleSwitch,
    RosterEntry,
    module_on,
    modules_off,
    places_without,
    require_module,
    roster,
    unused_modules,
)
from cunlian.places.models.grid import Grid, GridClass, GridGroup, GridSet, GridTier, Lane, VillagerGroup
from cunlian.places.models.place import Level, Place, PlaceImport, PlaceVersion, Succession, SuccessionKind
from cunlian.places.models.position import Border, Position, RoadMinutes, Way
from cunlian.places.models.profile import VillageProfile
from cunlian.places.querysets import PlaceQuerySet

__all__ = [
    "Area",
    "AreaDrawing",
    "AreaMembership",
    "Border",
    "District",
    "DrawnArea",
    "DrawnVillage",
    "FixedPair",
    "Grid",
    "GridClass",
    "GridGroup",
    "GridSet",
    "GridTier",
    "Lane",
    "Level",
    "ModuleSwitch",
    "Place",
    "PlaceImport",
    "PlaceQuerySet",
    "PlaceVersion",
    "Position",
    "RoadMinutes",
    "RosterEntry",
    "Succession",
    "SuccessionKind",
    "VillageProfile",
    "VillagerGroup",
    "Way",
    "code_range",
    "ends_after_start",
    "module_on",
    "modules_off",
    "on",
    "places_without",
    "require_module",
    "unused_modules",
    "roster",
]
