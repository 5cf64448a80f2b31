"""Whatever happens to households and persons, in whatever order: the register of every day stays what it was on that day,
and today's row says what the dated rows say. The law is checked against a calendar kept in plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Refusal
from cunlian.people import actions
from cunlian.people.models import Household, HouseholdVersion, Membership, Person
from tests.cast import build_world

FIRST = date(2026, 3, 1)
DAYS = 40
CALENDAR = [FIRST + timedelta(days=n) for n in range(DAYS)]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "out", "die", "away", "home", "split", "join", "head", "arrange", "merge", "end"]),
        st.integers(0, 5), st.integers(0, 5), st.integers(0, 3), st.integers(0, 4),
    ),
    min_size=1, max_size=14,
)  # fmt: skip


class Ledger:
    """Who belonged where, and what each household was called, on every day: written by hand."""

    def __init__(self) -> None:
        self.of: dict[UUID, dict[date, UUID | None]] = {}
        self.numbers: dict[UUID, dict[date, str]] = {}

    def person(self, key: UUID, day: date, household: UUID | None) -> None:
        for one in CALENDAR:
            if one >= day:
                self.of.setdefault(key, {})[one] = household

    def household(self, key: UUID, day: date, number: str) -> None:
        for one in CALENDAR:
            if one >= day:
                self.numbers.setdefault(key, {})[one] = number

    def ended(self, key: UUID, day: date) -> None:
        for one in [one for one in self.numbers[key] if one >= day]:
            del self.numbers[key][one]


class Laws(TestCase):
    def setUp(self) -> None:
        """Once; what an example adds to the tables is taken back after it, what it adds here by ``play_from_start``."""
        self.world, self.ledger, self.count = build_world(), Ledger(), 0
        self.persons: list[Person] = []
        self.households: list[Household] = []
        with clock.set_to(clock.at(FIRST, 9)):
            for n in range(3):
                self.households.append(
                    actions.register_household(by=SYSTEM, place=self.world.village, number=f"A{n}", address="前巷")
                )
                for m in range(2):
                    person = actions.register_person(
                        by=SYSTEM,
                        place=self.world.village,
                        name=f"人{n}{m}",
                        household=self.households[n],
                        is_head=not m,
                    )
                    self.persons.append(person)

    @settings(max_examples=60, deadline=None)
    @given(STEPS)
    def test_every_day_keeps_its_register(self, steps: list[tuple[str, int, int, int, int]]) -> None:
        self.play_from_start()
        today = FIRST
        for name, one, two, wait, back in steps:
            today += timedelta(days=wait)
            with clock.set_to(clock.at(min(today, CALENDAR[-1]), 10)):
                day = max(FIRST, clock.today() - timedelta(days=back))
                self.step(name, one, two, day)
        with clock.set_to(clock.at(CALENDAR[-1], 12)):
            self.check()

    def play_from_start(self) -> None:
        self.households = self.households[:3]
        self.ledger, self.count = Ledger(), 0
        for n, household in enumerate(self.households):
            self.ledger.household(household.pk, FIRST, f"A{n}")
        for n, person in enumerate(self.persons):
            self.ledger.person(person.pk, FIRST, self.households[n // 2].pk)

    def step(self, name: str, one: int, two: int, day: date) -> None:
        person = Person.objects.get(pk=self.persons[one % len(self.persons)].pk)
        other = Person.objects.get(pk=self.persons[two % len(self.persons)].pk)
        household = Household.objects.get(pk=self.households[two % len(self.households)].pk)
        try:
            getattr(self, f"do_{name}")(person, other, household, day)
        except Refusal:
            pass

    def do_move(self, person: Person, other: Person, household: Household, day: date) -> None:
        actions.move_person(person, by=SYSTEM, place=self.world.village, household=household, day=day)
        self.ledger.person(person.pk, day, household.pk)

    def do_out(self, person: Person, other: Person, household: Household, day: date) -> None:
        actions.move_out(person, by=SYSTEM, day=day)
        self.ledger.person(person.pk, day, None)

    def do_die(self, person: Person, other: Person, household: Household, day: date) -> None:
        actions.note_death(person, by=SYSTEM, day=day)
        self.ledger.person(person.pk, day, None)

    def do_away(self, person: Person, other: Person, household: Household, day: date) -> None:
        actions.go_away(person, by=SYSTEM, day=day)

    def do_home(self, person: Person, other: Person, household: Household, day: date) -> None:
        actions.come_home(person, by=SYSTEM, day=day)

    def do_split(self, person: Person, other: Person, household: Household, day: date) -> None:
        if person.household is None:
            return
        self.count += 1
        number = f"S{self.count}"
        new = actions.split_household(
            person.household, by=SYSTEM, members=[person], head=person, number=number, day=day
        )
        self.households.append(new)
        self.ledger.household(new.pk, day, number)
        self.ledger.person(person.pk, day, new.pk)

    def do_join(self, person: Person, other: Person, household: Household, day: date) -> None:
        if person.household is None:
            return
        gone = person.household
        members = list(Person.objects.filter(household=gone))
        actions.join_households(gone, by=SYSTEM, into=household, day=day)
        self.ledger.ended(gone.pk, day)
        for member in members:
            self.ledger.person(member.pk, day, household.pk)

    def do_head(self, person: Person, other: Person, household: Household, day: date) -> None:
        actions.name_head(household, by=SYSTEM, person=person, day=day)

    def do_arrange(self, person: Person, other: Person, household: Household, day: date) -> None:
        self.count += 1
        number = f"N{self.count}"
        actions.arrange_household(household, by=SYSTEM, number=number, day=day)
        self.ledger.household(household.pk, day, number)

    def do_merge(self, person: Person, other: Person, household: Household, day: date) -> None:
        theirs, own = person.household_id, other.household_id
        actions.merge_persons(person, by=SYSTEM, into=other, day=day)
        self.ledger.person(person.pk, day, None)
        if theirs and own is None and other.gone_because != Person.Gone.DIED:
            self.ledger.person(other.pk, day, theirs)

    def do_end(self, person: Person, other: Person, household: Household, day: date) -> None:
        actions.end_household(household, by=SYSTEM, day=day)
        self.ledger.ended(household.pk, day)

    def check(self) -> None:
        mine = [person.pk for person in self.persons]
        for day in CALENDAR:
            stood = dict(Membership.objects.on(day).filter(person__in=mine).values_list("person_id", "household_id"))
            told = {key: days[day] for key, days in self.ledger.of.items() if days[day]}
            assert stood == told, day
            rows = HouseholdVersion.objects.on(day).filter(household__in=[one.pk for one in self.households])
            names = {key: days[day] for key, days in self.ledger.numbers.items() if day in days}
            assert dict(rows.values_list("household_id", "number")) == names, day
        self.check_today()

    def check_today(self) -> None:
        rows: Any = Membership.objects.filter(ends_on=None)
        running = {row.person_id: (row.household_id, row.relation == "head") for row in rows}
        for person in Person.objects.filter(pk__in=[person.pk for person in self.persons]):
            assert running.get(person.pk, (None, False)) == (person.household_id, person.is_head)
            assert person.absences.filter(ends_on=None).exists() == person.is_away
        for household in Household.objects.filter(pk__in=[one.pk for one in self.households]):
            row = household.versions.filter(ends_on=None).first()
            assert (row is None) == (household.ends_on is not None)
            assert row is None or (row.number, row.place_id) == (household.number, household.place_id)
