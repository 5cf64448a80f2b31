"""Households and the people in them, in the villages shown in depth. All invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.db.models import Count, Q

from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.lists import Names
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.secrets import decrypt
from cunlian.people.actions import register_house, register_household, register_person
from cunlian.people.models import Household, Person, Relation
from cunlian.places.models import Place, VillagerGroup

HOUSEHOLDS = 45
SINCE = date(2024, 3, 1)
Step = Callable[[int], None]


@dataclass
class People:
    """Who may report something: heads of households, by village."""

    heads: dict[str, list[Person]] = field(default_factory=dict)


def _household(village: Place, grid: Place, number: int, names: Names, chance: Random) -> Person:
    lanes = list(village.lanes.order_by("name"))
    group = VillagerGroup.objects.filter(village=village, grid_rows__grid__place=grid).order_by("number")[number % 2]
    address, lane = f"{grid.short_name}{number}号", lanes[number % len(lanes)]
    house = register_house(
        by=SYSTEM, place=village, address=address, grid=grid, lane=lane, group=group, day=SINCE, invented=True
    )
    household: Household = register_household(
        by=SYSTEM, place=village, number=f"{number:03d}", address=address, grid=grid, lane=lane, group=group,
        house=house, day=SINCE, invented=True,
    )  # fmt: skip
    surname = names.name()[0]
    head = register_person(
        by=SYSTEM, place=village, household=household, name=surname + names.chance.choice(names.given),
        phone=names.phone(), gender=chance.choice(("male", "male", "female")),
        birth_year=chance.randrange(1940, 1985), is_head=True, is_away=chance.random() < 0.25, day=SINCE, invented=True,
    )  # fmt: skip
    for n in range(chance.randrange(0, 3)):
        name, gender = surname + names.chance.choice(names.given), chance.choice(("male", "female"))
        born, away = chance.randrange(1945, 2015), chance.random() < 0.4
        relation = _relation(head, born, first=n == 0)
        if relation == Relation.SPOUSE:
            gender = "female" if head.gender == "male" else "male"
        register_person(
            by=SYSTEM, place=village, household=household, name=name, gender=gender, birth_year=born, is_away=away,
            relation=relation, day=SINCE, invented=True,
        )  # fmt: skip
    return head


def _relation(head: Person, born: int, *, first: bool) -> str:
    """What a member of that age may well be to the head."""
    years = born - (head.birth_year or born)
    if years > 18:
        return Relation.CHILD if years < 45 else Relation.GRANDCHILD
    if years < -18:
        return Relation.PARENT
    return Relation.SPOUSE if first else Relation.SIBLING


def build(land: Land, names: Names, chance: Random, step: Step) -> People:
    people = People()
    for village in land.detailed:
        grids = land.grids[village.code]
        people.heads[village.code] = [
            _household(village, grids[n % len(grids)], n + 1, names, chance) for n in range(HOUSEHOLDS)
        ]
        step(1)
    return people


def a_resident() -> tuple[str, str]:
    """Name and phone of an invented head of a household who has reported most: whom to log in as on the residents' site."""
    open_ones = Count("cases", filter=Q(cases__confidential=False))
    heads = Person.objects.registered().filter(is_head=True, is_away=False, user=None).exclude(phone_digest="")
    person = heads.annotate(reported=open_ones).order_by("-reported", "pk")[0]
    return person.name, decrypt(person.phone)
