"""Where a request goes while the holder of the post it is for is on leave."""

from __future__ import annotations

from datetime import timedelta

from cunlian.accounts.actors import actor_of
from cunlian.accounts.roles import Role
from cunlian.cases.actions import categorise_case, report_complaint, return_case
from cunlian.cases.matters import matter_names
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM
from cunlian.organisations.actions import appoint, arrange_stand_in, assign_duty, create_post
from cunlian.organisations.coverage.actions import end_leave, enter_leave
from cunlian.organisations.desks import DISPATCH
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


def test_nobody_at_the_dispatch_desk_leads_to_the_next_up_and_its_gap_is_open_until_somebody_is_back(
    desk: Desk,
) -> None:
    assert desk.report(category=desk.unlawful).holder == desk.post("dispatcher")
    leave = away(desk, "dispatcher")

    assert desk.report("又盖了一间。", category=desk.unlawful).holder == desk.post("county_leader")
    gap = Gap.objects.open().get(matter=DISPATCH)
    assert (gap.place, gap.rank) == (desk.cast.world.county, Rank.DEPARTMENT)
    assert str(gap.matter) in matter_names()

    end_leave(leave, by=SYSTEM)
    gap.refresh_from_db()
    assert gap.closed_on == clock.today()


def test_a_desk_without_a_posting_is_passed_over_for_a_wider_one(desk: Desk) -> None:
    near = create_post(
        by=SYSTEM, organisation=desk.cast.world.units["township_office"], title="镇调度员", role=Role.DISPATCHER,
        place=desk.cast.world.township,
    )  # fmt: skip
    assert desk.report(category=desk.unlawful).holder == desk.post("dispatcher")
    appoint(near, by=SYSTEM, person=desk.cast.world.persons["township_staff"])
    assert desk.report("又盖了一间。", category=desk.unlawful).holder == near


def test_with_nobody_at_the_desk_nor_above_nobody_holds_it(desk: Desk) -> None:
    away(desk, "dispatcher")
    away(desk, "county_leader")
    case = desk.report(category=desk.unlawful)
    assert case.holder is None and case.promise is not None and Gap.objects.open().filter(matter=DISPATCH).exists()


def test_what_is_sent_back_does_not_go_to_whoever_passed_it_on_and_is_away_now(desk: Desk) -> None:
    case = desk.in_state(State.DISPATCHED)
    passed_on = case.passed_by
    assert passed_on is not None
    away(desk, next(name for name, post in desk.cast.world.posts.items() if post == passed_on))
    back = return_case(case, by=desk.cast.grid_worker, text="这段路归镇里管。")
    assert back.holder == desk.post("dispatcher")


def test_a_matter_of_power_complained_of_never_comes_to_the_desk_it_is_about(desk: Desk) -> None:
    above = create_post(
        by=SYSTEM, organisation=desk.cast.world.units["grid_centre"], title="主任", role=Role.COUNTY_STAFF, rank=1
    )
    appoint(above, by=SYSTEM, person=desk.cast.world.persons["mediator"])
    complaint = report_complaint(
        by=ANONYMOUS, place=desk.cast.world.village, text="调度员三次都没有转。", post=desk.post("dispatcher")
    )
    assert complaint.holder == above
    case = categorise_case(complaint, by=desk.cast.again("mediator"), category=desk.unlawful, level="normal")
    assert case.holder == desk.post("county_leader")


def test_a_complaint_is_taken_though_all_above_are_away(desk: Desk) -> None:
    away(desk, "county_leader")
    complaint = report_complaint(
        by=ANONYMOUS, place=desk.cast.world.village, text="调度员三次都没有转。", post=desk.post("dispatcher")
    )
    assert complaint.holder == desk.post("county_leader")


def test_a_complaint_passes_over_whoever_is_away(desk: Desk) -> None:
    def complained_to() -> Post | None:
        return report_complaint(
            by=ANONYMOUS, place=desk.cast.world.grid, text="三次都没有人来。", post=desk.post("grid_worker")
        ).holder

    assert complained_to() == desk.post("village_cadre")
    away(desk, "village_cadre")
    assert complained_to() == desk.post("village_head")
