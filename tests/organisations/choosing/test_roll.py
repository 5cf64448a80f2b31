"""The roll of voters: who is eighteen on the day, by name only, and everybody on it reads that they were looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Look
from cunlian.kernel.refusals import Forbidden
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.actions.roll import of_age
from cunlian.people.actions import register_household, register_person
from cunlian.people.models import Person
from tests.organisations.choosing.conftest import Election, in_days
from tests.organisations.conftest import START


@pytest.mark.parametrize(
    ("said", "of_it"),
    [
        ({"birth_date": date(2008, 3, 1)}, True),
        ({"birth_date": date(2008, 3, 2)}, False),
        ({"birth_date": date(2008, 2, 29)}, True),
        ({"birth_year": 2007}, True),
        ({"birth_year": 2008}, None),
        ({"birth_year": 2009}, False),
        ({}, None),
    ],
    ids=str,
)
def test_eighteen_on_the_day_of_the_vote(election: Election, said: dict[str, Any], of_it: bool | None) -> None:
    person = register_person(by=SYSTEM, place=election.hall.village, name="程远", **said)

    assert of_age(person, date(2026, 3, 1)) is of_it


@pytest.fixture
def home(election: Election) -> dict[str, Person]:
    village = election.hall.village
    household = register_household(by=SYSTEM, place=village, number="001", address="前街1号", day=START)
    rows = {"程远": 1960, "程外": 1970, "程小": 2015, "程未": in_days(0).year - 18}
    return {
        name: register_person(
            by=SYSTEM, place=village, household=household, name=name, birth_year=born, is_away=name == "程外",
            is_head=name == "程远", relation="" if name == "程远" else "child", day=START,
        )
        for name, born in rows.items()
    }  # fmt: skip


def test_the_roll_has_three_parts_and_no_children(election: Election, home: dict[str, Person]) -> None:
    roll = actions.print_roll(election.open(votes_on=in_days(25)), by=election.cast.township_staff)

    assert (roll.home, roll.away, roll.unclear) == (["程远"], ["程外"], ["程未"])


def test_everybody_on_the_roll_reads_who_looked_and_what_for(election: Election, home: dict[str, Person]) -> None:
    choice = election.open()
    before = Look.objects.count()
    actions.print_roll(choice, by=election.cast.township_staff)
    looks = Look.objects.filter(about_id=choice.pk)

    assert Look.objects.count() - before == looks.count() == 3
    assert {look.person_id for look in looks} == {home[name].pk for name in ("程远", "程外", "程未")}
    assert {look.fields for look in looks} == {"name"} and all("Roll of voters" in look.purpose for look in looks)
    assert Activity.objects.filter(verb="organisations.roll_printed").count() == 1


def test_another_village_and_other_roles_print_none(election: Election, home: dict[str, Person]) -> None:
    choice = election.open()
    for who in ("village_cadre", "neighbour_cadre", "stranger", "grid_worker", "auditor"):
        with pytest.raises(Forbidden):
            actions.print_roll(choice, by=getattr(election.cast, who))
    assert not Look.objects.exists()


def test_who_died_or_moved_away_is_not_on_it(election: Election, home: dict[str, Person]) -> None:
    Person.objects.filter(pk=home["程远"].pk).update(gone_on=in_days(-1), gone_because="died")
    roll = actions.print_roll(election.open(votes_on=in_days(0) + timedelta(days=1)), by=election.cast.township_staff)

    assert roll.home == []
