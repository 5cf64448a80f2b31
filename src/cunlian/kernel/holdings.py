"""What is held about a person: each domain tells its own part, one function tells all of it.

The counterpart of ``erasure``: what is told can be erased, or the law keeps it and says so. The person reads it on their own
page, as a file and on paper (个人信息保护法 Art. 45).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cunlian.kernel import clock, days
from cunlian.kernel.refusals import Text

Fact = str | date
"""A value told: text, or a day or moment that the page says in words and the file writes as ISO."""


@dataclass(frozen=True)
class Held:
    """One thing that is held: the ``kind`` of its record, what it is, its values by label, since when, and why."""

    kind: str
    title: Text
    facts: tuple[tuple[Text, Fact], ...] = ()
    day: date | None = None
    basis: Text = ""

    @property
    def told(self) -> list[tuple[Text, str]]:
        """The facts as people read them."""
        return [(label, said(value)) for label, value in self.facts]


Teller = Callable[[UUID], list[Held]]
TELLERS: dict[str, Teller] = {}


def add_teller(name: str, function: Teller) -> None:
    """Register, once, at import of a domain's ``rules.py``: ``function(person_id)`` tells all its domain holds about the
    person, in the language that is active, a constant number of queries. Nothing about somebody else stands in it."""
    if name in TELLERS:
        raise ValueError(f"teller {name} is registered twice")
    TELLERS[name] = function


def tell(person_id: UUID) -> list[Held]:
    """Everything, domain by domain."""
    return [held for function in TELLERS.values() for held in function(person_id)]


def facts(*pairs: tuple[Text, object]) -> tuple[tuple[Text, Fact], ...]:
    """Pairs of label and value without those that have none."""
    told = ((label, value) for label, value in pairs if value not in (None, ""))
    return tuple((label, value if isinstance(value, date) else str(value)) for label, value in told)


def said(fact: Fact) -> str:
    """For people, in the language now active."""
    if isinstance(fact, datetime):
        return days.moment(fact, year=True)
    return days.day(fact, year=True) if isinstance(fact, date) else fact


def written(fact: Fact) -> str:
    """For programs: days and moments as ISO writes them, Shanghai time."""
    if isinstance(fact, datetime):
        return fact.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return fact.isoformat() if isinstance(fact, date) else fact
