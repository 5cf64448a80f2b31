"""Where nobody answers, and where somebody carries too much: who left, who is on leave, the five matters of the areas. All
invented; papers too."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from random import Random

from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import arrange_stand_in, assign_duty, end_posting
from cunlian.organisations.coverage.actions import decide_ceiling, enter_leave, name_matter
from cunlian.organisations.models import Capacity, FiveMatter, Post, Posting
from cunlian.organisations.responsibility.actions import add_line, approve_list, draw_list, publish_list

SEED = 20260709 + 42
PAPER = "恒区办〔2026〕{}号（虚构）"
C = Capacity
FIVE = {
    FiveMatter.PARTY_BUILDING: "恒口示范区党建办 干事", FiveMatter.REVITALISATION: "农业综合服务站 水利专干",
    FiveMatter.ECOLOGY: "生态环保办 环保专干", FiveMatter.STABILITY: "信访工作联席办 接访专干",
    FiveMatter.INDUSTRY: "农业综合服务站 农技专干",
}  # fmt: skip
STATIONED, LEFT, AWAY = 62, 5, 4
"""Villages with a stationed cadre; grid workers who left; who are on leave."""


def _posting(post: Post) -> Posting:
    return Posting.objects.get(post=post, ends_on=None)


def _offices(staff: Staff) -> list[Post]:
    return sorted(set(staff.by_matter.values()), key=str)


def _stationed(land: Land, staff: Staff, chance: Random) -> None:
    """Offices send cadres into villages: a few into more than the county wants."""
    offices = cycle(_offices(staff))
    for village in sorted(chance.sample(land.villages, STATIONED), key=lambda one: one.code):
        assign_duty(next(offices), by=SYSTEM, capacity=C.STATIONED_CADRE, place=village)
    decide_ceiling(by=SYSTEM, root=land.root, capacity=C.STATIONED_CADRE, most=5, paper=PAPER.format(18))
    decide_ceiling(by=SYSTEM, root=land.root, capacity=C.MEMBER_CONTACT, most=12, paper=PAPER.format(18))
    decide_ceiling(by=SYSTEM, root=land.root, capacity=C.GRID_WORKER, most=2, paper=PAPER.format(18))


def _groups(land: Land, staff: Staff) -> None:
    """One list of the district: cadres answer for the groups of their villages; in some villages nobody is named yet."""
    one = draw_list(
        by=SYSTEM,
        place=land.root,
        year=clock.today().year,
        capacity=C.VILLAGE_CADRE,
        paper=PAPER.format(20),
        invented=True,
    )
    for n, village in enumerate(land.villages):
        if n % 16 != 7 and village not in land.detailed[:2]:
            for group in village.villager_groups.order_by("number"):
                add_line(one, by=SYSTEM, post=staff.cadres[village.code], group=group)
    approve_list(one, by=SYSTEM)
    publish_list(one, by=SYSTEM)


def _in_depth(land: Land, staff: Staff) -> None:
    """Social workers have the grids of their own, lane leaders the lanes; one lane waits for its leader."""
    leaders = {post.place.code[:12]: post for post in staff.holders if post.title == "东巷巷长"}
    for n, village in enumerate(land.detailed):
        for grid in village.children.filter(ends_on=None, name__endswith="社工格"):
            assign_duty(staff.socials[village.code], by=SYSTEM, capacity=C.GRID_WORKER, place=grid)
        for lane in village.lanes.order_by("name"):
            if n >= 2 and not (n == 4 and lane.name == "西巷"):
                assign_duty(leaders[village.code], by=SYSTEM, capacity=C.LANE_LEADER, lane=lane)


def _missing(land: Land, staff: Staff, chance: Random) -> None:
    """Grid workers who left or are away, outside the villages shown in depth; one of them with a stand-in."""
    today = clock.today()
    shown = {grid.pk for village in land.detailed for grid in land.grids[village.code]}
    workers = sorted((post for post in staff.workers.values() if post.place_id not in shown), key=str)
    chosen = chance.sample(workers, LEFT + AWAY)
    for post in chosen[:LEFT]:
        end_posting(_posting(post), by=SYSTEM, ends_on=today - timedelta(days=chance.randrange(2, 45)))
    for n, post in enumerate(chosen[LEFT:]):
        start = today - timedelta(days=chance.randrange(1, 12))
        enter_leave(_posting(post), by=SYSTEM, starts_on=start, ends_on=today + timedelta(days=20))
        if n == 0:
            cadre = staff.cadres[post.place.code[:12]]
            until = today + timedelta(days=20)
            arrange_stand_in(post, by=SYSTEM, by_post=cadre, starts_on=start, ends_on=until, reason="请假")


def _five(land: Land, staff: Staff, chance: Random) -> None:
    """Each area has its five matters with posts of the offices; here and there one is still empty."""
    posts = {f"{post.organisation.name} {post.title}": post for post in staff.holders}
    for n, (area, _members) in enumerate(land.areas):
        for m, matter in enumerate(FiveMatter):
            if (n + m) % 7 != 6:
                name_matter(
                    area, by=SYSTEM, matter=matter.value, post=posts[FIVE[matter]], paper=PAPER.format(19),
                    starts_on=clock.today() - timedelta(days=chance.randrange(30, 200)),
                )  # fmt: skip


def build(land: Land, staff: Staff) -> None:
    chance = Random(SEED)
    _stationed(land, staff, chance)
    _groups(land, staff)
    _in_depth(land, staff)
    _missing(land, staff, chance)
    _five(land, staff, chance)
