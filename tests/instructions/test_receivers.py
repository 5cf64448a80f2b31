"""Whom an instruction reaches when many are chosen at once, or an area as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cunlian.instructions.limits import loads_at
from cunlian.instructions.models import Copy
from cunlian.instructions.receivers import Receiver, resolve
from cunlian.kernel import clock
from cunlian.kernel.ids import uuid7
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.above import posts_above, posts_above_each
from cunlian.organisations.chain import Ground, responsible_for
from cunlian.organisations.models import Capacity, Duty, Post, Posting
from cunlian.people.models import Person
from cunlian.places.models import Area, Level, Place
from tests.cast import START, Cast
from tests.instructions.conftest import Chain

pytestmark = pytest.mark.django_db


def _villages(cast: Cast, count: int) -> list[Place]:
    """Villages of the township, each with a post of its own that somebody holds."""
    made = []
    for n in range(count):
        place = Place.objects.create(
            id=uuid7(), code=f"6109021073{n:02}", level=Level.VILLAGE, name=f"试{n}村", short_name=f"试{n}", initials="s",
            parent=cast.world.township,
        )  # fmt: skip
        post = Post.objects.create(
            organisation=cast.world.units["committee"], title=f"主任{n}", role="village_cadre", place=place, rank=9,
            starts_on=START,
        )  # fmt: skip
        Posting.objects.create(post=post, person=Person.objects.create(name=f"甲{n}", place=place), starts_on=START)
        Duty.objects.create(post=post, place=place, capacity=Capacity.VILLAGE_HEAD, starts_on=START)
        made.append(place)
    return made


def _resolved(cast: Cast, places: list[Place], areas: tuple[Area, ...] = (), posts: Any = ()) -> list[Receiver]:
    giver = Post.objects.select_related("organisation", "place").get(pk=cast.world.posts["county_leader"].pk)
    return resolve(giver, cast.county_leader, places, posts, clock.today(), areas)


def test_forty_receivers_take_as_many_queries_as_one(chain: Chain) -> None:
    villages = _villages(chain.cast, 40)
    with CaptureQueriesContext(connection) as one:
        _resolved(chain.cast, villages[:1])
    with CaptureQueriesContext(connection) as many:
        found = _resolved(chain.cast, villages)
    assert len(many) == len(one) and len({receiver.post for receiver in found}) == 40
    assert not any(receiver.fault for receiver in found) and all(receiver.between for receiver in found)


def test_many_at_once_are_answered_as_each_alone(chain: Chain) -> None:
    world, day = chain.cast.world, clock.today()
    places = [world.village, world.other_village, world.grid, world.second_grid, world.township, world.strange_place]
    ground = Ground.read(places, day)
    assert [ground.responsible(place).post for place in places] == [
        responsible_for(place, "", day).post for place in places
    ]
    posts = [world.posts[name] for name in ("grid_worker", "village_cadre", "neighbour_cadre", "township_staff")]
    assert posts_above_each(posts, day) == {post.pk: posts_above(post, day) for post in posts}


def test_an_area_is_one_receiver_and_its_villages_are_not_asked(chain: Chain) -> None:
    world = chain.cast.world
    copy = chain.copy(places=(), areas=(world.area,))
    assert (copy.area, copy.place, copy.post) == (world.area, world.township, world.posts["area_staff"])
    assert {row.post for row in copy.informed.all()} == {world.posts["township_head"]}
    assert str(copy) == "查清闲置房 · 柳桥片区"
    for name in ("village_head", "village_cadre", "neighbour_cadre"):
        assert not Copy.objects.visible_to(getattr(chain.cast, name)).exists()
    assert Copy.objects.visible_to(chain.cast.area_staff).held_by(chain.cast.area_staff).get() == copy


def test_what_an_area_carries_is_its_posts_and_no_villages(chain: Chain) -> None:
    world = chain.cast.world
    chain.copy(places=(), areas=(world.area,))
    chain.copy()
    loads = loads_at([world.township, world.village], [world.posts["area_staff"]], world.posts["county_leader"])
    assert loads[str(world.posts["area_staff"].pk)].open == 1 and loads[world.village.code].open == 1


def test_the_area_and_its_head_chosen_both_get_it_once(chain: Chain) -> None:
    world = chain.cast.world
    found = _resolved(chain.cast, [], (world.area,), (world.posts["area_staff"],))
    assert [(one.area, one.post) for one in found] == [(world.area, world.posts["area_staff"])]


def test_two_areas_under_one_head_are_two_receivers(chain: Chain) -> None:
    world = chain.cast.world
    second = Area.objects.create(root=world.township, name="东片区", area_kind="management", starts_on=START)
    Duty.objects.create(
        post=world.posts["area_staff"], place=world.township, area=second, capacity="area_head", starts_on=START
    )
    sent = chain.send(places=(), areas=(world.area, second))
    assert {copy.area for copy in sent.copies.all()} == {world.area, second}


def test_without_a_head_the_areas_office_has_it_and_without_both_it_says_so(chain: Chain) -> None:
    world = chain.cast.world
    Duty.objects.filter(area=world.area).delete()
    assert chain.copy(places=(), areas=(world.area,)).post == world.posts["area_staff"]
    Posting.objects.filter(post=world.posts["area_staff"]).delete()
    with pytest.raises(Invalid, match="nobody answers for “柳桥片区”"):
        chain.send(places=(), areas=(world.area,))


def test_an_area_beyond_the_givers_territory_is_refused(chain: Chain) -> None:
    with pytest.raises(Invalid, match="outside your territory"):
        chain.send(by=chain.cast.stranger, places=(), areas=(chain.cast.world.area,))
