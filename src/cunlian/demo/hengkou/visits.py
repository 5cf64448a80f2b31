"""Visits of the village shown in depth, as notes: what was heard, what follows, when to look in again. All invented."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.staff import Staff
from cunlian.flows.visits import report_from_visit
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import assign_duty
from cunlian.organisations.models import Capacity, Post
from cunlian.organisations.visits.actions import follow_up, note_visit
from cunlian.people.models import Household

SEED = 20260709 + 43
# heard, follows, promised within working days, look in again in so many days
SAID = (
    ("电视收不到台，想请人看看天线。", "联系广电师傅上门", 5, None),
    ("柴火堆靠着电线，已当面说过。", "", None, 14),
    ("今年想把后院的地流转出去，问找谁。", "请村里说清流转怎么办", 3, None),
    ("屋前路灯不亮，晚上出门不方便。", "", None, None),
    ("都好，说下个月儿子回来过年。", "", None, 6),
    ("水龙头水小，早晚更小。", "", None, None),
)


def _notes(post: Post, homes: list[Household], staff: Staff, chance: Random) -> None:
    by, today = staff.actor(post), clock.today()
    for n, home in enumerate(homes):
        heard, follows, days, again = SAID[n % len(SAID)]
        day = today - timedelta(days=chance.randrange(1, 8))
        note = note_visit(
            by=by, post=post, household=home, visited_on=day, heard=heard, follows=follows, promise_days=days,
            again_on=today + timedelta(days=again) if again else None, invented=True,
        )  # fmt: skip
        if n == 3:
            report_from_visit(note, by=by, text=heard)
        if n == 2:
            follow_up(note, by=by, done="副主任上门讲了流程，留了合同样本。")


def build(land: Land, staff: Staff) -> None:
    """The social worker keeps contact with six households, the lane leader and the grid worker with the next ones."""
    chance = Random(SEED)
    village = next((one for one in land.detailed if one.code.endswith("269")), land.detailed[0])
    grid = land.grids[village.code][0]
    lane = next(post for post in staff.holders if post.title == "东巷巷长" and post.place_id == grid.pk)
    near = list(Household.objects.current().filter(place=village, grid=grid).order_by("number")[:16])
    for post, homes in (
        (staff.socials[village.code], near[:6]),
        (lane, near[6:10]),
        (staff.workers[grid.code], near[10:14]),
    ):
        for home in homes:
            if not home.duties.filter(post=post, ends_on=None).exists():
                assign_duty(post, by=SYSTEM, capacity=Capacity.HOUSEHOLD_CONTACT, household=home)
        _notes(post, homes, staff, chance)
