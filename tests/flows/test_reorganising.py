"""A village that ends takes its offices with it: nobody's role reaches over into the one that took it over."""

from __future__ import annotations

from datetime import date

import pytest

from cunlian.accounts.actions import grant_role, make_service_key
from cunlian.accounts.actors import actor_of_key
from cunlian.accounts.models import RoleGrant
from cunlian.flows.reorganising import merge_villages, split_village
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.actions import assign_duty, record_gap, wind_up
from cunlian.organisations.models import Capacity, Duty, Gap, Organisation, Post, Posting, Rank
from cunlian.people.models import Household
from cunlian.places.actions.reorganising import Part
from tests.cast import Cast

DAY = date(2026, 1, 1)
PAPER = "区民发〔2026〕1号"


def merge(cast: Cast) -> None:
    """The other village goes into the village."""
    world = cast.world
    merge_villages([world.other_village], into=world.village, by=cast.county_staff, day=DAY, paper=PAPER)


def test_the_cadre_and_the_grid_worker_of_the_merged_village_have_no_role_any_more(cast: Cast) -> None:
    merge(cast)
    for name in ("neighbour_cadre", "neighbour_worker"):
        assert cast.again(name).grants == ()
    assert cast.again("village_cadre").holds(["village_cadre"], cast.world.village.code)
    world = cast.world
    household = Household.objects.get(pk=world.household.pk)
    assert not Household.objects.visible_to(cast.again("neighbour_cadre")).filter(pk=household.pk).exists()


def test_units_posts_and_duties_end_on_the_day_and_others_go_on(cast: Cast) -> None:
    merge(cast)
    unit = cast.world.units["other_committee"]
    assert Organisation.objects.get(pk=unit.pk).ends_on == DAY
    for rows in (Post.objects.filter(organisation=unit), Posting.objects.filter(post__organisation=unit)):
        assert {row.ends_on for row in rows} == {DAY}
    assert not Duty.objects.filter(place__in=[cast.world.other_village, cast.world.other_grid], ends_on=None).exists()
    assert Post.objects.get(pk=cast.world.posts["village_cadre"].pk).ends_on is None


def test_a_duty_of_the_township_there_ends_and_its_post_does_not(cast: Cast) -> None:
    post = cast.world.posts["county_staff"]
    duty = assign_duty(
        post, by=SYSTEM, capacity=Capacity.STATIONED_CADRE, place=cast.world.other_village, starts_on=date(2025, 1, 1)
    )
    merge(cast)
    assert Duty.objects.get(pk=duty.pk).ends_on == DAY
    assert Post.objects.get(pk=post.pk).ends_on is None


def test_roles_by_hand_and_keys_end_too(cast: Cast) -> None:
    place, user = cast.world.other_village, cast.world.users["auditor"]
    grant = grant_role(user, by=SYSTEM, role="outsider", place=place, starts_on=DAY, ends_on=date(2099, 1, 1))
    _key, secret = make_service_key(by=SYSTEM, name="厅", role="auditor", place=place, scopes=["cases.report"])
    merge(cast)
    assert RoleGrant.objects.get(pk=grant.pk).ends_on == DAY
    assert actor_of_key(secret) is None


def test_a_gap_there_is_nobodys_any_more(cast: Cast) -> None:
    record_gap(by=SYSTEM, place=cast.world.other_grid, rank=Rank.LANE)
    merge(cast)
    assert Gap.objects.get().closed_on is not None


def test_a_village_split_up_loses_its_offices_and_one_that_goes_on_keeps_them(cast: Cast) -> None:
    world = cast.world
    one, two = Part("610902107301", "东桥村委会"), Part("610902107302", "西桥村委会")
    goes_on = Part(world.village.code, world.village.name)
    split_village(world.village, by=cast.county_staff, parts=[goes_on, one], day=DAY, paper=PAPER)
    split_village(world.other_village, by=cast.county_staff, parts=[two], day=DAY, paper=PAPER)
    assert cast.again("village_cadre").grants
    assert cast.again("neighbour_cadre").grants == ()


def test_a_merger_that_is_refused_ends_nobodys_post(cast: Cast) -> None:
    world = cast.world
    with pytest.raises(Invalid):
        merge_villages([world.other_village], into=world.village, by=cast.county_staff, day=DAY, paper=" ")
    with pytest.raises(Invalid):
        wind_up(world.other_village, by=cast.county_staff, ends_on=date(2999, 1, 1))
    assert cast.again("neighbour_cadre").grants
    assert not Activity.objects.filter(verb="organisations.wound_up").exists()


def test_only_the_county_ends_offices(cast: Cast) -> None:
    world = cast.world
    for actor in (cast.township_staff, cast.neighbour_cadre, cast.auditor, cast.stranger):
        with pytest.raises(Forbidden):
            merge_villages([world.other_village], into=world.village, by=actor, day=DAY, paper=PAPER)
