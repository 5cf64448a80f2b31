"""What the database itself refuses, whoever writes to it: one bad row for each constraint there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from cunlian.kernel import clock
from cunlian.kernel.ids import uuid7
from cunlian.places.drawing.models import AreaDrawing, DrawnArea, DrawnVillage, FixedPair
from cunlian.places.models import (
    Area,
    AreaMembership,
    District,
    Grid,
    GridClass,
    GridGroup,
    GridSet,
    Lane,
    ModuleSwitch,
    Place,
    PlaceVersion,
    Position,
    RoadMinutes,
    RosterEntry,
    Succession,
    VillageProfile,
    VillagerGroup,
)
from cunlian.places.models.position import Border
from cunlian.places.models.profile import NUMBERS
from tests.places.conftest import place

EARLY, LATE = date(2024, 1, 1), date(2025, 1, 1)
Make = Callable[..., models.Model]


def _place(**values: Any) -> Place:
    row = {"code": "610902107400", "level": 5, "name": "村", "short_name": "村", "initials": "c", **values}
    return Place(**row)


def _makers(village: Place, town: Place) -> dict[type[models.Model], Make]:
    """For each table a way to make a row that is allowed, but for the values given."""
    area = Area.objects.create(root=town, name="底", area_kind="industry", starts_on=EARLY)
    grid_set = GridSet.objects.create(village=place("610902107280"), starts_on=EARLY)
    grid_place = Place.objects.create(
        code="610902107280001", level=6, name="格", short_name="格", initials="g", parent=place("610902107280")
    )
    grid = Grid.objects.create(place=grid_place, grid_set=grid_set, tier="village", starts_on=EARLY)
    group = VillagerGroup.objects.create(village=village, number=99, starts_on=EARLY)
    start = {"starts_on": EARLY}
    now = {"entered_at": clock.now()}
    point = {"latitude_e7": 1, "longitude_e7": 1, "source": "hand", **now}
    drawn = {"root": town, "title": "x", "area_kind": "management", "areas": 1, "begun_at": clock.now()}
    drawing = AreaDrawing.objects.create(**drawn)
    one, other = sorted((village, place("610902107280")), key=lambda found: found.pk)
    rows: dict[type[models.Model], tuple[Callable[..., Any], dict[str, Any]]] = {
        Place: (_place, {}),
        PlaceVersion: (PlaceVersion, {"place": village, "code": "1", "name": "x", "ends_on": LATE}),
        Succession: (Succession, {"from_place": village, "to_place": town, "succession_kind": "merged", "day": EARLY}),
        Area: (Area, {"root": town, "name": "甲", "area_kind": "industry", **start}),
        AreaMembership: (AreaMembership, {"area": area, "place": village, **start}),
        District: (District, {"root": town, "name": "区", "receipt_mark": "恒"}),
        RosterEntry: (RosterEntry, {"place": village, "paper": "x", **start}),
        ModuleSwitch: (ModuleSwitch, {"place": village, "module": "points", "off_from": EARLY}),
        Position: (Position, {"place": village, **point}),
        RoadMinutes: (RoadMinutes, {"from_place": village, "to_place": town, "minutes": 1, "source": "x"}),
        GridSet: (GridSet, {"village": village, **start}),
        Grid: (Grid, {"place": village, "grid_set": grid_set, "tier": "village", **start}),
        GridClass: (GridClass, {"root": town, "code": "red", "label_zh": "红", "label_en": "r", "colour": "#ffffff"}),
        GridGroup: (GridGroup, {"grid": grid, "group": group, **start}),
        VillagerGroup: (VillagerGroup, {"village": village, "number": 1, **start}),
        Lane: (Lane, {"village": village, "name": "巷", **start}),
        Border: (Border, {"one": one, "other": other, "source": "x"}),
        AreaDrawing: (AreaDrawing, drawn),
        DrawnArea: (DrawnArea, {"drawing": drawing, "number": 1, "name": "x"}),
        DrawnVillage: (DrawnVillage, {"drawing": drawing, "village": village}),
        FixedPair: (FixedPair, {"drawing": drawing, "one": one, "other": other}),
        VillageProfile: (VillageProfile, {"place": village, "as_of": EARLY, "source": "x", **now}),
    }
    return {model: lambda m=make, v=values, **more: m(**{**v, **more}) for model, (make, values) in rows.items()}


E7 = 10_000_000
BREAKS: dict[str, dict[str, Any]] = {
    "place_code_fits_level": {"level": 4},
    "place_dates": {"starts_on": LATE, "ends_on": EARLY},
    "place_version_dates": {"starts_on": LATE, "ends_on": EARLY},
    "district_only_true": {"only": False},
    "district_map_reviewed": {"map_service_key": b"k"},
    "module_switch_dates": {"off_to": date(2023, 1, 1)},
    "position_on_earth": {"latitude_e7": 91 * E7},
    "position_accuracy": {"accuracy_m": -1},
    "grid_tier_inside": {"tier": "social_worker"},
    "area_drawing_adopted": {"state": "adopted"},
    "area_drawing_dropped": {"state": "dropped"},
    "profile_not_negative": {"households": -1},
}
EARLIER = {"starts_on": LATE, "ends_on": EARLY}

CONSTRAINTS = [
    (model, constraint)
    for model in apps.get_app_config("places").get_models()
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS, ids=[c.name for _, c in CONSTRAINTS])
def test_the_database_refuses_it(
    town: Place, village: Place, model: type[models.Model], constraint: models.BaseConstraint
) -> None:
    make = _makers(village, town)[model]
    first = make()
    first.save(force_insert=True)
    if isinstance(constraint, models.UniqueConstraint):
        bad = make(id=uuid7())
    elif constraint.name == "road_elsewhere":
        first.delete()
        bad = make(to_place=village)
    elif constraint.name in ("border_in_order", "fixed_pair_in_order"):
        first.delete()
        bad = make(one=first.other, other=first.one)  # type: ignore[attr-defined]
    else:
        first.delete()
        bad = make(**BREAKS.get(constraint.name, EARLIER))
    with pytest.raises(IntegrityError), transaction.atomic():
        bad.save(force_insert=True)


@pytest.mark.parametrize("name", NUMBERS)
def test_no_number_of_a_profile_is_negative(village: Place, name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        VillageProfile.objects.create(place=village, as_of=EARLY, source="x", entered_at=clock.now(), **{name: -1})


def test_a_code_is_free_again_once_its_place_has_ended(village: Place) -> None:
    Place.objects.filter(pk=village.pk).update(ends_on=EARLY)
    _place(code=village.code).save(force_insert=True)
    assert Place.objects.filter(code=village.code).count() == 2
