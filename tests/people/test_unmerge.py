"""A merge undone: both files are what they were, the days between stay as they were, and what came since stays where it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cunlian.accounts.models import RoleGrant
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Look
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.people import actions
from cunlian.people.consent import give
from cunlian.people.contact import full_contact
from cunlian.people.duplicates import parted
from cunlian.people.models import (
    VALUES,
    Absence,
    Consent,
    Household,
    HouseholdSuccession,
    HouseholdVersion,
    Membership,
    Person,
    PersonMerge,
)
from tests.cases.conftest import Desk, desk, district  # noqa: F401  (fixtures)
from tests.cast import Cast, build_world
from tests.people.test_merge import PHONE, seated, twin

WHY = "看错了，是堂姐妹两个人。"


def merged(cast: Cast, gone: Person, into: Person | None = None) -> PersonMerge:
    actions.merge_persons(gone, by=cast.village_cadre, into=into or cast.world.persons["resident"])
    return PersonMerge.objects.get(gone=gone, undone_on=None)


def undo(cast: Cast, merge: PersonMerge, who: str = "village_cadre", reason: str = WHY) -> tuple[Person, Person]:
    """Undone; the file that went and the one kept, as they are now."""
    actions.undo_merge(merge, by=getattr(cast, who), reason=reason)
    return Person.objects.get(pk=merge.gone_id), Person.objects.get(pk=merge.kept_id)


def test_what_came_along_goes_back_and_what_came_since_stays(desk: Desk) -> None:  # noqa: F811
    cast = desk.cast
    gone = twin(cast, phone=PHONE)
    old, look = desk.report(by=SYSTEM, person=gone, told=None), gone
    give(gone, by=SYSTEM, purpose="talent", way="online")
    actions.reveal_contact(look, by=SYSTEM, purpose="核对身份")
    merge = merged(cast, gone)
    since = desk.report(by=SYSTEM, person=merge.kept, told=None)
    assert {name: (back, stays) for name, back, stays in parted(merge)} == {
        "cases.Case.reporter": (1, 1), "people.Consent.person": (1, 0), "kernel.Look.person_id": (1, 0),
    }  # fmt: skip
    gone, kept = undo(cast, merge)
    old.refresh_from_db(), since.refresh_from_db()
    assert (old.reporter, since.reporter) == (gone, kept)
    assert Consent.objects.get().person == gone and Look.objects.get().person_id == gone.pk
    assert gone.gone_on is None and gone.merged_into is None


def test_what_was_filled_in_goes_unless_it_was_corrected_since(cast: Cast) -> None:
    kept = actions.register_person(by=SYSTEM, place=cast.world.village, name="张桂兰")
    gone = twin(cast, phone=PHONE, id_number="610902560615002")
    merge = merged(cast, gone, kept)
    actions.correct_person(Person.objects.get(pk=kept.pk), by=SYSTEM, phone="13700000001")
    gone, kept = undo(cast, merge)
    assert full_contact(kept).phone == "13700000001" and not kept.id_number and kept.birth_year is None
    assert full_contact(gone).phone == PHONE and full_contact(gone).id_number == "610902560615002"


def test_each_lives_again_where_they_lived_and_the_days_between_stay(cast: Cast) -> None:
    home, start = Household.objects.get(), clock.today() - timedelta(days=9)
    kept = actions.register_person(by=SYSTEM, place=cast.world.village, name="张桂兰")
    gone = twin(cast, household=home, relation="spouse", day=start)
    actions.go_away(gone, by=SYSTEM, whereabouts="西安", day=start)
    merge = merged(cast, gone, kept)
    with clock.set_to(clock.at(clock.today() + timedelta(days=5), 9)):
        gone, kept = undo(cast, merge)
        assert (gone.household, gone.is_away, kept.household, kept.is_away) == (home, True, None, False)
        assert Membership.objects.get(person=gone, ends_on=None).relation == "spouse"
        assert Absence.objects.get(person=gone, ends_on=None).whereabouts == "西安"
        between = clock.today() - timedelta(days=2)
        there = set(Membership.objects.in_register(cast.village_cadre, between).values_list("person", flat=True))
        assert kept.pk in there and gone.pk not in there


def test_who_moved_since_stays_there_and_a_home_that_ended_is_none(cast: Cast) -> None:
    village = cast.world.village
    first, second = (
        actions.register_household(by=SYSTEM, place=village, number=number, address="前巷") for number in ("11", "12")
    )
    kept = actions.register_person(by=SYSTEM, place=village, name="张桂兰")
    merge = merged(cast, twin(cast, household=first), kept)
    actions.move_person(Person.objects.get(pk=kept.pk), by=SYSTEM, place=village, household=second)
    actions.end_household(first, by=SYSTEM)
    gone, kept = undo(cast, merge)
    assert (gone.household, kept.household) == (None, second)


def test_who_was_dead_before_is_dead_again(cast: Cast) -> None:
    gone = twin(cast)
    actions.note_death(gone, by=SYSTEM)
    assert undo(cast, merged(cast, gone))[0].gone_because == Person.Gone.DIED


def test_posts_and_the_account_go_back_with_their_roles(cast: Cast) -> None:
    user = cast.world.users["resident"]
    gone, kept = cast.world.persons["resident"], twin(cast)
    post = seated(cast.world, kept).post
    merge = merged(cast, gone, kept)
    assert RoleGrant.objects.filter(user=user, post_id=post.pk).exists()
    gone, kept = undo(cast, merge)
    assert (gone.user, kept.user) == (user, None) and post.postings.get().person == kept
    assert not RoleGrant.objects.filter(user=user, post_id=post.pk, ends_on=None).exists()


@pytest.mark.parametrize("who", ["grid_worker", "neighbour_cadre", "dispatcher", "resident", "administrator"])
def test_who_may_not_merge_may_not_undo(cast: Cast, who: str) -> None:
    merge = merged(cast, twin(cast))
    with pytest.raises(Forbidden):
        undo(cast, merge, who)


def test_without_reason_twice_too_late_or_under_a_later_merge_it_is_refused(cast: Cast) -> None:
    gone = twin(cast)
    merge = merged(cast, gone)
    with pytest.raises(Invalid) as refused:
        undo(cast, merge, reason=" ")
    assert refused.value.field == "reason"
    with clock.set_to(clock.at(merge.undo_until + timedelta(days=1), 9)), pytest.raises(Invalid, match="until"):
        undo(cast, merge)
    later = merged(cast, merge.kept, twin(cast))
    with pytest.raises(Conflict, match="first"):
        undo(cast, merge)
    undo(cast, later)
    with clock.set_to(clock.at(merge.undo_until, 9)):
        undo(cast, merge)
    with pytest.raises(Conflict, match="already"):
        undo(cast, merge)


def test_the_log_says_who_undid_it_and_no_words(cast: Cast) -> None:
    undo(cast, merged(cast, twin(cast)))
    row = Activity.objects.get(verb="people.merge_undone")
    assert row.actor_id == cast.village_cadre.user_id and "堂姐妹" not in str(row.changed)


# --- joined households ---


def _joined(cast: Cast) -> tuple[Household, Household, HouseholdSuccession, list[Person]]:
    village, start = cast.world.village, clock.today() - timedelta(days=9)
    one, into = (
        actions.register_household(by=SYSTEM, place=village, number=number, address="前巷", day=start)
        for number in ("11", "12")
    )
    people = [
        actions.register_person(
            by=SYSTEM,
            place=village,
            name=f"王{n}",
            household=one,
            is_head=not n,
            relation="child" if n else "",
            day=start,
        )
        for n in range(3)
    ]
    actions.join_households(one, by=cast.village_cadre, into=into)
    return one, into, HouseholdSuccession.objects.get(from_household=one), people


def test_a_joined_household_stands_again_with_those_who_came_from_it(cast: Cast) -> None:
    one, into, joining, people = _joined(cast)
    actions.move_out(Person.objects.get(pk=people[2].pk), by=SYSTEM)
    with clock.set_to(clock.at(clock.today() + timedelta(days=3), 9)):
        actions.undo_join(joining, by=cast.village_cadre, reason="合错了户。")
        now = {row.person_id: row.relation for row in Membership.objects.on(clock.today()).filter(household=one)}
        assert now == {people[0].pk: "head", people[1].pk: "child"}
        days = [clock.today() - timedelta(days=n) for n in (5, 1, 0)]
        stood = [HouseholdVersion.objects.on(day).filter(household=one).exists() for day in days]
        assert stood == [True, False, True] and not into.members.exists()
        with pytest.raises(Conflict):
            actions.undo_join(joining, by=cast.village_cadre, reason="再来一次。")


def test_joining_is_undone_by_its_keepers_with_a_reason_and_in_time(cast: Cast) -> None:
    one, _into, joining, _people = _joined(cast)
    for who in ("neighbour_cadre", "resident", "auditor"):
        with pytest.raises(Forbidden):
            actions.undo_join(joining, by=getattr(cast, who), reason="合错了。")
    with pytest.raises(Invalid):
        actions.undo_join(joining, by=cast.village_cadre, reason="")
    with clock.set_to(clock.at(joining.undo_until + timedelta(days=1), 9)), pytest.raises(Invalid):
        actions.undo_join(joining, by=cast.village_cadre, reason="合错了。")
    actions.register_household(by=SYSTEM, place=cast.world.village, number=one.number, address="后巷")
    with pytest.raises(Conflict):
        actions.undo_join(joining, by=cast.village_cadre, reason="合错了。")


FIRST = date(2026, 3, 1)
STEP = st.tuples(st.sampled_from(["merge", "undo", "move", "away", "home", "out"]), *(st.integers(0, 3),) * 3)


class _Files:
    """Four files and two households; an example plays on them."""

    def setUp(self) -> None:
        self.world = build_world()
        with clock.set_to(clock.at(FIRST, 9)):
            self.homes = [
                actions.register_household(by=SYSTEM, place=self.world.village, number=f"A{n}", address="前巷")
                for n in range(2)
            ]
            self.files = [
                actions.register_person(
                    by=SYSTEM, place=self.world.village, name=f"甲{n}", household=self.homes[n % 2] if n < 3 else None,
                    is_head=n < 2, phone=f"1380000000{n}" if n % 2 else "",
                )
                for n in range(4)
            ]  # fmt: skip

    def _file(self, n: int) -> Person:
        return Person.objects.get(pk=self.files[n].pk)

    def _on(self, day: date) -> dict[Any, Any]:
        return dict(Membership.objects.on(day).filter(person__in=self.files).values_list("person", "household"))

    def _state(self) -> list[tuple[Any, ...]]:
        names = sorted(VALUES | {"household_id", "is_head", "is_away", "gone_on", "gone_because", "merged_into_id"})
        return [tuple(getattr(self._file(n), name) for name in names) for n in range(4)]

    def _play(self, steps: list[tuple[str, int, int, int]], check: bool = False) -> date:
        today, seen = FIRST, {}
        for name, one, two, wait in steps:
            today += timedelta(days=wait)
            with clock.set_to(clock.at(today, 10)):
                try:
                    self._do(name, self._file(one), self._file(two))
                except (Invalid, Conflict):
                    pass
            seen[today] = self._on(today)
            if check:
                assert {day: self._on(day) for day in seen} == seen
                assert self._on(today) == {
                    one.pk: one.household_id for one in map(self._file, range(4)) if one.household
                }
        return today

    def _do(self, name: str, one: Person, two: Person) -> None:
        if name == "merge":
            actions.merge_persons(one, by=SYSTEM, into=two)
        elif name == "undo":
            for merge in PersonMerge.objects.filter(gone=one, undone_on=None):
                actions.undo_merge(merge, by=SYSTEM, reason=WHY)
        elif name == "move":
            home = self.homes[len(two.name + str(two.pk)) % 2]
            actions.move_person(one, by=SYSTEM, place=self.world.village, household=home)
        else:
            {"away": actions.go_away, "home": actions.come_home, "out": actions.move_out}[name](one, by=SYSTEM)


# What setUp writes stays until the class ends, so each law has a class of its own.
class UndoAtOnce(_Files, TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(STEP, max_size=8), st.integers(0, 3), st.integers(0, 3))
    def test_a_merge_undone_at_once_leaves_both_files_as_they_were(
        self, before: list[tuple[str, int, int, int]], one: int, two: int
    ) -> None:
        today = self._play(before)
        with clock.set_to(clock.at(today + timedelta(days=1), 9)):
            was = self._state()
            try:
                actions.merge_persons(self._file(one), by=SYSTEM, into=self._file(two))
            except (Invalid, Conflict):
                return
            actions.undo_merge(PersonMerge.objects.get(gone=self.files[one], undone_on=None), by=SYSTEM, reason=WHY)
            assert self._state() == was


class NoEarlierDayChanges(_Files, TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(STEP, max_size=10))
    def test_whatever_is_merged_and_undone_no_earlier_day_changes(self, steps: list[tuple[str, int, int, int]]) -> None:
        self._play(steps, check=True)
