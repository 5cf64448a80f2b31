"""Who is away and what may be shown of it: when they come back and what to ask them about only while they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cunlian.kernel.refusals import Text
from cunlian.people.consent.questions import holds
from cunlian.people.models import Absence, Person
from cunlian.places.models import on

CONTACT_AWAY = "contact_away"


@dataclass(frozen=True)
class Away:
    """What is known about an absence. ``agreed``: the person agreed to be contacted; without it the last two are empty,
    whatever the row still holds."""

    since: date
    whereabouts: str
    work: Text
    agreed: bool
    back_in: Text
    ask_about: str


def away_on(person: Person, day: date) -> Away | None:
    """Where the person was on ``day``; None when at home. Consent is asked as of now: taken back, it hides the past too."""
    row = Absence.objects.filter(on(day), person=person).first()
    if row is None:
        return None
    agreed = holds(person, CONTACT_AWAY)
    back = Absence.Season(row.back_in).label if agreed and row.back_in else ""
    work = Absence.Work(row.work).label if row.work else ""
    return Away(row.starts_on, row.whereabouts, work, agreed, back, row.ask_about if agreed else "")
