"""The lists the demonstration draws from: names, spots, stories, the item list, areas. Files in data/."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"
ROOT = "610902107"
# Two of the 98 entries of the national list are left out so that 96 are counted, as the zone's report says. Which two is
# not known: this choice is invented.
LEFT_OUT = ("610902107315", "610902107328")
# Villages shown in depth, with households: the five of the joint area and three of the report.
DETAILED = ("264", "266", "267", "269", "297", "007", "302", "323")


@dataclass(frozen=True)
class Story:
    category: str
    weight: int
    title: str
    text: str
    answer: str


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def words(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").split()


def stories() -> list[Story]:
    return [
        Story(row["category"], int(row["weight"]), row["title"], row["text"], row["answer"])
        for row in rows("stories.csv")
    ]


class Names:
    """Invented people: names, phones of a number range used for nothing else here."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.surnames = list((DATA / "surnames.txt").read_text(encoding="utf-8").strip())
        self.given = words("given.txt")
        self.serial = 0

    def name(self) -> str:
        # Common names are common: the front of the list is drawn more often.
        surname = self.surnames[min(int(self.chance.expovariate(1 / 16)), len(self.surnames) - 1)]
        return surname + self.chance.choice(self.given)

    def phone(self) -> str:
        self.serial += 1
        return f"199{self.serial:08d}"
