"""Households and persons change from a day on: what was stays on record, and what cannot be is refused beside its field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.people import actions
from cunlian.people.away import away_on
from cunlian.people.consent import give, withdraw
from cunlian.people.consent.retention import forget_ended
from cunlian.people.models import Absence, Household, HouseholdVersion, HouseUse, Membership, Person
from cunlian.places.actions.grids import create_lane
from cunlian.places.actions.reorganising import merge_places
from tests.cast import RESIDENT_PHONE, START, Cast

TODAY = clock.today


def home(cast: Cast) -> Household:
    return Household.objects.get(pk=cast.world.household.pk)


def resident(cast: Cast) -> Person:
    return Person.objects.get(pk=cast.world.persons["resident"].pk)


def member(cast: Cast, name: str = "周福来", **values: Any) -> Person:
    return actions.register_person(by=SYSTEM, place=cast.world.village, name=name, household=home(cast), **values)


def test_a_household_arranged_anew_is_what_it_was_on_the_day_before(cast: Cast) -> None:
    lane = create_lane(cast.world.village, by=SYSTEM, name="后巷", starts_on=START)
    actions.arrange_household(home(cast), by=cast.village_cadre, lane=lane, address="柳湾村后巷7号")
    rows = {day: HouseholdVersion.objects.on(day).get() for day in (TODAY() - timedelta(days=1), TODAY())}
    assert [(row.lane, row.address) for row in rows.values()] == [(None, "柳湾村前巷7号"), (lane, "柳湾村后巷7号")]
    row = Activity.objects.get(verb="people.household_arranged")
    assert row.changed["address"] is None and "后巷" not in str(row.changed)


def test_a_household_that_moves_to_another_village_takes_its_people_and_leaves_its_grid(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.arrange_household(home(cast), by=cast.village_cadre, place=cast.world.other_village)
    moved = actions.arrange_household(home(cast), by=cast.township_staff, place=cast.world.other_village, number="1")
    assert (moved.grid, resident(cast).place, moved.number) == (None, cast.world.other_village, "1")
    before = Membership.objects.in_register(cast.village_cadre, TODAY() - timedelta(days=1))
    assert before.filter(person=resident(cast)).exists()
    assert not Membership.objects.in_register(cast.village_cadre, TODAY()).exists()


def test_grid_lane_and_number_must_fit_the_village(cast: Cast) -> None:
    lane = create_lane(cast.world.other_village, by=SYSTEM, name="西巷", starts_on=START)
    for values, field in (
        ({"lane": lane}, "lane"),
        ({"grid": cast.world.other_grid}, "grid"),
        ({"number": " "}, "number"),
    ):
        with pytest.raises(Invalid) as caught:
            actions.arrange_household(home(cast), by=SYSTEM, **values)
        assert caught.value.field == field
    with pytest.raises(TypeError):
        actions.arrange_household(home(cast), by=SYSTEM, card_code="x")


@pytest.mark.parametrize("days", [1, -5000])
def test_a_day_to_come_or_before_the_beginning_is_refused(cast: Cast, days: int) -> None:
    day = TODAY() + timedelta(days=days)
    for call in (
        lambda: actions.arrange_household(home(cast), by=SYSTEM, address="x", day=day),
        lambda: actions.move_out(resident(cast), by=SYSTEM, day=day),
        lambda: member(cast, day=day),
    ):
        with pytest.raises(Invalid) as caught:
            call()
        assert caught.value.field == "day"


def test_a_second_head_is_refused_and_another_is_named_instead(cast: Cast) -> None:
    with pytest.raises(Conflict) as caught:
        member(cast, relation="head")
    assert caught.value.field == "relation"
    son = member(cast, "张小兵", relation="child")
    actions.name_head(home(cast), by=cast.grid_worker, person=son)
    told = {row.person.name: row.relation for row in Membership.objects.on(TODAY()).select_related("person")}
    assert told == {"张桂兰": "", "张小兵": "head"} and not resident(cast).is_head


def test_split_needs_a_head_who_goes_and_somebody_who_stays(cast: Cast) -> None:
    son = member(cast, "张小兵", relation="child")
    for members, head, field in (
        ([son], resident(cast), "head"),
        ([son, resident(cast)], son, "members"),
        ([], son, "members"),
    ):
        with pytest.raises(Invalid) as caught:
            actions.split_household(home(cast), by=SYSTEM, members=members, head=head, number="8")
        assert caught.value.field == field
    new = actions.split_household(home(cast), by=cast.grid_worker, members=[son], head=son, number="8")
    assert (new.grid, new.members.get().is_head, new.predecessions.get().how) == (cast.world.grid, True, "split")


def test_join_ends_the_one_and_moves_all_its_members(cast: Cast) -> None:
    other = actions.register_household(by=SYSTEM, place=cast.world.village, number="8", address="x")
    actions.join_households(home(cast), by=cast.village_cadre, into=other)
    assert home(cast).ends_on == TODAY() and resident(cast).household == other
    with pytest.raises(Conflict):
        actions.join_households(home(cast), by=SYSTEM, into=other)
    with pytest.raises(Invalid):
        actions.join_households(other, by=SYSTEM, into=other)


def test_a_household_ends_only_when_nobody_belongs_to_it(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.end_household(home(cast), by=SYSTEM)
    actions.move_out(resident(cast), by=cast.grid_worker)
    ended = actions.end_household(home(cast), by=cast.village_cadre)
    assert ended.ends_on == TODAY() and not HouseholdVersion.objects.filter(ends_on=None).exists()
    actions.register_household(by=SYSTEM, place=cast.world.village, number="0007", address="新户")


def test_who_died_is_in_no_register_found_by_no_phone_and_moves_nowhere(cast: Cast) -> None:
    actions.go_away(resident(cast), by=SYSTEM, whereabouts="西安")
    actions.note_death(resident(cast), by=cast.grid_worker)
    person = resident(cast)
    assert (person.household, person.is_head, person.is_away, person.gone_because) == (None, False, False, "died")
    assert not Person.objects.with_phone(RESIDENT_PHONE).exists()
    for call in (actions.note_death, actions.move_out, actions.go_away):
        with pytest.raises(Conflict):
            call(person, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.move_person(person, by=SYSTEM, place=cast.world.village, household=home(cast))


def test_who_moved_out_moves_back_in(cast: Cast) -> None:
    actions.move_out(resident(cast), by=cast.grid_worker)
    actions.move_person(
        resident(cast), by=cast.village_cadre, place=cast.world.village, household=home(cast), relation="head"
    )
    assert (resident(cast).gone_on, resident(cast).household, resident(cast).is_head) == (None, home(cast), True)


def test_what_to_ask_the_away_needs_their_consent_and_goes_with_it(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        actions.go_away(resident(cast), by=cast.grid_worker, whereabouts="宁波", back_in="new_year")
    assert caught.value.field == "back_in"
    consent = give(resident(cast), by=SYSTEM, purpose="contact_away", way="online")
    actions.go_away(
        resident(cast), by=cast.grid_worker, whereabouts="宁波", work="factory", back_in="new_year", ask_about="土地"
    )
    away = away_on(resident(cast), TODAY())
    assert away is not None and (away.agreed, away.ask_about, away.whereabouts) == (True, "土地", "宁波")
    withdraw(consent, by=SYSTEM)
    away = away_on(resident(cast), TODAY())
    assert away is not None and (away.agreed, away.back_in, away.ask_about, away.whereabouts) == (False, "", "", "宁波")
    assert Absence.objects.get(ends_on=None).ask_about == "土地"
    forget_ended(clock.now())
    assert Absence.objects.get(ends_on=None).ask_about == ""


def test_coming_home_ends_the_absence_and_is_quiet_when_at_home(cast: Cast) -> None:
    before = TODAY() - timedelta(days=9)
    actions.go_away(resident(cast), by=SYSTEM, day=before)
    actions.come_home(resident(cast), by=cast.grid_worker)
    assert away_on(resident(cast), before) and away_on(resident(cast), TODAY()) is None
    actions.come_home(resident(cast), by=SYSTEM)
    assert Activity.objects.filter(verb="people.came_home").count() == 1


def test_a_house_with_people_at_home_is_not_vacant(cast: Cast) -> None:
    house = actions.register_house(
        by=cast.grid_worker, place=cast.world.village, grid=cast.world.grid, address="前巷7号"
    )
    actions.arrange_household(home(cast), by=SYSTEM, house=house)
    with pytest.raises(Conflict):
        actions.set_house_use(house, by=cast.grid_worker, use=HouseUse.VACANT)
    actions.go_away(resident(cast), by=SYSTEM)
    actions.set_house_use(house, by=cast.grid_worker, use=HouseUse.VACANT)
    assert house.states.get(ends_on=None).use == HouseUse.VACANT


def test_after_a_merger_the_register_is_kept_on_under_the_successor(cast: Cast) -> None:
    """Nothing is rewritten: the household keeps the village it was registered in, and is worked on where it lies now."""
    world = cast.world
    merge_places([world.village], into=world.other_village, by=SYSTEM, day=TODAY(), paper="文件")
    cadre = cast.again("neighbour_cadre")
    actions.arrange_household(home(cast), by=cadre, grid=world.other_grid)
    new = actions.register_person(by=cadre, place=world.other_village, name="周福来", household=home(cast))
    assert home(cast).place_id == new.place_id == world.village.pk and home(cast).grid == world.other_grid
    assert Membership.objects.in_register(cadre, TODAY()).count() == 2


@pytest.mark.parametrize("name", ["neighbour_worker", "lane_leader", "auditor", "administrator", "resident"])
def test_others_change_nothing(cast: Cast, name: str) -> None:
    by = getattr(cast, name)
    for call in (
        lambda: actions.arrange_household(home(cast), by=by, address="x"),
        lambda: actions.move_out(resident(cast), by=by),
        lambda: actions.go_away(resident(cast), by=by),
        lambda: actions.register_house(by=by, place=cast.world.village, address="x"),
    ):
        with pytest.raises(Forbidden):
            call()
