"""Advisory groups are drawn from the register; a seat begins and ends on a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.talent.models import AdvisoryGroup, AdvisoryMember
from cunlian.talent.register import actions
from tests.talent.register.conftest import Register

PAPER = "青政发〔2026〕3号"


@pytest.fixture
def group(register: Register) -> AdvisoryGroup:
    place = register.cast.world.township
    return actions.found_group(
        by=register.cast.township_staff, place=place, name="果业顾问团", field="果树", paper=PAPER
    )


def test_member_is_drawn_from_the_register_of_the_place(register: Register, group: AdvisoryGroup) -> None:
    entry = register.enter()
    member = actions.seat_member(group, by=register.cast.township_staff, entry=entry)
    assert AdvisoryMember.objects.shown().sitting().get() == member
    assert AdvisoryGroup.objects.for_list().get().member_count == 1
    with pytest.raises(Conflict):
        actions.seat_member(group, by=SYSTEM, entry=entry)


def test_who_is_not_in_the_register_or_of_another_place_takes_no_seat(register: Register, group: AdvisoryGroup) -> None:
    only_named = register.recommend()
    elsewhere = register.enter(register.somebody("外地人", register.cast.world.strange_place))
    for entry in (only_named, elsewhere):
        with pytest.raises(Invalid):
            actions.seat_member(group, by=SYSTEM, entry=entry)


def test_seat_ends_on_a_day_and_can_begin_anew(register: Register, group: AdvisoryGroup) -> None:
    entry = register.enter()
    member = actions.seat_member(group, by=SYSTEM, entry=entry)
    with pytest.raises(Invalid):
        actions.unseat_member(member, by=SYSTEM, ends_on=clock.today() - timedelta(days=1))
    actions.unseat_member(member, by=register.cast.township_staff)
    assert not AdvisoryMember.objects.sitting().exists()
    with pytest.raises(Conflict):
        actions.unseat_member(member, by=SYSTEM)
    assert actions.seat_member(group, by=SYSTEM, entry=entry).pk != member.pk


def test_group_that_ends_ends_every_seat(register: Register, group: AdvisoryGroup) -> None:
    entry = register.enter()
    actions.seat_member(group, by=SYSTEM, entry=entry)
    actions.end_group(group, by=register.cast.township_staff)
    assert not AdvisoryMember.objects.sitting().exists() and not AdvisoryGroup.objects.running().exists()
    with pytest.raises(Conflict):
        actions.seat_member(group, by=SYSTEM, entry=entry)
    with pytest.raises(Conflict):
        actions.end_group(group, by=SYSTEM)


def test_group_needs_a_name_a_field_and_a_paper_and_stands_once(register: Register, group: AdvisoryGroup) -> None:
    place = register.cast.world.township
    for said in ({"name": " "}, {"field": ""}, {"paper": ""}):
        values = {"name": "茶业顾问团", "field": "茶叶", "paper": PAPER, **said}
        with pytest.raises(Invalid):
            actions.found_group(by=SYSTEM, place=place, **values)
    with pytest.raises(Conflict):
        actions.found_group(by=SYSTEM, place=place, name="果业顾问团", field="果树", paper=PAPER)


@pytest.mark.parametrize("name", ["village_cadre", "stranger", "resident", "auditor"])
def test_who_does_not_keep_groups_there_seats_nobody(register: Register, group: AdvisoryGroup, name: str) -> None:
    with pytest.raises(Forbidden):
        actions.seat_member(group, by=getattr(register.cast, name), entry=register.enter())


def test_groups_of_the_territory_are_seen(register: Register, group: AdvisoryGroup) -> None:
    cast = register.cast
    seen = {name for name in ("township_staff", "county_staff", "auditor", "stranger", "resident", "anonymous")
            if AdvisoryGroup.objects.visible_to(getattr(cast, name)).exists()}  # fmt: skip
    assert seen == {"township_staff", "county_staff", "auditor"}
