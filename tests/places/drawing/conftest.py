"""The small county of nine villages in two areas, with invented points, and a drawing over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.areas import add_village_to_area, create_area
from cunlian.places.actions.districts import enter_roster, set_district
from cunlian.places.actions.positions import set_position
from cunlian.places.drawing import actions
from cunlian.places.drawing.actions import Fact
from cunlian.places.models import Area, AreaDrawing, DrawnArea, Place
from tests.places.conftest import DAY

START = DAY.replace(year=2024)
AWAY = 70_000
"""Ten-millionths of a degree between two villages: some 600 m."""


@dataclass
class Ground:
    """``villages`` lie in a line from south to north, one step apart; the first five are in the first area."""

    root: Place
    villages: list[Place]
    areas: list[Area]
    facts: Mapping[UUID, Fact]

    def begin(self, **said: Any) -> AreaDrawing:
        values = {"title": "重划片区", "areas": 3, "tolerance": 20, **said}
        return actions.begin_drawing(self.root, by=SYSTEM, **values)

    def drawn(self, **said: Any) -> AreaDrawing:
        return actions.draw_areas(self.begin(**said), by=SYSTEM, facts=self.facts)

    def in_state(self, state: str) -> AreaDrawing:
        drawing = self.drawn()
        if state in ("proposed", "adopted"):
            actions.propose_drawing(drawing, by=SYSTEM)
        if state == "adopted":
            actions.adopt_drawing(drawing, by=SYSTEM, starts_on=DAY, reason="就近", paper="恒区办〔2026〕9号")
        if state == "dropped":
            actions.drop_drawing(drawing, by=SYSTEM, reason="意见不一")
        drawing.refresh_from_db()
        return drawing

    def groups(self, drawing: AreaDrawing) -> list[list[int]]:
        """Each area of the drawing as the numbers of its villages, in order."""
        number = {village.pk: n for n, village in enumerate(self.villages)}
        found = [
            sorted(number[key] for key in area.villages.values_list("village_id", flat=True))
            for area in DrawnArea.objects.filter(drawing=drawing)
        ]
        return sorted(found)


@pytest.fixture
def ground(county: Place) -> Ground:
    villages = list(Place.objects.current().within(county).villages().order_by("code"))
    set_district(county, by=SYSTEM, name="汉滨", receipt_mark="汉")
    enter_roster(villages, by=SYSTEM, starts_on=START, paper="名册")
    for n, village in enumerate(villages):
        set_position(village, by=SYSTEM, latitude_e7=327_000_000 + n * AWAY, longitude_e7=1_087_500_000)
    areas = [
        create_area(county, by=SYSTEM, name=name, area_kind="management", starts_on=START)
        for name in ("东片区", "西片区")
    ]
    for n, village in enumerate(villages):
        add_village_to_area(areas[n >= 5], by=SYSTEM, village=village, starts_on=START)
    facts = {village.pk: Fact(100, 70 if n % 3 == 0 else 20) for n, village in enumerate(villages)}
    return Ground(county, villages, areas, facts)
