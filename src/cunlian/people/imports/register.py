"""What the register knows of the households and persons a list names: fetched a chunk of rows at a time, by blind index and
household number, never row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Invalid
from cunlian.people.imports.cells import group_names
from cunlian.people.imports.entries import Entry
from cunlian.people.models import Household, Membership, Person
from cunlian.places.models import Lane, Level, Place, VillagerGroup

STANDING = ("address", "group", "lane", "grid")
"""What a row may say of its household. All rows of one household say the same, or nothing."""


@dataclass(slots=True)
class Home:
    """A household of the list. ``household``: as it is in the register, None when the list makes it; ``said``: what its rows
    say of it and ``row`` the first that did; ``head``: the key of the head, or the row that names one."""

    village: Place
    number: str
    household: Household | None = None
    members: dict[str, list[Person]] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    row: int = 0
    head: Any = None
    key: UUID | None = None

    def stands(self, name: str) -> Any:
        """What the register says: an address, or the key of a group, lane or grid."""
        if self.household is None:
            return None
        return self.household.address if name == "address" else getattr(self.household, f"{name}_id")


class Register:
    """Of ``place`` and what lies in it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        villages = [place] if place.level == Level.VILLAGE else list(Place.objects.current().within(place).villages())
        self.only = villages[0] if len(villages) == 1 else None
        self.homes: dict[tuple[UUID, str], Home] = {}
        self.persons: dict[str, Person] = {}
        self.relations: dict[UUID, str] = {}
        self._villages = _by_name((village, (village.code, village.name, village.short_name)) for village in villages)
        grids = Place.objects.current().within(place).filter(level=Level.GRID)
        self._parts = {
            "grid": _parts((one.code[:12], one, (one.code, one.name, one.short_name)) for one in grids),
            "lane": _parts((one.village.code, one, (one.name,)) for one in _now(Lane, place)),
            "group": _parts(
                (one.village.code, one, group_names(one.number, one.name)) for one in _now(VillagerGroup, place)
            ),
        }

    def village_of(self, entry: Entry) -> Place:
        """Invalid when the row names none, or one outside the place the list is for."""
        named = entry.get("village")
        if named is None:
            if self.only:
                return self.only
            raise Invalid(_("Which village? The list is for several, so every row names one."), field="village")
        found: Place | None = self._villages.get(_bare(named))
        if found is None:
            raise Invalid(_("This village is not in %(place)s.") % {"place": self.place}, field="village")
        return found

    def part_of(self, village: Place, name: str, text: str) -> Any:
        """The grid, lane or group of that name in the village. Invalid when there is none."""
        found = self._parts[name].get((village.code, _bare(text)))
        if found is None:
            raise Invalid(_("The village has none of this name. Enter it first, or leave the cell empty."), field=name)
        return found

    def prefetch(self, entries: Iterable[Entry]) -> None:
        """Fetch what these rows are about: four statements, however many rows."""
        entries = list(entries)
        digests = {entry.id_digest for entry in entries if entry.id_digest}
        known = Person.objects.living_file().filter(id_digest__in=digests).select_related("place", "household__place")
        self.persons = {person.id_digest: person for person in known}
        self._prefetch_homes({str(entry.get("number")) for entry in entries if entry.get("number")})
        self.relations |= dict(
            Membership.objects.filter(person__in=self.persons.values(), ends_on=None).values_list("person", "relation")
        )

    def _prefetch_homes(self, numbers: set[str]) -> None:
        """Those not fetched for rows before: what rows before said of a household stays with it."""
        found = Household.objects.current().filter(number__in=numbers).select_related("place", "grid", "lane", "group")
        villages = {village.code: village for village in self._villages.values()}
        fresh = {}
        for household in found.filter(place__code__in=villages):
            home = Home(villages[household.place.code], household.number, household)
            if self.homes.setdefault((home.village.pk, home.number), home) is home:
                fresh[household.pk] = home
        for row in Membership.objects.filter(household__in=fresh, ends_on=None).select_related("person__place"):
            home = fresh[row.household_id]
            home.members.setdefault(row.person.name, []).append(row.person)
            self.relations[row.person_id] = row.relation
            if row.relation == "head":
                home.head = row.person_id

    def home_of(self, village: Place, number: str) -> Home:
        """The household of that number, or one the list makes; kept once ``Judge`` accepts its row."""
        return self.homes.get((village.pk, number)) or Home(village, number)


def _bare(text: str) -> str:
    return text.strip().casefold()


def _by_name(rows: Iterable[tuple[Any, tuple[str, ...]]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for record, names in rows:
        for name in names:
            found.setdefault(_bare(name), record)
    return found


def _parts(rows: Iterable[tuple[str, Any, tuple[str, ...]]]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for code, record, names in rows:
        for name in names:
            if name:
                found.setdefault((code, _bare(name)), record)
    return found


def _now(model: Any, place: Place) -> Any:
    rows = model.objects.filter(ends_on=None, village__in=Place.objects.current().within(place))
    return rows.select_related("village")
