"""A yearly list: drawn up, put in force, followed by the next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cunlian.accounts.models import RoleGrant
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Forbidden, IllegalMove, Invalid
from cunlian.organisations.actions import record_gap
from cunlian.organisations.chain import chain_for, responsible_for
from cunlian.organisations.models import Capacity, Duty, Gap, Rank, ResponsibilityLine, ResponsibilityList
from cunlian.organisations.responsibility import actions
from cunlian.organisations.responsibility.aims import AIMS
from cunlian.organisations.responsibility.changes import changes
from cunlian.organisations.responsibility.states import State
from cunlian.places.actions.grids import create_lane, create_villager_group
from cunlian.places.models import Lane, VillagerGroup
from tests.organisations.responsibility.conftest import Year


def test_a_draft_changes_nothing_and_publishing_makes_its_lines_duties(year: Year) -> None:
    one = year.with_line()
    assert year.duties() == []
    actions.approve_list(one, by=year.cast.township_staff)
    assert year.duties() == []

    actions.publish_list(one, by=year.cast.township_staff)
    (duty,) = year.duties()
    assert duty.starts_on == clock.today() and one.lines.get().duty == duty


def test_a_duty_that_runs_goes_on_as_the_same(year: Year) -> None:
    town = year.cast.world.township
    runs = Duty.objects.get(capacity=Capacity.TOWNSHIP_LEADER, place=town)
    one = year.draft()
    assert actions.take_over(one, by=year.cast.township_staff) == 1
    assert actions.take_over(one, by=year.cast.township_staff) == 0
    planned = changes(one)
    assert [duty for _line, duty in planned.kept] == [runs] and planned.begins == []

    actions.approve_list(one, by=SYSTEM)
    actions.publish_list(one, by=SYSTEM)
    assert Duty.objects.filter(capacity=Capacity.TOWNSHIP_LEADER, place=town).get() == runs
    assert one.lines.get().duty == runs


def test_the_next_list_keeps_pairs_begins_new_ones_and_ends_the_rest_on_one_day(year: Year) -> None:
    world, this = year.cast.world, clock.today().year
    first = year.draft()
    for post, place in (("township_head", world.village), ("township_staff", world.other_village)):
        actions.add_line(first, by=SYSTEM, post=world.posts[post], place=place)
    for step in (actions.approve_list, actions.publish_list):
        step(first, by=SYSTEM)
    kept, gone = (first.lines.get(place=place).duty for place in (world.village, world.other_village))

    after = year.draft(year=this + 1)
    for place in (world.village, world.other_village):
        actions.add_line(after, by=SYSTEM, post=world.posts["township_head"], place=place)
    planned = changes(after)
    assert (len(planned.begins), len(planned.kept), planned.ending) == (1, 1, [gone])
    for step in (actions.approve_list, actions.publish_list):
        step(after, by=SYSTEM)

    new_year = date(this + 1, 1, 1)
    assert after.lines.get(place=world.village).duty == kept
    begun = after.lines.get(place=world.other_village).duty
    assert begun and begun.starts_on == new_year
    assert Duty.objects.get(pk=gone.pk if gone else None).ends_on == new_year
    first.refresh_from_db()
    assert first.state == State.CLOSED
    assert ResponsibilityList.objects.in_force().filter(capacity=Capacity.TOWNSHIP_LEADER).get() == after


def test_the_list_of_an_earlier_year_cannot_follow_a_later_one(year: Year) -> None:
    year.in_state(State.PUBLISHED, year=clock.today().year + 1)
    late = year.in_state(State.APPROVED)
    with pytest.raises(Conflict):
        actions.publish_list(late, by=SYSTEM)


def test_a_list_closed_by_hand_ends_its_duties(year: Year) -> None:
    one = year.in_state(State.PUBLISHED)
    with clock.set_to(clock.now() + timedelta(days=40)):
        actions.close_list(one, by=year.cast.township_staff)
        assert year.duties() == []
        assert [duty.ends_on for duty in Duty.objects.filter(lines__on_list=one)] == [clock.today()]


def test_what_it_covers_is_no_gap_any_more_and_the_role_goes_along(year: Year) -> None:
    world = year.cast.world
    record_gap(by=SYSTEM, place=world.second_grid, rank=Rank.GRID)
    one = year.draft(Capacity.GRID_WORKER)
    post = world.posts["grid_worker"]
    actions.add_line(one, by=SYSTEM, post=post, place=world.second_grid)
    for step in (actions.approve_list, actions.publish_list):
        step(one, by=SYSTEM)

    assert not Gap.objects.open().filter(place=world.second_grid).exists()
    assert RoleGrant.objects.filter(post_id=post.pk, place=world.second_grid).exists()


def test_who_answers_for_a_group_or_a_lane_answers_for_its_households_only(year: Year) -> None:
    world, day = year.cast.world, clock.today()
    home, other = world.household, create_villager_group(world.village, by=SYSTEM, number=8, starts_on=day)
    mine: VillagerGroup = create_villager_group(world.village, by=SYSTEM, number=9, starts_on=day)
    lane: Lane = create_lane(world.village, by=SYSTEM, name="后巷", starts_on=day)
    type(home).objects.filter(pk=home.pk).update(group=mine, lane=lane)
    home.refresh_from_db()
    cadres = year.draft(Capacity.VILLAGE_CADRE, place=world.village)
    for post, group in (("village_head", mine), ("social_worker", other)):
        actions.add_line(cadres, by=SYSTEM, post=world.posts[post], group=group)
    lanes = year.draft(Capacity.LANE_LEADER, place=world.village)
    actions.add_line(lanes, by=SYSTEM, post=world.posts["lane_leader"], lane=lane)
    for one in (cadres, lanes):
        actions.approve_list(one, by=SYSTEM)
        actions.publish_list(one, by=SYSTEM)

    of_home = {link.duty.group or link.duty.lane for link in chain_for(world.village, day, household=home) if link.duty}
    of_village = {link.duty.group or link.duty.lane for link in chain_for(world.village, day) if link.duty}
    assert {mine, lane} <= of_home and other not in of_home
    assert of_village == {None}
    assert responsible_for(world.village, "", day, home).post == world.posts["village_head"]
    assert responsible_for(world.village, "", day).post == world.posts["village_cadre"]


def test_a_guide_of_decisions_gets_no_matter_and_fills_no_rank(year: Year) -> None:
    world, day = year.cast.world, clock.today()
    Duty.objects.filter(place=world.other_village).delete()
    one = year.draft(Capacity.DECISION_GUIDE)
    actions.add_line(one, by=SYSTEM, post=world.posts["township_staff"], place=world.other_village)
    actions.approve_list(one, by=SYSTEM)
    actions.publish_list(one, by=SYSTEM)

    chain = chain_for(world.other_village, day)
    assert Capacity.DECISION_GUIDE in {link.capacity for link in chain}
    assert any(link.rank == Rank.VILLAGE and link.gap for link in chain)
    assert responsible_for(world.other_village, "", day).post != world.posts["township_staff"]


def test_leaders_and_departments_of_a_village_do_not_stand_for_its_own_posts(year: Year) -> None:
    world, day = year.cast.world, clock.today()
    for capacity, post in (
        (Capacity.COUNTY_LEADER, "county_leader"),
        (Capacity.TOWNSHIP_LEADER, "township_staff"),
        (Capacity.DEPARTMENT, "county_staff"),
    ):
        one = year.draft(capacity, place=world.county)
        actions.add_line(one, by=SYSTEM, post=world.posts[post], place=world.other_village)
        actions.approve_list(one, by=SYSTEM)
        actions.publish_list(one, by=SYSTEM)
    assert responsible_for(world.other_village, "", day).post == world.posts["neighbour_cadre"]

    Duty.objects.filter(place=world.other_village, capacity=Capacity.VILLAGE_CADRE).delete()
    Duty.objects.filter(capacity=Capacity.AREA_HEAD).delete()
    chain = chain_for(world.other_village, day)
    assert {Rank.VILLAGE, Rank.AREA} <= {link.rank for link in chain if link.gap}
    assert {Rank.TOWNSHIP, Rank.COUNTY} <= {link.rank for link in chain if not link.gap}
    # then the town's leader for this village, before the one for the whole town
    assert responsible_for(world.other_village, "", day).post == world.posts["township_staff"]
    assert responsible_for(world.village, "", day).post == world.posts["village_cadre"]


def test_every_capacity_says_what_it_may_answer_for() -> None:
    assert set(AIMS) == set(Capacity) and all(AIMS.values())


def test_what_cannot_stand_on_a_list_is_refused(year: Year) -> None:
    world, posts, this = year.cast.world, year.cast.world.posts, clock.today().year
    one = year.draft()
    for said in (
        {"post": posts["township_head"], "place": world.grid},  # a township leader answers for no grid
        {"post": posts["township_head"], "place": world.strange_place},
        {"post": posts["stranger"], "place": world.village},
        {"post": posts["township_head"]},
        {"post": posts["township_head"], "place": world.village, "household": world.household},
    ):
        with pytest.raises(Invalid):
            actions.add_line(one, by=SYSTEM, **said)
    for wrong in ({"year": this - 1}, {"year": this + 2}, {"place": world.grid}, {"capacity": "king"}):
        with pytest.raises(Invalid):
            year.draft(**wrong)
    with pytest.raises(Conflict):
        year.draft()
    with pytest.raises(Invalid):
        actions.approve_list(one, by=SYSTEM)  # no line yet
    without = year.with_line(paper="", capacity=Capacity.STATIONED_CADRE)
    with pytest.raises(Invalid):
        actions.approve_list(without, by=SYSTEM)
    actions.approve_list(without, by=SYSTEM, paper="青政发〔2026〕2号")


def test_lines_change_in_a_draft_only(year: Year) -> None:
    one = year.with_line()
    line = one.lines.get()
    with pytest.raises(Conflict):
        actions.add_line(one, by=SYSTEM, post=line.post, place=line.place)
    actions.approve_list(one, by=SYSTEM)
    for change in (
        lambda: actions.remove_line(line, by=SYSTEM),
        lambda: actions.take_over(one, by=SYSTEM),
        lambda: actions.add_line(one, by=SYSTEM, post=line.post, place=year.cast.world.other_village),
    ):
        with pytest.raises(Conflict):
            change()
    actions.reopen_list(one, by=SYSTEM)
    actions.remove_line(line, by=SYSTEM)
    assert not ResponsibilityLine.objects.exists()
    with pytest.raises(IllegalMove):
        actions.publish_list(one, by=SYSTEM)


def test_strangers_and_villages_settle_nothing(year: Year) -> None:
    one = year.in_state(State.APPROVED)
    for actor in (year.cast.stranger, year.cast.village_cadre, year.cast.grid_worker):
        with pytest.raises(Forbidden):
            actions.publish_list(one, by=actor)
    assert not ResponsibilityList.objects.visible_to(year.cast.stranger).exists()
    assert not ResponsibilityLine.objects.visible_to(year.cast.stranger).exists()


def test_the_changes_take_the_same_queries_for_one_line_and_for_many(year: Year) -> None:
    world = year.cast.world
    one = year.with_line()
    with CaptureQueriesContext(connection) as few:
        changes(one)
    for post in ("township_staff", "village_head", "village_cadre"):
        actions.add_line(one, by=SYSTEM, post=world.posts[post], place=world.village)
    with CaptureQueriesContext(connection) as many:
        changes(one)
    assert len(few) == len(many) == 3
