"""Who leaves the register of residents is owed no question and no look; who moves is owed them by the village they come to,
whichever way the move was entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cunlian.flows import leaving
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Promise
from cunlian.kernel.refusals import Forbidden
from cunlian.people.actions import (
    arrange_household,
    correct_person,
    go_away,
    merge_persons,
    move_person,
    register_household,
    undo_merge,
)
from cunlian.people.models import PersonMerge
from cunlian.places.models import Place
from cunlian.talent.register.promises import ASK, REFRESH, VERIFY
from cunlian.talent.register.sweep import keep_fresh
from tests.people.imports.conftest import Bring, id_of, row
from tests.talent.register.conftest import TEA, Register, register

__all__ = ["register"]
GOING = [(leaving.move_out, "moved_out"), (leaving.note_death, "died")]


def owed() -> set[str]:
    return set(Promise.objects.open().values_list("promise_kind", flat=True))


@pytest.mark.parametrize(("go", "reason"), GOING)
def test_nobody_is_to_ask_who_is_gone_whether_they_agree(register: Register, go: object, reason: str) -> None:
    entry = register.recommend()
    assert owed() == {ASK}
    go(register.person, by=register.cast.village_cadre)  # type: ignore[operator]
    assert [one.release_reason for one in Promise.objects.all()] == [reason]
    (row,) = Activity.objects.filter(object_id=entry.pk, verb="talent.let_go")
    assert row.changed == {"owed": [[ASK], []], "reason": [None, reason]}


@pytest.mark.parametrize(("go", "reason"), GOING)
def test_nor_to_look_at_their_skills_or_ask_whether_they_still_hold(
    register: Register, frozen_clock: Callable[[datetime], None], go: object, reason: str
) -> None:
    register.enter()
    frozen_clock(clock.now() + timedelta(days=366))
    keep_fresh(clock.now())
    assert owed() == {REFRESH, VERIFY}
    go(register.person, by=register.cast.village_cadre)  # type: ignore[operator]
    assert owed() == set() and set(Promise.objects.values_list("release_reason", flat=True)) == {reason}
    keep_fresh(clock.now())
    assert owed() == set(), "nor does time owe it again"


def test_being_away_ends_nothing(register: Register) -> None:
    register.enter()
    go_away(register.person, by=register.cast.village_cadre)
    assert owed() == {VERIFY}


def by_page(register: Register, there: Place) -> None:
    move_person(register.person, by=SYSTEM, place=there)


def by_list(register: Register, there: Place) -> None:
    known = correct_person(register.person, by=SYSTEM, id_number=id_of())
    Bring(register.cast).over([row("12", known.name, id_number=id_of())], place=there, by=SYSTEM)


def with_household(register: Register, there: Place) -> None:
    home = register_household(by=SYSTEM, place=register.cast.world.village, number="77", address="")
    move_person(register.person, by=SYSTEM, place=home.place, household=home)
    arrange_household(home, by=SYSTEM, place=there)


@pytest.mark.parametrize("move", [by_page, by_list, with_household])
def test_the_village_they_move_to_owes_it_within_the_hour(
    register: Register, move: Callable[[Register, Place], None]
) -> None:
    entry = register.enter()
    there = register.cast.world.other_village
    move(register, there)
    assert register.person.place == there
    keep_fresh(clock.now())
    keep_fresh(clock.now())
    before, after = Promise.objects.order_by("made_at", "pk")
    assert (before.release_reason, after.place_id, after.settled_at) == ("moved", there.pk, None)
    entry.refresh_from_db()
    assert entry.check_promise == after and Activity.objects.filter(verb="talent.handed_on").exists()


def test_another_household_of_the_village_changes_nothing(register: Register) -> None:
    register.enter()
    with_household(register, register.cast.world.village)
    keep_fresh(clock.now())
    assert Promise.objects.get().settled_at is None


@pytest.mark.parametrize("by_consent", [True, False])
def test_who_comes_back_is_owed_it_again_within_the_hour(register: Register, by_consent: bool) -> None:
    entry = register.enter() if by_consent else register.recommend()
    cast = register.cast
    leaving.move_out(register.person, by=cast.village_cadre)
    move_person(register.person, by=cast.village_cadre, place=cast.world.village)
    keep_fresh(clock.now())
    assert owed() == ({VERIFY} if by_consent else {ASK})
    keep_fresh(clock.now())
    assert Activity.objects.filter(object_id=entry.pk, verb="talent.owed_again").count() == 1


def test_the_second_file_of_one_person_is_owed_nothing_until_they_are_two_again(register: Register) -> None:
    twin = register.somebody("张桂兰", birth_year=1956)
    register.enter(None, TEA)
    gone = register.recommend(twin)
    merge_persons(twin, by=SYSTEM, into=register.person)
    gone.refresh_from_db()
    assert gone.promise and gone.promise.release_reason == "merged" and owed() == {VERIFY}
    undo_merge(PersonMerge.objects.get(), by=SYSTEM, reason="是两个人")
    keep_fresh(clock.now())
    assert owed() == {VERIFY, ASK}


def test_what_is_refused_ends_nothing(register: Register) -> None:
    register.enter()
    with pytest.raises(Forbidden):
        leaving.note_death(register.person, by=register.cast.stranger)
    assert owed() == {VERIFY}
