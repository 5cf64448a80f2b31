"""Upwards from a post: the ladder, and past whoever is complained of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.above import complained_of, next_up_past, posts_above
from cunlian.organisations.models import Post, Posting
from tests.cast import Cast, World

DAY = timedelta(days=1)


def names(world: World, posts: list[Post]) -> list[str]:
    key = {post.pk: name for name, post in world.posts.items()}
    return [key[post.pk] for post in posts]


def test_ladder_climbs_by_report_then_by_the_chain(world: World) -> None:
    above = names(world, posts_above(world.posts["grid_worker"]))
    assert above == ["village_cadre", "village_head", "area_staff", "township_head", "county_leader"]


def test_post_nobody_holds_is_passed_over(world: World) -> None:
    actions.end_posting(Posting.objects.get(post=world.posts["village_cadre"]), by=SYSTEM)
    assert names(world, posts_above(world.posts["grid_worker"]))[0] == "village_head"


def test_circle_of_reports_ends(world: World) -> None:
    Post.objects.filter(pk=world.posts["village_head"].pk).update(reports_to=world.posts["grid_worker"])
    assert names(world, posts_above(Post.objects.get(pk=world.posts["grid_worker"].pk)))[:2] == [
        "village_cadre", "village_head",
    ]  # fmt: skip


def test_ladder_takes_a_fixed_number_of_queries(world: World, django_assert_max_num_queries: Any) -> None:
    post = Post.objects.select_related("place", "organisation").get(pk=world.posts["grid_worker"].pk)
    with django_assert_max_num_queries(11):
        posts_above(post)


def test_complaint_goes_to_the_next_up(world: World) -> None:
    assert next_up_past(world.posts["grid_worker"]) == world.posts["village_cadre"]
    assert next_up_past(world.posts["village_head"]) == world.posts["area_staff"]


def test_complaint_never_reaches_the_person_in_another_post(world: World) -> None:
    """The village head also leads the area: a complaint about him goes past both seats."""
    posting = Posting.objects.get(post=world.posts["area_staff"])
    actions.end_posting(posting, by=SYSTEM)
    Posting.objects.filter(pk=posting.pk).delete()
    actions.appoint(world.posts["area_staff"], by=SYSTEM, person=world.persons["village_head"])
    assert next_up_past(world.posts["village_head"]) == world.posts["township_head"]


def test_complaint_never_reaches_a_direct_report_who_sits_above(world: World) -> None:
    Post.objects.filter(pk=world.posts["area_staff"].pk).update(reports_to=world.posts["village_head"])
    assert next_up_past(world.posts["village_head"]) == world.posts["township_head"]


def _leaves(world: World, name: str, days_ago: int) -> None:
    actions.end_posting(Posting.objects.get(post=world.posts[name]), by=SYSTEM, ends_on=clock.today() - days_ago * DAY)


def _sits_above(world: World, name: str) -> None:
    """They have the area's post now, the next up from the village head's."""
    _leaves(world, "area_staff", 1)
    actions.appoint(world.posts["area_staff"], by=SYSTEM, person=world.persons[name])


@pytest.mark.parametrize("days_ago", [1, 300])
def test_complaint_never_reaches_who_held_the_post_within_the_year_in_the_post_they_hold_now(
    world: World, days_ago: int
) -> None:
    """Nobody asked of which day the complaint speaks: it may mean who has gone up since."""
    _leaves(world, "village_head", days_ago)
    _sits_above(world, "village_head")
    actions.appoint(world.posts["village_head"], by=SYSTEM, person=world.persons["mediator"])
    assert next_up_past(world.posts["village_head"]) == world.posts["township_head"]


def test_whoever_left_it_longer_ago_is_not_meant_while_somebody_holds_it(world: World) -> None:
    _leaves(world, "village_head", 400)
    _sits_above(world, "village_head")
    actions.appoint(world.posts["village_head"], by=SYSTEM, person=world.persons["mediator"])
    assert next_up_past(world.posts["village_head"]) == world.posts["area_staff"]


def test_complaint_about_a_post_that_ended_means_who_held_it_last(world: World) -> None:
    _leaves(world, "village_head", 700)
    Post.objects.filter(pk=world.posts["village_head"].pk).update(ends_on=clock.today() - 700 * DAY)
    _sits_above(world, "village_head")
    assert next_up_past(world.posts["village_head"]) == world.posts["township_head"]


def test_complaint_never_reaches_a_direct_report_of_the_post_they_hold_now(world: World) -> None:
    for name in ("village_head", "dispatcher"):
        _leaves(world, name, 1)
    actions.appoint(world.posts["dispatcher"], by=SYSTEM, person=world.persons["village_head"])
    Post.objects.filter(pk=world.posts["area_staff"].pk).update(reports_to=world.posts["dispatcher"])
    withheld = complained_of(world.posts["village_head"], None)
    assert {world.posts[name].pk for name in ("village_head", "dispatcher", "area_staff")} <= withheld
    assert next_up_past(world.posts["village_head"]) is None, "above the area's post stands only the one complained of"


def test_complaint_about_a_unit_goes_past_all_of_it(cast: Cast) -> None:
    world = cast.world
    found = next_up_past(world.posts["grid_worker"], organisation=world.units["committee"])
    assert found == world.posts["area_staff"]


def test_complaint_about_a_unit_never_reaches_who_worked_there_within_the_year(world: World) -> None:
    committee = world.units["committee"]
    for name, days_ago in (("village_head", 300), ("dispatcher", 1)):
        _leaves(world, name, days_ago)
    actions.appoint(world.posts["dispatcher"], by=SYSTEM, person=world.persons["village_head"])
    assert world.posts["dispatcher"].pk in complained_of(None, committee)
    assert world.posts["dispatcher"].pk not in complained_of(None, committee, clock.today() + 90 * DAY)


def test_holders_and_stand_ins_act_for_a_post(world: World) -> None:
    post = world.posts["grid_worker"]
    assert post.holder_users() == [world.users["grid_worker"]]
    actions.arrange_stand_in(
        post, by=SYSTEM, by_post=world.posts["social_worker"], starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=2),
    )  # fmt: skip
    assert set(post.holder_users()) == {world.users["grid_worker"], world.users["social_worker"]}
