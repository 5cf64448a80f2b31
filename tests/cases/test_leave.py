"""Where a request goes while the holder of the post it is for is on leave."""

from __future__ import annotations

from datetime import timedelta

from cunlian.accounts.actors import actor_of
from cunlian.cases.actions import report_complaint
from cunlian.cases.models import Case
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM
from cunlian.organisations.actions import arrange_stand_in, assign_duty
from cunlian.organisations.coverage.actions import end_leave, enter_leave
from cunlian.organisations.models import Capacity, Gap, Leave, Post, Posting, Rank
from tests.cases.conftest import Desk


def away(desk: Desk, name: str) -> Leave:
    today = clock.today()
    posting = Posting.objects.get(post=desk.post(name))
    return enter_leave(posting, by=SYSTEM, starts_on=today, ends_on=today + timedelta(days=10))


def stands_in(desk: Desk, name: str, by: str) -> None:
    today = clock.today()
    arrange_stand_in(
        desk.post(name), by=SYSTEM, by_post=desk.post(by), starts_on=today, ends_on=today + timedelta(days=10)
    )


def test_whoever_stands_in_finds_it_waiting(desk: Desk) -> None:
    away(desk, "grid_worker")
    stands_in(desk, "grid_worker", "social_worker")
    case = desk.report(place=desk.cast.world.grid)

    assert case.holder == desk.post("grid_worker") and not Gap.objects.exists()
    assert case in Case.objects.waiting_for(actor_of(desk.cast.world.users["social_worker"]))


def test_without_a_stand_in_the_next_up_gets_it_and_the_gap_is_on_record_until_the_holder_is_back(desk: Desk) -> None:
    leave, grid = away(desk, "grid_worker"), desk.cast.world.grid
    assert desk.report(place=grid).holder == desk.post("lane_leader")
    gap = Gap.objects.open().get()
    assert (gap.place, gap.rank) == (grid, Rank.GRID)

    end_leave(leave, by=SYSTEM)
    gap.refresh_from_db()
    assert gap.closed_on == clock.today()
    assert desk.report("又一件事。", place=grid).holder == desk.post("grid_worker")


def test_a_stand_in_who_is_away_too_stands_in_for_nobody(desk: Desk) -> None:
    for name in ("grid_worker", "social_worker"):
        away(desk, name)
    stands_in(desk, "grid_worker", "social_worker")

    assert desk.report(place=desk.cast.world.grid).holder == desk.post("lane_leader")


def test_what_only_a_department_may_decide_goes_to_the_dispatch_desk_while_it_is_away(desk: Desk) -> None:
    assign_duty(
        desk.post("county_leader"), by=SYSTEM, capacity=Capacity.DEPARTMENT, place=desk.cast.world.county, matter="0703"
    )
    assert desk.report(category=desk.unlawful).holder == desk.post("county_leader")
    away(desk, "county_leader")

    assert desk.report("又盖了一间。", category=desk.unlawful).holder == desk.post("dispatcher")
    assert Gap.objects.open().count() == 1


def test_a_complaint_passes_over_whoever_is_away(desk: Desk) -> None:
    def complained_to() -> Post | None:
        return report_complaint(
            by=ANONYMOUS, place=desk.cast.world.grid, text="三次都没有人来。", post=desk.post("grid_worker")
        ).holder

    assert complained_to() == desk.post("village_cadre")
    away(desk, "village_cadre")
    assert complained_to() == desk.post("village_head")
