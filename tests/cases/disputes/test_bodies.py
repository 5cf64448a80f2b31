"""Who keeps mediation bodies, and what the law asks of their members."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.bodies import composition
from cunlian.cases.disputes.models import BodyMember, MediationBody
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.people.models import Person
from tests.cases.disputes.conftest import Peace
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_three_with_a_woman_and_a_head_is_as_the_law_asks(peace: Peace) -> None:
    found = composition(peace.body)
    assert (len(found.seats), found.women, found.warnings) == (3, 1, [])


def test_a_body_without_a_woman_is_told_the_article_and_goes_on(peace: Peace) -> None:
    Person.objects.filter(gender="female").update(gender="male")
    assert "No woman" in " ".join(map(str, composition(peace.body).warnings))
    assert peace.open().number


def test_it_says_of_how_many_it_is_not_written_down(peace: Peace) -> None:
    Person.objects.filter(gender="female").update(gender="")
    found = composition(peace.body)
    assert found.unknown == 2 and "Of 2" in str(found.warnings[0])


@pytest.mark.parametrize(("more", "warned"), [(-1, True), (0, False), (6, False), (7, True)])
def test_three_to_nine(peace: Peace, more: int, warned: bool) -> None:
    if more < 0:
        actions.end_member(BodyMember.objects.get(person=peace.elder), by=SYSTEM)
    for n in range(max(more, 0)):
        person = Person.objects.create(name=f"委员{n}", place=peace.cast.world.village)
        actions.add_member(peace.body, by=SYSTEM, person=person)
    told = " ".join(map(str, composition(peace.body).warnings))
    assert ("three to nine" in told) == warned


def test_one_person_on_two_seats_counts_once(peace: Peace) -> None:
    actions.add_member(peace.body, by=SYSTEM, person=peace.cast.world.persons["mediator"])
    actions.end_member(BodyMember.objects.get(person=peace.elder), by=SYSTEM)
    assert "has 2 members" in str(composition(peace.body).warnings[0])


def test_it_was_as_it_was_on_a_day(peace: Peace) -> None:
    assert composition(peace.body, clock.today() - timedelta(days=1)).seats == []


@pytest.mark.parametrize("who", ["mediator", "village_cadre", "auditor", "grid_worker", "stranger"])
def test_others_keep_no_bodies(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.found_body(by=getattr(cast, who), organisation=cast.world.units["mediation"])


def test_the_township_keeps_them(cast: Cast) -> None:
    body = actions.found_body(by=cast.township_staff, organisation=cast.world.units["mediation"])
    body = actions.name_body(body, by=cast.township_staff, brand=" 红色议事会 ")
    assert body.brand == "红色议事会"
    with pytest.raises(Conflict):
        actions.found_body(by=cast.township_staff, organisation=cast.world.units["mediation"])
    with pytest.raises(Invalid):
        actions.found_body(by=cast.township_staff, organisation=cast.world.units["committee"])
    assert MediationBody.objects.count() == 1


def test_nobody_gives_themself_a_seat(peace: Peace) -> None:
    world = peace.cast.world
    with pytest.raises(Forbidden):
        actions.add_member(peace.body, by=peace.cast.township_staff, post=world.posts["township_staff"])
    with pytest.raises(Forbidden):
        actions.add_member(peace.body, by=peace.cast.township_staff, person=world.persons["township_staff"])


def test_a_seat_is_a_post_or_a_person(peace: Peace) -> None:
    both = {"post": peace.cast.world.posts["village_cadre"], "person": peace.elder}
    wrong: tuple[dict[str, Any], ...] = ({}, both)
    for said in wrong:
        with pytest.raises(Invalid):
            actions.add_member(peace.body, by=SYSTEM, **said)
    with pytest.raises(Conflict):
        actions.add_member(peace.body, by=SYSTEM, person=peace.elder)


def test_a_seat_ends_after_it_began(peace: Peace) -> None:
    seat = BodyMember.objects.get(person=peace.elder)
    with pytest.raises(Invalid):
        actions.end_member(seat, by=SYSTEM, ends_on=clock.today() - timedelta(days=3))
