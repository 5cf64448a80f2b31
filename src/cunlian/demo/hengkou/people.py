"""Households and the people in them, in the villages shown in depth. All invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.lists import Names
from cunlian.kernel.access import SYSTEM
from cunlian.people.actions import register_household, register_person
from cunlian.people.models import Household, Person
from cunlian.places.models import Place

HOUSEHOLDS = 45
Step = Callable[[int], None]


@dataclass
class People:
    """Who may report something: heads of households, by village."""

    heads: dict[str, list[Person]] = field(default_factory=dict)


def _household(village: Place, grid: Place, number: int, names: Names, chance: Random) -> Person:
    household: Household = register_household(
        by=SYSTEM, place=village, number=f"{number:03d}", address=f"{grid.short_name}{number}号", grid=grid
    )
    surname = names.name()[0]
    head = register_person(
        by=SYSTEM, place=village, household=household, name=surname + names.chance.choice(names.given),
        phone=names.phone(), gender=chance.choice(("male", "male", "female")),
        birth_year=chance.randrange(1940, 1985), is_head=True, is_away=chance.random() < 0.25,
    )  # fmt: skip
    for _n in range(chance.randrange(0, 3)):
        register_person(
            by=SYSTEM, place=village, household=household, name=surname + names.chance.choice(names.given),
            gender=chance.choice(("male", "female")), birth_year=chance.randrange(1945, 2015),
            is_away=chance.random() < 0.4,
        )  # fmt: skip
    return head


def build(land: Land, names: Names, chance: Random, step: Step) -> People:
    people = People()
    for village in land.detailed:
        grids = land.grids[village.code]
        people.heads[village.code] = [
            _household(village, grids[n % len(grids)], n + 1, names, chance) for n in range(HOUSEHOLDS)
        ]
        step(1)
    return people
