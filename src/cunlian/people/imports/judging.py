"""What a row of a list means for the register: somebody new, somebody changed, as it was, perhaps somebody known, or refused.

Nothing is written here; checking a list and taking it over judge alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Refusal
from cunlian.kernel.secrets import blind, decrypt
from cunlian.people.contact import birth_date_of
from cunlian.people.imports.entries import Entry
from cunlian.people.imports.register import STANDING, Home, Register
from cunlian.people.models import ImportLine, Person
from cunlian.people.models.imports import BRINGERS

Outcome = ImportLine.Outcome
NEW, CHANGED, SAME, ALIKE, REFUSED, TOTALS = (
    str(one.value) for one in Outcome
)  # to ask an enumeration for each row is slow
DIED = str(Person.Gone.DIED.value)
Decided = Mapping[int, tuple[str, UUID | None]]
"""Row → what was decided about it, and about whom."""


@dataclass(slots=True)
class Verdict:
    """``person``: who it is, or (``alike``) may be. ``changes``: field → (what the register says, what the list says)."""

    entry: Entry
    outcome: str
    home: Home | None = None
    person: Person | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    home_changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


class Judge:
    """Judges the rows of one list one after the other; what a row said of its household holds for the rows after it."""

    def __init__(self, register: Register, by: Actor, decided: Decided) -> None:
        self.register, self.by, self.decided = register, by, decided
        self._numbers: dict[str, int] = {}
        self._names: dict[tuple[UUID, str, str], int] = {}

    def judge(self, entry: Entry) -> Verdict:
        if entry.totals:
            return Verdict(entry, TOTALS)
        home = self._home(entry)
        if home is None:
            return Verdict(entry, REFUSED)
        home_said = self._said_of_home(entry, home)
        person, sure = self._person(entry, home)
        if person and sure and not entry.faults:
            self._check_person(entry, person)
        self._check_head(entry, home, person if sure else None)
        self._check_once(entry, home)
        if entry.faults:
            return Verdict(entry, REFUSED, home)
        if person and not sure:
            return Verdict(entry, ALIKE, home, person)
        verdict = Verdict(entry, NEW, home, person, home_changes=_home_changes(home, home_said))
        if person:
            verdict.changes = self._changes(entry, home, person)
            verdict.outcome = CHANGED if verdict.changes or verdict.home_changes else SAME
        self._accept(entry, home, home_said, person)
        return verdict

    def _home(self, entry: Entry) -> Home | None:
        number = entry.get("number")
        village = self._asked(entry, self.register.village_of, entry)
        if village is None or number is None:
            return None
        return self.register.home_of(village, number)

    def _said_of_home(self, entry: Entry, home: Home) -> dict[str, Any]:
        """What the row says of its household: the same as rows before it, or nothing."""
        said: dict[str, Any] = {}
        for name in STANDING:
            text = entry.values.get(name)
            if text is None:
                continue
            value = text if name == "address" else self._asked(entry, self.register.part_of, home.village, name, text)
            if value is not None and home.said.get(name, value) != value:
                entry.refuse(name, _("Row %(row)s says otherwise of this household.") % {"row": home.row})
            elif value is not None:
                said[name] = value
        return said

    def _asked(self, entry: Entry, ask: Callable[..., Any], *args: Any) -> Any:
        try:
            return ask(*args)
        except Refusal as refusal:
            entry.refuse(refusal.field, refusal.sentence)
            return None

    def _person(self, entry: Entry, home: Home) -> tuple[Person | None, bool]:
        """Who it is by identity number, or by what was decided; or who it may be, for a person to decide."""
        if entry.id_digest and (known := self.register.persons.get(entry.id_digest)):
            return known, True
        alike = next((one for one in home.members.get(entry.values.get("name", ""), ()) if _may_be(entry, one)), None)
        if alike is None:
            return None, True
        decision, about = self.decided.get(entry.row, ("", None))
        if about != alike.pk or not decision:
            return alike, False
        return (alike, True) if decision == ImportLine.Decision.SAME else (None, True)

    def _check_person(self, entry: Entry, person: Person) -> None:
        if not (self.by.is_system or self.by.holds(BRINGERS, person.territory_code)):
            entry.refuse(
                "id_number",
                _(
                    "Somebody with this identity number is registered in another place. Ask the township to move them first."
                ),
            )
        elif person.gone_because == DIED:
            entry.refuse(
                "name", _("This person is entered as having died. If that is wrong, correct it in their file first.")
            )

    def _check_head(self, entry: Entry, home: Home, person: Person | None) -> None:
        if entry.get("relation") == "head" and home.head is not None and (person is None or home.head != person.pk):
            sentence = _("This household has a head already. Name another head on the page of the household.")
            entry.refuse("relation", sentence)

    def _check_once(self, entry: Entry, home: Home) -> None:
        """Nobody stands in a list twice."""
        year, day = entry.born
        name = (home.village.pk, f"{home.number} {entry.get('name')}", str(day or year))
        before = self._numbers.setdefault(entry.id_digest, entry.row) if entry.id_digest else entry.row
        if before == entry.row and not entry.id_digest:
            before = self._names.setdefault(name, entry.row)
        if before != entry.row:
            sentence = _("The same person stands in row %(row)s already.") % {"row": before}
            entry.refuse("id_number" if entry.id_digest else "name", sentence)

    def _changes(self, entry: Entry, home: Home, person: Person) -> dict[str, tuple[Any, Any]]:
        known = self.register.relations.get(person.pk, "")
        found = _own_changes(entry, person)
        if home.household is None or person.household_id != home.household.pk:
            found["household"] = (person.household, home.number)
            known = ""
        relation = entry.get("relation")
        if relation is not None and relation != known:
            found["relation"] = (known, relation)
        return found

    def _accept(self, entry: Entry, home: Home, said: dict[str, Any], person: Person | None) -> None:
        self.register.homes[home.village.pk, home.number] = home
        home.said |= said
        home.row = home.row or entry.row
        if entry.get("relation") == "head":
            home.head = person.pk if person else entry.row
        elif person and home.head == person.pk and "relation" in entry.values:
            home.head = None


def _own_changes(entry: Entry, person: Person) -> dict[str, tuple[Any, Any]]:
    """What the list says otherwise of the person themself. What it does not say stays."""
    found: dict[str, tuple[Any, Any]] = {}
    year, day = entry.born
    if entry.values["name"] != person.name:
        found["name"] = (person.name, entry.values["name"])
    if entry.gender and entry.gender != person.gender:
        found["gender"] = (person.gender, entry.gender)
    known_day = birth_date_of(person) if year else None
    if year and (year != person.birth_year or (day and day != known_day)):
        found["birth"] = (known_day or person.birth_year, day or year)
    phone = entry.get("phone")
    if phone and blind(phone) != person.phone_digest:
        found["phone"] = (decrypt(person.phone) if person.phone else "", phone)
    identity = entry.get("id_number")
    if identity and (not person.id_number or (person.has_old_id_number and not identity.is_old)):
        found["id_number"] = (decrypt(person.id_number) if person.id_number else "", identity.number)
    away = entry.get("away")
    if away is not None and away != person.is_away:
        found["away"] = (person.is_away, away)
    return found


def _may_be(entry: Entry, person: Person) -> bool:
    """The same name in the same household, unless identity number, year or day of birth say otherwise."""
    if entry.id_digest and person.id_digest:
        return False
    year, day = entry.born
    if year and person.birth_year and year != person.birth_year:
        return False
    known = birth_date_of(person)
    return not (day and known and day != known)


def _home_changes(home: Home, said: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What the list says otherwise of a household the register has."""
    if home.household is None:
        return {}
    fresh = {name: value for name, value in said.items() if name not in home.said}
    return {
        name: (getattr(home.household, name), value)
        for name, value in fresh.items()
        if home.stands(name) != (value if name == "address" else value.pk)
    }
