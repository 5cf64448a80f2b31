"""A county of three hundred villages and thirty areas: a drawing comes in time, or a sentence says why there is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from random import Random
from time import monotonic

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.districts import enter_roster, set_district
from cunlian.places.actions.positions import set_position
from cunlian.places.drawing import actions
from cunlian.places.drawing.actions import Fact
from cunlian.places.drawing.solve import SECONDS, NoDrawing, draw
from cunlian.places.models import AreaDrawing, DrawnVillage, Place
from tests.places.conftest import DAY, county_rows, take_over, village_row
from tests.places.drawing.test_solve import task_of

VILLAGES, AREAS = 300, 30
WORK = 0.02
"""A part of the usual work, so that a test takes some seconds: the limits that end it are the same."""


@pytest.fixture
def asked(county: Place) -> AreaDrawing:
    """Three hundred villages of one town, at points strewn over it, in a county that asks for thirty areas."""
    chance = Random(7)
    codes = [f"610902107{n}" for n in range(400, 400 + VILLAGES)]
    take_over([*county_rows(), *(village_row(code, f"{code[-3:]}村村民委员会") for code in codes)])
    villages = list(Place.objects.current().filter(code__in=codes))
    set_district(county, by=SYSTEM, name="汉滨", receipt_mark="汉")
    enter_roster(villages, by=SYSTEM, starts_on=DAY.replace(year=2024), paper="名册")
    for village in villages:
        north, east = chance.randrange(6_000_000), chance.randrange(6_000_000)
        set_position(village, by=SYSTEM, latitude_e7=324_000_000 + north, longitude_e7=1_085_000_000 + east)
    return actions.begin_drawing(county, by=SYSTEM, title="重划片区", areas=AREAS, tolerance=20)


def test_thirty_areas_are_drawn_with_every_village_in_one_and_the_pairs_kept(asked: AreaDrawing) -> None:
    chance = Random(8)
    rows = DrawnVillage.objects.filter(drawing=asked).select_related("village").order_by("village__code")
    homes = {row.village: chance.randrange(80, 900) for row in rows}
    facts = {village.pk: Fact(number, 70 if number % 3 == 0 else 20) for village, number in homes.items()}
    one, other, third, *_rest = homes
    actions.fix_pair(asked, by=SYSTEM, one=one, other=other, together=True)
    actions.fix_pair(asked, by=SYSTEM, one=one, other=third, together=False)
    began = monotonic()
    drawing = actions.draw_areas(asked, by=SYSTEM, facts=facts, work=WORK)

    assert monotonic() - began < SECONDS
    assert not drawing.trouble and drawing.cost >= drawing.bound > 0
    area = {row.village: row.drawn_id for row in rows.all()}
    assert len(area) == VILLAGES and len(set(area.values())) == AREAS and None not in area.values()
    assert area[one] == area[other] != area[third]
    sums = Counter(dict.fromkeys(area.values(), 0))
    for village, number in homes.items():
        sums[area[village]] += number
    mean = sum(homes.values()) / AREAS
    assert sum(abs(number - mean) <= mean * 0.25 for number in sums.values()) >= AREAS * 9 // 10


def test_pairs_that_leave_too_few_areas_end_in_no_drawing_and_not_in_a_search_without_end() -> None:
    """Thirty-one villages of which no two may be in one area do not fit into thirty. A solver alone would try for ever."""
    task = task_of(7, VILLAGES, AREAS)
    began = monotonic()
    with pytest.raises(NoDrawing) as none:
        draw(replace(task, apart=frozenset(combinations(range(AREAS + 1), 2))), work=WORK)
    assert monotonic() - began < SECONDS
    assert none.value.late
