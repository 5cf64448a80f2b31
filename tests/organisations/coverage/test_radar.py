"""The radar: where no current named person answers, why, and since which day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from cunlian.flows import households
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import end_duty
from cunlian.organisations.coverage.actions import end_leave, enter_leave, name_matter
from cunlian.organisations.coverage.objects import scope_of
from cunlian.organisations.coverage.open_matters import OPEN
from cunlian.organisations.coverage.reading import missing_counts, radar
from cunlian.organisations.coverage.seated import NEVER
from cunlian.organisations.models import Capacity, Duty, Leave, Posting
from tests.cases.conftest import Desk, desk, district
from tests.cast import START
from tests.organisations.coverage.conftest import Answers

__all__ = ["desk", "district"]
C = Capacity


def test_a_grid_nobody_was_ever_named_for_is_open_without_a_first_day(answers: Answers) -> None:
    found = answers.gaps("grid_worker")
    assert set(found) == {"柳湾村二网格", "桥头村二网格"}
    row = found["柳湾村二网格"]
    assert (row["why"], row["open_since"], row["owner"]) == ("nobody", NEVER, None)
    assert (row["lies_in"], row["at"]) == ("柳湾", "610902107201002")


def test_who_leaves_opens_a_gap_on_that_day_and_a_stand_in_closes_it(answers: Answers) -> None:
    assert "柳湾村一网格" not in answers.gaps("grid_worker")
    answers.leaves_post("grid_worker", days_ago=6)

    row = answers.gaps("grid_worker")["柳湾村一网格"]
    assert (row["why"], row["open_since"]) == ("vacant", answers.today - timedelta(days=6))
    assert row["owner"] == answers.cast.world.posts["grid_worker"].pk
    answers.stand_in("grid_worker")
    assert "柳湾村一网格" not in answers.gaps("grid_worker")


def test_a_stand_in_whose_own_post_is_left_does_not_help(answers: Answers) -> None:
    answers.leaves_post("grid_worker", days_ago=6)
    answers.stand_in("grid_worker", "social_worker")
    assert "柳湾村一网格" not in answers.gaps("grid_worker")
    answers.leaves_post("social_worker")
    assert "柳湾村一网格" in answers.gaps("grid_worker")


def test_a_holder_on_leave_is_a_gap_from_the_first_day_of_it(answers: Answers) -> None:
    posting, day = answers.posting("grid_worker"), answers.today - timedelta(days=3)
    leave = enter_leave(posting, by=SYSTEM, starts_on=day, ends_on=answers.today + timedelta(days=9))

    row = answers.gaps("grid_worker")["柳湾村一网格"]
    assert (row["why"], row["open_since"]) == ("leave", day)
    answers.stand_in("grid_worker", days=2)
    assert "柳湾村一网格" not in answers.gaps("grid_worker")
    end_leave(leave, by=SYSTEM)
    assert Leave.objects.get().ends_on == answers.today


def test_a_holder_past_their_term_is_a_gap_from_the_day_it_ended(answers: Answers) -> None:
    over = answers.today - timedelta(days=40)
    Posting.objects.filter(post=answers.cast.world.posts["grid_worker"]).update(term_from=START, term_to=over)
    row = answers.gaps("grid_worker")["柳湾村一网格"]
    assert (row["why"], row["open_since"]) == ("term", over)


def test_a_duty_that_ended_leaves_the_gap_to_whoever_is_named_next(answers: Answers) -> None:
    duty = Duty.objects.get(post=answers.cast.world.posts["grid_worker"])
    end_duty(duty, by=SYSTEM, ends_on=answers.today - timedelta(days=2))
    row = answers.gaps("grid_worker")["柳湾村一网格"]
    assert (row["why"], row["open_since"], row["owner"]) == ("nobody", answers.today - timedelta(days=2), None)


def test_lanes_groups_areas_and_villages_are_on_it_too(answers: Answers) -> None:
    answers.lane(), answers.group()
    for name in ("village_cadre", "village_head", "area_staff"):
        answers.leaves_post(name)
    found = {(rule, title, why) for rule, title, why in answers.radar() if not rule.startswith("grid")}
    assert {
        ("lane_leader", "前巷", "nobody"), ("group_leader", "1", "nobody"), ("village_cadre", "柳湾", "vacant"),
        ("area_head", "柳桥片区", "vacant"), ("area_ecology", "柳桥片区", "nobody"),
    } <= found  # fmt: skip
    assert not [row for row in found if row[0] == "village_cadre" and row[1] == "桥头"]


def test_a_lane_answered_for_by_its_own_leader_is_none(answers: Answers) -> None:
    lane = answers.lane()
    answers.duty("lane_leader", C.LANE_LEADER, lane=lane)
    assert answers.numbers("lane_leader") == (1, 1)


def test_a_household_whose_contact_left_is_one_and_an_ended_household_is_none(answers: Answers) -> None:
    home = answers.cast.world.household
    assert answers.numbers("household_contact") == (0, 0)
    answers.duty("social_worker", C.HOUSEHOLD_CONTACT, household=home)
    answers.leaves_post("social_worker", days_ago=1)
    assert [title for rule, title, _why in answers.radar() if rule == "household_contact"] == ["0007"]

    resident = answers.cast.world.persons["resident"]
    resident.memberships.update(ends_on=answers.today)
    type(resident).objects.filter(pk=resident.pk).update(household=None, is_head=False)
    households.close_household(home, by=SYSTEM)
    assert answers.numbers("household_contact") == (0, 0)
    assert not [rule for rule, _title, _why in answers.radar() if rule == "household_contact"]


def test_strangers_see_nothing_of_it(answers: Answers) -> None:
    answers.leaves_post("grid_worker")
    assert answers.radar(answers.cast.stranger) == []
    assert answers.radar(answers.cast.resident) == []
    assert answers.radar(answers.cast.grid_worker) == answers.radar()


@pytest.mark.parametrize("more", [0, 20])
def test_the_radar_takes_the_same_queries_however_many_gaps(
    answers: Answers, more: int, django_assert_num_queries: object
) -> None:
    for number in range(more):
        answers.group(number + 1)
    scope = scope_of(answers.cast.county_staff)
    with django_assert_num_queries(3):  # what the viewer is named for, the kinds of what is owed, the rows  # type: ignore[operator]
        list(radar(scope))


def test_an_open_request_whose_post_nobody_sits_on_is_told_with_its_kind(desk: Desk, answers: Answers) -> None:
    case = desk.report("路灯不亮。", category=desk.lamp)
    name = next(name for name, post in answers.cast.world.posts.items() if post.pk == case.holder_id)
    assert not [row for row in answers.radar() if row[0] == OPEN]
    answers.leaves_post(name)

    assert [row for row in answers.radar(answers.cast.again("township_staff")) if row[0] == OPEN] == [
        (OPEN, "cases.answer", "vacant")
    ]
    answers.stand_in(name, "mediator")
    assert not [row for row in answers.radar(answers.cast.again("township_staff")) if row[0] == OPEN]


def test_an_open_request_the_viewer_may_not_see_is_not_on_their_radar(desk: Desk, answers: Answers) -> None:
    case = desk.report("路灯不亮。", category=desk.lamp)
    answers.leaves_post(next(name for name, post in answers.cast.world.posts.items() if post.pk == case.holder_id))
    for blind in (answers.cast.neighbour_worker, answers.cast.stranger, answers.cast.resident):
        assert not [row for row in answers.radar(blind) if row[0] == OPEN]


def test_only_what_is_asked_for_and_as_long_as_asked_for(answers: Answers) -> None:
    answers.leaves_post("grid_worker", days_ago=6)
    scope, week = scope_of(answers.cast.county_staff), answers.today - timedelta(days=7)
    assert {row["title"] for row in radar(scope, ["grid_worker"], why="vacant")} == {"柳湾村一网格"}
    assert not radar(scope, ["grid_worker"], why="vacant", open_since__lte=week).exists()
    assert {row["rule"] for row in radar(scope, ["area_head", "area_ecology"])} == {"area_ecology"}
    assert not list(radar(scope, []))


def test_what_is_counted_is_what_stands_in_the_list(answers: Answers) -> None:
    answers.duty("county_leader", Capacity.AREA_HEAD, area=answers.cast.world.area)
    name_matter(
        answers.cast.world.area, by=SYSTEM, matter="ecology", post=answers.cast.world.posts["township_head"], paper="x"
    )
    for actor in (answers.cast.county_staff, answers.cast.stranger):
        scope = scope_of(actor)
        listed = Counter(row["rule"] for row in radar(scope))
        assert Counter({code: n for code, n in missing_counts(scope).items() if n}) == listed
    assert missing_counts(scope_of(answers.cast.county_staff))["area_industry"] == 1
    assert missing_counts(scope_of(answers.cast.county_staff))["area_ecology"] == 0
