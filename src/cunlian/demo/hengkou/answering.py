"""Who answers for what this year, as yearly lists: some in force, one approved, the next year's in draft. Their papers are
invented."""

from __future__ import annotations

from itertools import cycle
from random import Random
from typing import Any

from cunlian.demo.hengkou.land import JOINT, Land
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import Capacity, Post, ResponsibilityList
from cunlian.organisations.responsibility import actions
from cunlian.people.models import Household
from cunlian.places.models import Place

SEED = 20260709 + 41
PAPER = "恒区办〔2026〕{}号（虚构）"
HOMES = 30
C = Capacity


def drawn(place: Place, capacity: str, number: int, year: int = 0) -> ResponsibilityList:
    return actions.draw_list(
        by=SYSTEM,
        place=place,
        year=year or clock.today().year,
        capacity=capacity,
        paper=PAPER.format(number),
        invented=True,
    )


def published(one: ResponsibilityList) -> None:
    actions.approve_list(one, by=SYSTEM)
    actions.publish_list(one, by=SYSTEM)


def _line(one: ResponsibilityList, post: Post, **about: Any) -> None:
    actions.add_line(one, by=SYSTEM, post=post, **about)


def _leaders(land: Land, staff: Staff) -> None:
    """The leader for each area; offices look after the villages of the joint area."""
    leader = next(post for post in staff.holders if post.role == "county_leader")
    areas = drawn(land.root, C.COUNTY_LEADER, 11)
    for area, _members in land.areas:
        _line(areas, leader, area=area)
    published(areas)
    offices = cycle(sorted(set(staff.by_matter.values()), key=str))
    villages = drawn(land.root, C.DEPARTMENT, 12)
    for tail in JOINT:
        _line(villages, next(offices), place=land.village(tail))
    published(villages)


def _grids(land: Land) -> None:
    """The workers who have the grids go on with them; the list of the next year is being drawn up."""
    for year in (clock.today().year, clock.today().year + 1):
        one = drawn(land.root, C.GRID_WORKER, 13, year)
        actions.take_over(one, by=SYSTEM)
        if year == clock.today().year:
            published(one)


def _guides(land: Land, staff: Staff) -> None:
    """Heads of areas guide the decisions of their villages."""
    heads = {post.area_id: post for post in staff.holders if post.title == "片区长"}
    one = drawn(land.root, C.DECISION_GUIDE, 14)
    for area, members in land.areas:
        for village in members:
            _line(one, heads[area.pk], place=village)
    published(one)


def _village(village: Place, staff: Staff, chance: Random) -> None:
    """Groups by the cadre, lanes by the lane leader, the first households by the two who keep contact."""
    cadre = staff.cadres[village.code]
    groups = drawn(village, C.VILLAGE_CADRE, 15)
    for group in village.villager_groups.order_by("number"):
        _line(groups, cadre, group=group)
    published(groups)
    lane_leader = next(
        (post for post in staff.holders if post.title == "东巷巷长" and post.place.parent_id == village.pk), None
    )
    if lane_leader:
        lanes = drawn(village, C.LANE_LEADER, 16)
        for lane in village.lanes.order_by("name"):
            _line(lanes, lane_leader, lane=lane)
        published(lanes)
    contacts = drawn(village, C.MEMBER_CONTACT, 17)
    keepers = [cadre, staff.socials[village.code]]
    for home in Household.objects.current().filter(place=village).order_by("number")[:HOMES]:
        _line(contacts, chance.choice(keepers), household=home)
    published(contacts)


def build(land: Land, staff: Staff) -> None:
    chance = Random(SEED)
    _leaders(land, staff)
    _grids(land)
    _guides(land, staff)
    for village in land.detailed[:2]:
        _village(village, staff, chance)
