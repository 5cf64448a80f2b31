"""Areas drawn anew and duties shared out: one drawing waits to be decided, one was dropped, one proposal of who takes what
waits to be confirmed. Numbers and papers are invented."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.assignment.actions import begin_assignment, rule_line, work_out
from cunlian.organisations.models import Capacity
from cunlian.organisations.responsibility.actions import add_line, draw_list
from cunlian.places.actions.borders import enter_borders
from cunlian.places.actions.profiles import enter_profile
from cunlian.places.drawing import actions
from cunlian.places.hollow import hollow_index
from cunlian.places.models import Place, VillageProfile

SEED = 20260709 + 47
SOURCE = "演示数据（虚构）"
STATIONED = 16
BEFORE = 12
WORK = 0.3
"""The demonstration is built while somebody waits: the solver looks around less than it would at the desk."""


def _profile(village: Place, chance: Random) -> None:
    registered = chance.randrange(500, 2400)
    households = registered * 10 // chance.randrange(29, 36)
    enter_profile(
        village, by=SYSTEM, as_of=date(2025, 12, 31), source=SOURCE, invented=True, registered_population=registered,
        resident_population=registered * chance.randrange(30, 85) // 100, households=households,
        vacant_houses=households * chance.randrange(8, 55) // 100,
    )  # fmt: skip


def _facts() -> dict[UUID, actions.Fact]:
    """From the profiles alone: no register here is complete, and asking it of every village takes a second."""
    profiles = VillageProfile.objects.order_by("as_of")
    return {row.place_id: actions.Fact(row.households, hollow_index(row).value) for row in profiles}


def _drawings(land: Land) -> None:
    """The first was begun in spring and given up; the one that waits keeps two villages together and two others apart."""
    old = actions.begin_drawing(land.root, by=SYSTEM, title="2026 年春季重划 12 个片区", areas=12, invented=True)
    actions.drop_drawing(old, by=SYSTEM, reason="十二个片区人手不够，各村户数也还没有报齐，秋后再议。（虚构）")
    drawing = actions.begin_drawing(
        land.root, by=SYSTEM, title="2027 年片区调整方案", areas=len(land.areas), tolerance=10, invented=True
    )
    one, other, third = land.villages[0], land.villages[1], land.villages[40]
    actions.fix_pair(drawing, by=SYSTEM, one=one, other=other, together=True)
    actions.fix_pair(drawing, by=SYSTEM, one=one, other=third, together=False)
    actions.draw_areas(drawing, by=SYSTEM, facts=_facts(), work=WORK)
    actions.propose_drawing(drawing, by=SYSTEM)


def _assignment(land: Land, staff: Staff, chance: Random) -> None:
    """Sixteen cadres for the villages of next year; some lines stand on the draft already, one pair is fixed."""
    cadres = [staff.cadres[village.code] for village in land.villages[:: len(land.villages) // STATIONED][:STATIONED]]
    drawn = draw_list(
        by=SYSTEM, place=land.root, year=clock.today().year + 1, capacity=Capacity.STATIONED_CADRE, invented=True,
        paper="恒区办〔2026〕31号（虚构）",
    )  # fmt: skip
    for village in chance.sample(land.villages, BEFORE):
        add_line(drawn, by=SYSTEM, post=chance.choice(cadres), place=village)
    one = begin_assignment(drawn, by=SYSTEM, aim="village", posts=cadres, invented=True)
    rule_line(one.lines.get(place=land.villages[3]), by=SYSTEM, ruling="fix", post=cadres[0])
    work_out(one, by=SYSTEM)


def build(land: Land, staff: Staff) -> None:
    chance = Random(SEED)
    known = set(VillageProfile.objects.values_list("place_id", flat=True))
    for village in land.villages:
        if village.pk not in known:
            _profile(village, chance)
    pairs = [(village.code, after.code) for village, after in zip(land.villages, land.villages[1:6], strict=False)]
    enter_borders(land.root, by=SYSTEM, pairs=pairs, source=SOURCE)
    _drawings(land)
    _assignment(land, staff, chance)
