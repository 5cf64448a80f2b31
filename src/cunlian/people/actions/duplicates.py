"""Two files of one person become one; two that only look alike stay two."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people import standing
from cunlian.people.duplicates import move_references
from cunlian.people.models import Absence, Membership, Person, PersonMerge, PersonPair, PersonVersion

FILLED = (("phone", "phone_digest"), ("id_number", "id_digest"), ("birth_date",), ("birth_year",), ("gender",))
WHERE = ("whereabouts", "work", "back_in", "ask_about")


def _lock_both(one: Person, other: Person) -> tuple[Person, Person]:
    if one.pk == other.pk:
        raise Invalid(_("Choose two different files."))
    locked = {person.pk: lock(person) for person in sorted((one, other), key=lambda person: person.pk)}
    return locked[one.pk], locked[other.pk]


def _check_one_person(kept: Person, gone: Person) -> None:
    for person in (kept, gone):
        if person.gone_because == Person.Gone.MERGED or person.erased_at:
            raise Conflict(_("One of the two files is closed already. Look at the list of duplicates again."))
    if kept.id_digest and gone.id_digest and kept.id_digest != gone.id_digest:
        raise Invalid(_("The two have different identity numbers: they are two persons, or one number is wrong."))
    if kept.user_id and gone.user_id:
        raise Conflict(
            _("Both have an account. Keep the file that is used, and ask for the other account to be closed.")
        )


def _fill(kept: Person, gone: Person) -> dict[str, Any]:
    """What is missing in the file kept and known in the other."""
    values = {name: getattr(gone, name) for names in FILLED if not getattr(kept, names[0]) for name in names}
    if kept.birth_year and kept.birth_year != gone.birth_year:
        values.pop("birth_date", None)
    return {name: value for name, value in values.items() if value}


@transaction.atomic
def merge_persons(gone: Person, *, by: Actor, into: Person, day: date | None = None) -> Person:
    """Both files are of one person: all that points at ``gone`` points at ``into`` from now on, and what ``into`` lacked is
    filled in. ``gone`` keeps its memberships, absences and corrections up to ``day``, so the register of an earlier day
    stays as it was. What cannot be had twice (a second consent to the same) stays with it too."""
    gone, into = _lock_both(gone, into)
    for person in (gone, into):
        require(by, "people.merge_persons", person)
    _check_one_person(into, gone)
    dates = (standing.member_since(person) for person in (gone, into))
    day = standing.check_day(day, *dates)
    row = Membership.objects.filter(person=gone, ends_on=None).first()
    absence = Absence.objects.filter(person=gone, ends_on=None).first()
    before, user = into.version(clock.today()), gone.user
    changed = standing.belong(gone, None, day) | standing.come_back(gone, day)
    changed |= change(gone, user=None, gone_on=day, gone_because=Person.Gone.MERGED, merged_into=into)
    if row and into.household is None and into.gone_because != Person.Gone.DIED:
        standing.belong(into, row.household, day, row.relation)
        change(into, gone_on=None, gone_because="")
        if absence and not into.is_away:
            standing.leave(into, max(day, absence.starts_on), **{name: getattr(absence, name) for name in WHERE})
    filled = change(into, **_fill(into, gone))
    if filled:
        last = PersonVersion.objects.filter(person=into).order_by("ends_on", "pk").last()
        before.starts_on = last.ends_on if last else None
        before.save(force_insert=True)
    change(into, **({"user": user} if user else {}))
    moved = move_references(gone, into)
    PersonMerge.objects.create(kept=into, gone=gone, day=day, moved=moved)
    log.record(by, "people.persons_merged", gone, changed=changed | {"into": (None, into.pk)})
    return into


@transaction.atomic
def keep_apart(one: Person, *, by: Actor, other: Person) -> PersonPair:
    """Two persons that only look alike: they are not suggested again."""
    one, other = _lock_both(one, other)
    for person in (one, other):
        require(by, "people.merge_persons", person)
    first, second = sorted((one, other), key=lambda person: person.pk)
    pair, made = PersonPair.objects.get_or_create(first=first, second=second)
    if made:
        log.record(by, "people.kept_apart", pair, place_id=one.place_id)
    return pair
