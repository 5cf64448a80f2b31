"""What is asked before something about a person is kept or shown."""

from __future__ import annotations

from datetime import date

from cunlian.kernel import clock
from cunlian.people.contact import birth_date_of
from cunlian.people.models import Consent, Person, Purpose

# Below this age the guardian agrees (个人信息保护法 Art. 31).
CHILD_UNTIL = 14


def holds(person: Person, purpose: str, on: date | None = None) -> bool:
    """May what is kept about the person for ``purpose`` be kept and shown now (or at the end of the day ``on``)? A consent
    that is open, or a duty in law, while the purpose runs. False for an erased person and an unknown purpose."""
    kept_for = Purpose.objects.filter(code=purpose).first()
    if kept_for is None or person.erased_at or not kept_for.runs_on(on or clock.today()):
        return False
    return kept_for.by_law or Consent.objects.holding(purpose, on).filter(person=person).exists()


def is_child(person: Person, day: date | None = None) -> bool:
    """Perhaps under fourteen. Where only the year of birth is known, whoever turns fourteen this year still counts as a
    child; where not even that is known, nobody does."""
    day = day or clock.today()
    born = birth_date_of(person)
    if born:
        return (day.year - born.year, day.month, day.day) < (CHILD_UNTIL, born.month, born.day)
    return person.birth_year is not None and day.year - person.birth_year <= CHILD_UNTIL
