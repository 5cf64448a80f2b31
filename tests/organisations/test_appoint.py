"""Appointing, ending, standing in: the role follows the post, for its place and days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.accounts.models import RoleGrant, User
from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations import actions
from cunlian.organisations.models import Capacity, Leaving, OrganisationKind, Post, Posting
from tests.cast import Cast

DAY = timedelta(days=1)


def verb_of(record: Any) -> str:
    return Activity.objects.filter(object_id=record.pk).latest("recorded_at").verb


@pytest.fixture
def vacant(cast: Cast) -> Post:
    """The second grid's post, with nobody on it."""
    return actions.create_post(
        by=cast.township_staff, organisation=cast.world.units["committee"], title="二网格网格员", role=Role.GRID_WORKER,
        place=cast.world.second_grid,
    )  # fmt: skip


def test_role_follows_the_post(cast: Cast, vacant: Post) -> None:
    posting = actions.appoint(vacant, by=cast.township_staff, person=cast.world.persons["social_worker"])
    code = cast.world.second_grid.code
    assert cast.again("social_worker").holds([Role.GRID_WORKER], code)
    assert not cast.social_worker.holds([Role.GRID_WORKER], code)
    assert vacant.pk in cast.again("social_worker").post_ids
    assert verb_of(posting) == "organisations.appointed"


def test_role_ends_with_the_posting(cast: Cast) -> None:
    posting = Posting.objects.get(post=cast.world.posts["grid_worker"])
    actions.end_posting(posting, by=cast.township_staff)
    assert cast.again("grid_worker").grants == ()
    assert verb_of(posting) == "organisations.posting_ended"


def test_role_begins_on_the_first_day(cast: Cast, vacant: Post, frozen_clock: Any) -> None:
    tomorrow = clock.today() + DAY
    person = cast.world.persons["social_worker"]
    actions.appoint(vacant, by=cast.township_staff, person=person, starts_on=tomorrow, ends_on=tomorrow + DAY)
    carried = []
    for day in (tomorrow - DAY, tomorrow, tomorrow + DAY):
        frozen_clock(clock.at(day, 9))
        carried.append(cast.again("social_worker").holds([Role.GRID_WORKER]))
    assert carried == [False, True, False]


def test_post_has_one_holder_at_a_time(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.appoint(
            cast.world.posts["grid_worker"], by=cast.township_staff, person=cast.world.persons["social_worker"]
        )


def test_successor_takes_over_on_the_day_the_other_leaves(cast: Cast) -> None:
    post = cast.world.posts["grid_worker"]
    actions.end_posting(Posting.objects.get(post=post), by=SYSTEM, ends_on=clock.today() + DAY)
    actions.appoint(post, by=SYSTEM, person=cast.world.persons["resident"], starts_on=clock.today() + DAY)
    assert cast.again("grid_worker").holds([Role.GRID_WORKER])


def test_nobody_appoints_themself(cast: Cast, vacant: Post) -> None:
    with pytest.raises(Invalid):
        actions.appoint(vacant, by=cast.township_staff, person=cast.world.persons["township_staff"])


def test_neighbouring_county_cannot_appoint_here(cast: Cast, vacant: Post) -> None:
    with pytest.raises(Forbidden):
        actions.appoint(vacant, by=cast.stranger, person=cast.world.persons["stranger"])


def test_township_cannot_fill_a_post_of_county_rank(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.create_post(
            by=cast.township_staff, organisation=cast.world.units["township_office"], title="x", role=Role.COUNTY_LEADER
        )


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.OUTSIDER, Role.RESIDENT, "king"])
def test_no_post_carries_a_role_given_by_hand(cast: Cast, role: str) -> None:
    with pytest.raises(Invalid):
        actions.create_post(by=SYSTEM, organisation=cast.world.units["county_office"], title="x", role=role)


def test_post_lies_within_its_units_territory(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.create_post(
            by=SYSTEM, organisation=cast.world.units["committee"], title="x", role=Role.VILLAGE_CADRE,
            place=cast.world.other_village,
        )  # fmt: skip


def test_village_cannot_hold_licensing_power(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.found_organisation(
            by=cast.county_staff, name="执法队", organisation_kind=OrganisationKind.TEAM, place=cast.world.village,
            holds_power=True,
        )  # fmt: skip


def test_stand_in_carries_the_role_for_these_days(cast: Cast, frozen_clock: Any) -> None:
    today, world = clock.today(), cast.world
    stand_in = actions.arrange_stand_in(
        world.posts["neighbour_worker"], by=cast.township_staff, by_post=world.posts["grid_worker"], starts_on=today,
        ends_on=today + 2 * DAY, reason="leave",
    )  # fmt: skip
    carried = []
    for day in (today, today + DAY, today + 2 * DAY):
        frozen_clock(clock.at(day, 9))
        actor = cast.again("grid_worker")
        carried.append((actor.holds([Role.GRID_WORKER], world.other_grid.code), len(actor.post_ids)))
        assert actor.post_id == world.posts["grid_worker"].pk
    assert carried == [(True, 2), (True, 2), (False, 1)]
    assert verb_of(stand_in) == "organisations.stand_in_arranged"


def test_stand_in_who_leaves_their_own_post_loses_both(cast: Cast) -> None:
    world = cast.world
    actions.arrange_stand_in(
        world.posts["neighbour_worker"], by=SYSTEM, by_post=world.posts["grid_worker"], starts_on=clock.today(),
        ends_on=clock.today() + 9 * DAY,
    )  # fmt: skip
    actions.end_posting(Posting.objects.get(post=world.posts["grid_worker"]), by=SYSTEM)
    assert cast.again("grid_worker").grants == ()


def test_standing_in_can_end_early(cast: Cast) -> None:
    world = cast.world
    stand_in = actions.arrange_stand_in(
        world.posts["neighbour_worker"], by=SYSTEM, by_post=world.posts["grid_worker"], starts_on=clock.today() - DAY,
        ends_on=clock.today() + 9 * DAY,
    )  # fmt: skip
    actions.end_stand_in(stand_in, by=cast.township_staff)
    assert cast.again("grid_worker").post_ids == {world.posts["grid_worker"].pk}
    assert verb_of(stand_in) == "organisations.stand_in_ended"


def test_two_do_not_stand_in_on_the_same_day(cast: Cast) -> None:
    world, today = cast.world, clock.today()
    for key in ("grid_worker",):
        actions.arrange_stand_in(
            world.posts["neighbour_worker"],
            by=SYSTEM,
            by_post=world.posts[key],
            starts_on=today,
            ends_on=today + 3 * DAY,
        )
    with pytest.raises(Conflict):
        actions.arrange_stand_in(
            world.posts["neighbour_worker"], by=SYSTEM, by_post=world.posts["social_worker"], starts_on=today + 2 * DAY,
            ends_on=today + 5 * DAY,
        )  # fmt: skip


def test_duty_elsewhere_carries_the_role_there(cast: Cast) -> None:
    world = cast.world
    duty = actions.assign_duty(
        world.posts["grid_worker"], by=cast.township_staff, capacity=Capacity.GRID_WORKER, place=world.other_grid
    )
    assert cast.again("grid_worker").holds([Role.GRID_WORKER], world.other_grid.code)
    actions.end_duty(duty, by=cast.township_staff)
    assert not cast.again("grid_worker").holds([Role.GRID_WORKER], world.other_grid.code)
    assert verb_of(duty) == "organisations.duty_ended"


def test_what_is_ahead_may_be_ended_on_its_first_day_and_never_begins_but_not_before(cast: Cast, vacant: Post) -> None:
    first, by = clock.today() + 3 * DAY, cast.township_staff
    duty = actions.assign_duty(vacant, by=by, capacity=Capacity.GRID_WORKER, starts_on=first)
    posting = actions.appoint(vacant, by=by, person=cast.world.persons["social_worker"], starts_on=first)
    for end, ahead in ((actions.end_duty, duty), (actions.end_posting, posting)):
        with pytest.raises(Invalid) as refused:
            end(ahead, by=by, ends_on=first - DAY)  # type: ignore[operator]
        assert refused.value.field == "ends_on"
        assert end(ahead, by=by).ends_on == first  # type: ignore[operator]
    assert not Posting.objects.on(first).filter(post=vacant).exists()
    assert not Leaving.objects.filter(posting=posting).exists(), "who never held it hands nothing over"


def test_duty_twice_is_refused(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.assign_duty(
            cast.world.posts["grid_worker"], by=SYSTEM, capacity=Capacity.GRID_WORKER, place=cast.world.grid
        )


def test_account_given_later_gets_the_roles_of_the_posts(cast: Cast, vacant: Post) -> None:
    person = cast.world.persons["resident"]
    person.user = None
    person.save(update_fields=["user"])
    actions.appoint(vacant, by=SYSTEM, person=person)
    assert not RoleGrant.objects.filter(post_id=vacant.pk).exists()
    user = User.objects.create(username="newcomer")
    actions.join_account(person, user, by=cast.county_staff)
    assert RoleGrant.objects.get(post_id=vacant.pk).user == user


def test_posts_are_seen_by_all_staff_of_the_county_and_nobody_else(cast: Cast) -> None:
    post = cast.world.posts["grid_worker"]

    def sees(name: str) -> bool:
        return Post.objects.visible_to(getattr(cast, name)).filter(pk=post.pk).exists()

    assert sees("neighbour_worker") and sees("county_leader") and sees("auditor")
    assert not sees("stranger") and not sees("resident") and not sees("anonymous")


def test_posts_of_an_account_on_a_day(cast: Cast) -> None:
    user = cast.world.users["grid_worker"]
    assert list(Post.objects.held_by(user.pk)) == [cast.world.posts["grid_worker"]]
    actions.end_posting(Posting.objects.get(post=cast.world.posts["grid_worker"]), by=SYSTEM)
    assert not Post.objects.held_by(user.pk).exists()
    assert Post.objects.held_by(user.pk, clock.today() - DAY).exists()
