"""Persons: registered, corrected, noted as reporters, joined to an account, erased."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.accounts import codes
from cunlian.accounts.erasure import forget
from cunlian.accounts.models import User
from cunlian.kernel import clock, erasure, log
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.kernel.secrets import blind, encrypt, normalise_phone
from cunlian.people import standing
from cunlian.people.contact import birth_date_of, clean_name, full_contact
from cunlian.people.identity import FIRST_YEAR, read_identity
from cunlian.people.models import VALUES, Household, Person, PersonVersion, Relation
from cunlian.places.models import Place

CORRECTABLE = frozenset({"name", "gender", "birth_year", "birth_date", "phone", "id_number"})
MASK = "*"


def phone_values(phone: str) -> dict[str, Any]:
    """What is stored of a phone. Invalid when it is none."""
    if not phone.strip():
        return {"phone": b"", "phone_digest": ""}
    number = normalise_phone(phone)
    return {"phone": encrypt(number), "phone_digest": blind(number)}


def id_values(text: str) -> dict[str, Any]:
    """What is stored of an identity number: an old one as it stands, found under the 18 places it became."""
    if not text.strip():
        return {"id_number": b"", "id_digest": ""}
    identity = read_identity(text)
    return {"id_number": encrypt(identity.number), "id_digest": blind(identity.whole)}


def _check_once(digest: str, but: Person | None = None) -> None:
    same = Person.objects.living_file().filter(id_digest=digest)
    if digest and (same.exclude(pk=but.pk) if but else same).exists():
        raise Conflict(
            _("Somebody with this identity number is registered already. Look for them by phone, or ask the township."),
            field="id_number",
        )


def birth_values(year: int | None, day: date | None, gender: str, id_number: str) -> dict[str, Any]:
    """Year, day (sealed) and gender, what is missing read from the identity number. Invalid where the two disagree."""
    identity = read_identity(id_number) if id_number.strip() else None
    told = day.year if day else year
    if told is not None and not FIRST_YEAR <= told <= clock.today().year:
        raise Invalid(_("Please write the year of birth with four digits, e.g. 1956."), field="birth_year")
    if day and (day > clock.today() or (year is not None and day.year != year)):
        raise Invalid(_("Day and year of birth do not fit together. Please check."), field="birth_date")
    if identity is None:
        return {"birth_year": told, "birth_date": encrypt(day.isoformat()) if day else b"", "gender": gender}
    if (day and day != identity.born) or (told is not None and told != identity.born.year):
        raise Invalid(
            _("The identity number has another day of birth. Please check which of the two is right."),
            field="birth_date" if day else "birth_year",
        )
    if gender and gender != identity.gender:
        raise Invalid(_("The identity number says otherwise. Please check which of the two is right."), field="gender")
    return {
        "birth_year": identity.born.year,
        "birth_date": encrypt(identity.born.isoformat()),
        "gender": identity.gender,
    }


@transaction.atomic
def register_person(
    *,
    by: Actor,
    place: Place,
    name: str,
    household: Household | None = None,
    phone: str = "",
    id_number: str = "",
    gender: str = "",
    birth_year: int | None = None,
    birth_date: date | None = None,
    relation: str = "",
    is_head: bool = False,
    is_away: bool = False,
    day: date | None = None,
    invented: bool = False,
) -> Person:
    """Somebody of a village; a member of ``household`` since ``day``, today when None. Phone, identity number and day of
    birth are encrypted before they touch the database; what the number says about birth and gender is filled in."""
    require(by, "people.register_person", household or place)
    if household and (household.ends_on or not standing.same_village(household, place)):
        raise Invalid(_("This household is in another village, or has ended."), field="household")
    if is_head and household:
        relation = Relation.HEAD
    identity = id_values(id_number)
    _check_once(identity["id_digest"])
    person = Person(
        name=clean_name(name), place=household.place if household else place, invented=invented, **phone_values(phone),
        **identity, **birth_values(birth_year, birth_date, gender, id_number),
    )  # fmt: skip
    person.save(force_insert=True)
    day = standing.check_day(day, household.starts_on if household else None)
    if household:
        standing.belong(person, household, day, relation)
    if is_away:
        standing.leave(person, day)
    log.record(by, "people.person_registered", person)
    return person


def _refuse_masks(person: Person, values: dict[str, Any]) -> dict[str, Any]:
    """What was really entered. A form filled with masked values sends them back: unchanged ones are dropped, and one
    that was half overwritten is refused, so that stars never replace a real value."""
    shown = {"name": person.masked_name, "phone": person.masked_phone, "id_number": person.masked_id_number}
    kept = {}
    for name, value in values.items():
        if name in shown and isinstance(value, str) and MASK in value:
            if value.strip() == shown[name]:
                continue
            raise Invalid(_("Please write it in full, without stars, or leave it as it was."), field=name)
        kept[name] = value
    return kept


def _corrected(person: Person, values: dict[str, Any]) -> dict[str, Any]:
    """What is stored for the values entered. Birth and gender are checked against the number kept, too."""
    stored: dict[str, Any] = {}
    if "name" in values:
        stored["name"] = clean_name(values["name"])
    if "phone" in values and full_contact(person).phone != (
        values["phone"].strip() and normalise_phone(values["phone"])
    ):
        stored |= phone_values(values["phone"])
    known = full_contact(person).id_number
    number = values.get("id_number", known)
    fresh = bool(number) and "id_number" in values and number != known
    if "id_number" in values:
        identity = id_values(number)
        _check_once(identity["id_digest"], but=person)
        stored |= identity if fresh or not number else {}
    if {"birth_year", "birth_date", "gender"} & set(values) or fresh:
        year, day = values.get("birth_year"), values.get("birth_date")
        if not fresh and "birth_year" not in values and day is None:
            year = person.birth_year
        born = birth_values(year, day, values.get("gender", "" if fresh else person.gender), number)
        if birth_date_of(person) and not (fresh or "birth_date" in values or year != person.birth_year):
            del born["birth_date"]
        stored |= born
    return stored


def put_right(person: Person, values: dict[str, Any]) -> dict[str, Any]:
    """Set ``values``; what stood there stays in the register of the days before. What changed, for the log."""
    if unknown := set(values) - CORRECTABLE:
        raise TypeError(f"a person's {', '.join(sorted(unknown))} cannot be corrected")
    stored = _corrected(person, _refuse_masks(person, values))
    before = person.version(clock.today())
    changed = change(person, **stored)
    if changed:
        last = PersonVersion.objects.filter(person=person).order_by("ends_on", "pk").last()
        before.starts_on = last.ends_on if last else None
        before.save(force_insert=True)
    return changed


@transaction.atomic
def correct_person(person: Person, *, by: Actor, **values: Any) -> Person:
    """Set what was wrong in a file: name, gender, birth_year, birth_date, phone, id_number. What stood there stays in the
    register of the days before. Masked values that come back from a form change nothing."""
    person = lock(person)
    require(by, "people.correct_person", person)
    changed = put_right(person, values)
    log.record(by, "people.person_corrected", person, changed=changed)
    return person


@transaction.atomic
def link_account(person: Person, user: User, *, by: Actor) -> Person:
    """Say whose account it is. One account, one person; a person who has one gives it up first."""
    person = lock(person)
    require(by, "people.link_account", person)
    if person.user_id == user.pk:
        return person
    if person.user_id or Person.objects.filter(user=user).exists():
        raise Conflict(_("One of the two is joined already: an account belongs to one person."))
    changed = change(person, user=user)
    log.record(by, "people.account_linked", person, changed=changed)
    return person


def enter_with_code(phone: str, code: str, *, by: Actor = ANONYMOUS) -> User:
    """Log a resident in, and join the account to the one person known by this phone. Where a family shares a phone
    nobody is joined: the account then sees what was reported from it and no file."""
    user = codes.login_with_code(phone, code, by=by)
    if not hasattr(user, "person"):
        sharing = list(Person.objects.with_phone(phone)[:2])
        if len(sharing) == 1 and sharing[0].user_id is None:
            link_account(sharing[0], user, by=SYSTEM)
    return user


@transaction.atomic
def erase_person(person: Person, *, by: Actor) -> Person:
    """Identity gone for good: name, phone, identity number, household, account; those of files found to be the same
    person's with it. What the person did in a post stays, as done by the post. Every domain forgets its part through the
    registry of erasers."""
    person = lock(person)
    require(by, "people.erase", person)
    if person.erased_at:
        return person
    for same in Person.objects.filter(merged_into=person, erased_at=None):
        erase_person(same, by=SYSTEM)
    erasure.erase(person.pk)
    if person.user:
        forget(person.user)
    blank = {name: getattr(Person(), name) for name in VALUES}
    changed = change(
        person, **blank, household=None, is_head=False, is_away=False, user=None, gone_on=None, gone_because="",
        merged_into=None, erased_at=clock.now(),
    )  # fmt: skip
    log.record(by, "people.person_erased", person, changed=changed)
    return person


@transaction.atomic
def note_reporter(*, by: Actor, place: Place, name: str = "", phone: str = "", withheld: bool = False) -> Person:
    """The person behind a name and phone given with a report: the one known by both, else a new file with just these.

    A phone alone is never enough to pick somebody out of several, and another name is another person. ``withheld``: given
    with a complaint, and in no list until they report something else."""
    require(by, "people.note_reporter", place)
    called = clean_name(name) if name.strip() else ""
    if phone.strip():
        known = list(Person.objects.with_phone(phone)[:10])
        same = [person for person in known if not called or person.name == called]
        if len(same) == 1:
            return same[0] if withheld or not same[0].withheld else meet_person(same[0], by=by, place=place)
    person = Person.objects.create(name=called, place=place, withheld=withheld, **phone_values(phone))
    log.record(by, "people.person_registered", person)
    return person


@transaction.atomic
def meet_person(person: Person, *, by: Actor, place: Place) -> Person:
    """Known from a complaint alone until now: from today in the lists, as anybody who reported something."""
    person = lock(person)
    require(by, "people.note_reporter", place)
    if not person.withheld:
        return person
    changed = change(person, withheld=False, place=person.place or place)
    log.record(by, "people.person_registered", person, changed=changed)
    return person
