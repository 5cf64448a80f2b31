"""A county with the usual tree of skills and a few people of its villages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from cunlian.kernel import clock, evidence, outbox
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Evidence
from cunlian.people.actions import register_person
from cunlian.people.consent import give
from cunlian.people.models import Person
from cunlian.places.actions.positions import set_position
from cunlian.places.models import Place
from cunlian.talent.models import Skill, TalentEntry, TalentSearch
from cunlian.talent.register import actions
from tests.cast import Cast

COLD_STORE, CARPENTRY, TEA = "0401", "0502", "0104"


@dataclass
class Register:
    """The resident of the cast can repair cold stores; others come by name."""

    cast: Cast

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.cast.world.persons["resident"].pk)

    def skills(self, *codes: str) -> list[Skill]:
        return list(Skill.objects.filter(code__in=codes))

    def somebody(self, name: str = "李师傅", place: Place | None = None, **said: Any) -> Person:
        said = {"birth_year": 1980, **said}
        return register_person(by=SYSTEM, place=place or self.cast.world.village, name=name, **said)

    def agreed(self, person: Person | None = None) -> Person:
        person = person or self.person
        give(person, by=SYSTEM, purpose="talent", way="online")
        return person

    def enter(self, person: Person | None = None, *codes: str, **said: Any) -> TalentEntry:
        """In the register, with consent."""
        person = self.agreed(person)
        return actions.enter_skills(person, by=SYSTEM, skills=self.skills(*codes or (COLD_STORE,)), **said)

    def recommend(self, person: Person | None = None, *codes: str, by: Actor | None = None) -> TalentEntry:
        by = by or self.cast.village_cadre
        return actions.recommend(person or self.person, by=by, skills=self.skills(*codes or (COLD_STORE,)))

    def search(self, by: Actor | None = None, words: str = "冷库", **said: Any) -> TalentSearch:
        said = {"place": self.cast.world.village, "purpose": "合作社冷库坏了", **said}
        return actions.search_talent(by=by or self.cast.township_staff, words=words, **said)


@pytest.fixture
def scan(db: None, settings: Any, tmp_path: Any) -> Evidence:
    settings.MEDIA_ROOT = tmp_path
    return evidence.store(ContentFile(b"%PDF-1.4 signed\n%%EOF", name="form.pdf"))


@pytest.fixture
def register(cast: Cast) -> Register:
    actions.take_over_skills(cast.world.county, by=SYSTEM)
    return Register(cast)


def put_on_map(place: Place, latitude_e7: int, longitude_e7: int) -> None:
    set_position(place, by=SYSTEM, latitude_e7=latitude_e7, longitude_e7=longitude_e7)


def run_reactions() -> None:
    outbox.run_due(clock.now() + timedelta(days=1))
