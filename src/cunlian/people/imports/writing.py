"""What was judged is written: new households and persons many at a time, changes of known ones one by one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from cunlian.kernel import clock
from cunlian.kernel.ids import uuid7
from cunlian.kernel.records import change
from cunlian.kernel.secrets import blind, encrypt
from cunlian.people import standing
from cunlian.people.actions.households import card_code
from cunlian.people.imports import traces
from cunlian.people.imports.entries import Entry
from cunlian.people.imports.judging import NEW, Verdict
from cunlian.people.imports.register import Home
from cunlian.people.imports.tables import Links, Table, adapters, new_key
from cunlian.people.models import (
    Absence,
    Household,
    HouseholdVersion,
    ImportLine,
    ImportTrace,
    Membership,
    Person,
    PersonVersion,
    RegisterImport,
)

_STANDS = ("place", "grid", "lane", "group", "number", "address", "starts_on")


class Writer:
    """Of one list, on one day. ``finish`` writes what still waits."""

    def __init__(self, batch: RegisterImport) -> None:
        self.batch, self.day = batch, clock.today()
        self._key, as_day = adapters()
        self._invented = batch.invented
        self._day = as_day(self.day)
        self._batch = self._key(batch.pk)
        self._households = Table(Household, "id", "card_code", "invented", *_STANDS)
        self._versions = Table(HouseholdVersion, "id", "household", *_STANDS)
        self._persons = Table(
            Person, "id", "name", "gender", "birth_year", "birth_date", "phone", "phone_digest", "id_number", "id_digest",
            "place", "household", "is_head", "is_away", "invented",
        )  # fmt: skip
        self._memberships = Table(Membership, "id", "person", "household", "relation", "starts_on")
        self._absences = Table(Absence, "id", "person", "starts_on")
        self._traces = Table(ImportTrace, "id", "batch", "person", "household")

        self._links = Links(ImportLine, self._batch)

    def write(self, verdict: Verdict) -> None:
        home = verdict.home
        assert home is not None
        if home.key is None:
            self._home(home)
        if verdict.home_changes:
            self._change_home(home, verdict)
        if verdict.outcome == NEW:
            self._new(verdict.entry, home)
        elif verdict.changes:
            self._change(verdict, home)

    def finish(self) -> None:
        for table in (self._households, self._versions, self._persons, self._memberships, self._absences, self._traces):
            table.flush()
        self._links.flush()

    def _home(self, home: Home) -> None:
        if home.household is not None:
            home.key = home.household.pk
            return
        key = self._key
        home.key = uuid7()
        said = home.said
        parts = [key(said[name].pk) if name in said else None for name in ("grid", "lane", "group")]
        stands = (key(home.village.pk), *parts, home.number, said.get("address", ""), self._day)
        mine = key(home.key)
        self._households.add(mine, card_code(), self._invented, *stands)
        self._versions.add(new_key(), mine, *stands)
        self._traces.add(new_key(), self._batch, None, mine)

    def _new(self, entry: Entry, home: Home) -> None:
        key, values = self._key, entry.values
        mine, household = new_key(), key(_key_of(home))
        year, day = entry.born
        phone, identity = values.get("phone", ""), values.get("id_number")
        relation, away = values.get("relation", ""), bool(values.get("away"))
        self._persons.add(
            mine, values["name"], entry.gender, year, encrypt(day.isoformat()) if day else b"",
            encrypt(phone) if phone else b"", blind(phone) if phone else "",
            encrypt(identity.number) if identity else b"", entry.id_digest, key(home.village.pk), household,
            relation == "head", away, self._invented,
        )  # fmt: skip
        self._memberships.add(new_key(), mine, household, relation, self._day)
        if away:
            self._absences.add(new_key(), mine, self._day)
        self._traces.add(new_key(), self._batch, mine, None)
        self._links.add(mine, entry.row)

    def _change_home(self, home: Home, verdict: Verdict) -> None:
        household = home.household
        assert household is not None
        before = traces.state_of(household)
        values = {name: new for name, (_old, new) in verdict.home_changes.items()}
        standing.arrange(household, self._from(standing.since(household)), **values)
        self._trace(before, household=household)

    def _change(self, verdict: Verdict, home: Home) -> None:
        """Of somebody known: corrected, moved to this household, away or home again, each as its own action does it."""
        person, changes = verdict.person, verdict.changes
        assert person is not None
        self.finish()  # the household they move to may be waiting
        before = traces.state_of(person)
        self._correct(person, _stored(verdict))
        if "household" in changes or "relation" in changes:
            household = Household.objects.get(pk=_key_of(home))
            relation = verdict.entry.get("relation") or ("" if "household" in changes else changes["relation"][0])
            day = self._from(standing.member_since(person), household.starts_on)
            change(person, gone_on=None, gone_because="")
            standing.belong(person, household, day, relation)
        if "away" in changes:
            day = self._from(standing.away_since(person))
            standing.leave(person, day) if changes["away"][1] else standing.come_back(person, day)
        self._trace(before, person=person)

    def _correct(self, person: Person, stored: dict[str, Any]) -> None:
        before = person.version(self.day)
        if change(person, **stored):
            last = PersonVersion.objects.filter(person=person).order_by("ends_on", "pk").last()
            before.starts_on = last.ends_on if last else None
            before.save(force_insert=True)

    def _from(self, *days: date | None) -> date:
        return max(self.day, *(day for day in days if day))

    def _trace(self, before: traces.State, **about: Any) -> None:
        (record,) = about.values()
        after = traces.digest(traces.state_of(record))
        ImportTrace.objects.create(batch=self.batch, made=False, before=traces.sealed(before), after=after, **about)


def _key_of(home: Home) -> UUID:
    assert home.key is not None
    return home.key


def _stored(verdict: Verdict) -> dict[str, Any]:
    """What is stored for the values that changed."""
    stored: dict[str, Any] = {}
    for name, (_before, value) in verdict.changes.items():
        if name in ("name", "gender"):
            stored[name] = value
        elif name == "birth":
            year, day = verdict.entry.born
            stored |= {"birth_year": year} | ({"birth_date": encrypt(day.isoformat())} if day else {})
        elif name == "phone":
            stored |= {"phone": encrypt(value), "phone_digest": blind(value)}
        elif name == "id_number":
            stored |= {"id_number": encrypt(value), "id_digest": verdict.entry.id_digest}
    return stored
