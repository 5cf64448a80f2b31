"""The roll of voters, printed from the register: names only, as the law posts them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Look
from cunlian.kernel.records import ref
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.choosing.states import PREPARE
from cunlian.organisations.models import Choice
from cunlian.people.contact import birth_date_of
from cunlian.people.models import Person

OF_AGE = 18


@dataclass
class Roll:
    """``home``: registered in the village, of age on the day and at home. ``away``: of age, living elsewhere; they are put
    on the roll when they say they take part (Art. 16). ``unclear``: whose age the register does not tell for sure."""

    home: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def of_age(person: Person, day: date) -> bool | None:
    """Eighteen on ``day``: by the day of birth, else by the year where it settles it; None where it does not."""
    born = birth_date_of(person)
    if born:
        return (day.year, day.month, day.day) >= (born.year + OF_AGE, born.month, born.day)
    if person.birth_year is None or day.year - person.birth_year == OF_AGE:
        return None
    return day.year - person.birth_year > OF_AGE


@transaction.atomic
def print_roll(choice: Choice, *, by: Actor) -> Roll:
    """Who is on the roll by the register, as a draft for the election committee, which decides. Everybody on it reads that
    they were looked at, and what for."""
    require(by, PREPARE, choice)
    if not choice.by_villagers:
        raise Invalid(gettext_lazy("Who votes in a Party organisation is kept on the Party's side, not here."))
    rows = (
        Person.objects.visible_to(by).registered().filter(household__place=choice.unit.place_id).order_by("name", "pk")
    )
    roll, seen = Roll(), []
    for person in rows:
        grown = of_age(person, choice.votes_on)
        if grown is False:
            continue
        seen.append(person.pk)
        part = roll.unclear if grown is None else roll.away if person.is_away else roll.home
        part.append(str(person.name))
    kind, key = ref(choice)
    look = partial(
        Look, actor_id=by.user_id, post_id=by.post_id, fields="name", about_kind=kind, about_id=key,
        purpose=_("Roll of voters: %(choice)s") % {"choice": choice}, happened_at=clock.now(),
    )  # fmt: skip
    Look.objects.bulk_create([look(person_id=pk) for pk in seen], batch_size=500)
    log.record(by, "organisations.roll_printed", choice, changed={"names": (None, len(seen))})
    return roll
