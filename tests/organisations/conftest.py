"""A village with its two committees and the body that supervises them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from cunlian.accounts.roles import Role
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.models import Organisation, OrganisationKind, Post, Posting
from cunlian.people.actions import register_person
from cunlian.people.models import Person
from cunlian.places.models import Place
from tests.cast import Cast

START = date(2025, 1, 1)
K = OrganisationKind


@dataclass
class Hall:
    """Founds and fills in the neighbouring village, whose committees start empty."""

    cast: Cast

    @property
    def village(self) -> Place:
        return self.cast.world.other_village

    def unit(self, kind: str, place: Place | None = None, **said: Any) -> Organisation:
        place = place or self.village
        found = Organisation.objects.filter(organisation_kind=kind, place=place).first()
        if found and not said:
            return found
        label = K(kind).label
        return actions.found_organisation(
            by=SYSTEM, name=f"{place} {label}", organisation_kind=kind, place=place, starts_on=START, **said
        )

    def person(self, name: str, gender: str = "male") -> Person:
        return register_person(by=SYSTEM, place=self.village, name=name, gender=gender)

    def seat(self, unit: Organisation, post_kind: str) -> Post:
        return actions.create_post(
            by=SYSTEM, organisation=unit, title=post_kind or "x", role=Role.VILLAGE_CADRE, post_kind=post_kind,
            starts_on=START,
        )  # fmt: skip

    def hold(self, kind: str, post_kind: str, person: Person, **said: Any) -> Posting:
        return self.sit(self.seat(self.unit(kind), post_kind), person, **said)

    def sit(self, post: Post, person: Person, **said: Any) -> Posting:
        return actions.appoint(post, by=SYSTEM, person=person, **{"starts_on": START, "basis": "elected", **said})


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return Hall(cast)
