"""What is done with persons and households: register, move, correct, join to an account, look at in full, erase."""

from __future__ import annotations

import secrets as random
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cunlian.accounts import codes
from cunlian.accounts.erasure import forget
from cunlian.accounts.models import User
from cunlian.kernel import clock, erasure, log
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor, require
from cunlian.kernel.models import Look
from cunlian.kernel.records import change, lock, ref
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.kernel.secrets import blind, encrypt, normalise_phone
from cunlian.people.contact import Contact, clean_id_number, clean_name, full_contact
from cunlian.people.models import Household, Person
from cunlian.places.models import Level, Place

# Without 0/O and 1/I: the code stands on a card and is read out on the phone.
CARD_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CORRECTABLE = frozenset({"name", "gender", "birth_year", "phone", "id_number", "is_head", "is_away"})
MASK = "*"


@transaction.atomic
def register_household(*, by: Actor, place: Place, number: str, address: str, grid: Place | None = None) -> Household:
    """A household of a village, in one grid of it where there are grids. It gets a random card code for its door."""
    require(by, "people.register_household", grid or place)
    if place.level != Level.VILLAGE:
        raise Invalid(_("A household belongs to a village or community. Please choose one."), field="place")
    if grid and (grid.level != Level.GRID or not grid.code.startswith(place.code)):
        raise Invalid(_("This grid is not in the village. Please choose one of the village's grids."), field="grid")
    if not number.strip():
        raise Invalid(_("Please write the household number."), field="number")
    if Household.objects.filter(place=place, number=number.strip(), ends_on=None).exists():
        raise Conflict(_("This household number is in use in the village already."), field="number")
    household = Household.objects.create(
        place=place, grid=grid, number=number.strip(), address=address.strip(), starts_on=clock.today(),
        card_code="".join(random.choice(CARD_LETTERS) for _letter in range(10)),
    )  # fmt: skip
    log.record(by, "people.household_registered", household)
    return household


@transaction.atomic
def print_cards(village: Place, *, by: Actor, grid: Place | None = None) -> list[Household]:
    """The households whose door cards are printed, in the order of their numbers: of the village or of one grid of it.
    Recorded, for a card's code opens the form of that house to whoever holds it."""
    require(by, "people.print_cards", grid or village)
    where = {"grid": grid} if grid else {}
    households = list(Household.objects.current().filter(place=village, **where).order_by("number", "pk"))
    if not households:
        raise Invalid(_("No household is registered here yet. Register them first, then print their cards."))
    changed = {"households": (None, len(households)), "grid": (None, grid.pk if grid else None)}
    log.record(by, "people.cards_printed", village, changed=changed)
    return households


def _phone_values(phone: str) -> dict[str, Any]:
    if not phone.strip():
        return {"phone": b"", "phone_digest": ""}
    number = normalise_phone(phone)
    return {"phone": encrypt(number), "phone_digest": blind(number)}


def _id_values(text: str, but: Person | None = None) -> dict[str, Any]:
    if not text.strip():
        return {"id_number": b"", "id_digest": ""}
    number = clean_id_number(text)
    digest = blind(number)
    same = Person.objects.filter(id_digest=digest)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Conflict(
            _("Somebody with this identity number is registered already. Look for them by phone, or ask the township."),
            field="id_number",
        )
    return {"id_number": encrypt(number), "id_digest": digest}


def _check_birth_year(year: int | None) -> int | None:
    if year is not None and not 1900 <= year <= clock.today().year:
        raise Invalid(_("Please write the year of birth with four digits, e.g. 1956."), field="birth_year")
    return year


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
    is_head: bool = False,
    is_away: bool = False,
) -> Person:
    """Somebody of a village. Phone and identity number are encrypted before they touch the database."""
    require(by, "people.register_person", household or place)
    if household and household.place_id != place.pk:
        raise Invalid(_("This household is in another village."), field="household")
    person = Person.objects.create(
        name=clean_name(name), place=place, household=household, gender=gender,
        birth_year=_check_birth_year(birth_year), is_head=is_head, is_away=is_away, **_phone_values(phone),
        **_id_values(id_number), )  # fmt: skip
    log.record(by, "people.person_registered", person)
    return person


@transaction.atomic
def move_person(person: Person, *, by: Actor, place: Place, household: Household | None = None) -> Person:
    """To another household or village. ``by`` must keep both the old and the new one."""
    person = lock(person)
    require(by, "people.move_person", person)
    require(by, "people.move_person", household or place)
    if household and household.place_id != place.pk:
        raise Invalid(_("This household is in another village."), field="household")
    changed = change(person, place=place, household=household, is_head=False)
    log.record(by, "people.person_moved", person, changed=changed)
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


@transaction.atomic
def correct_person(person: Person, *, by: Actor, **values: Any) -> Person:
    """Set what was wrong in a file: name, gender, birth_year, phone, id_number, is_head, is_away. Masked values that
    come back from a form change nothing."""
    person = lock(person)
    require(by, "people.correct_person", person)
    if unknown := set(values) - CORRECTABLE:
        raise TypeError(f"a person's {', '.join(sorted(unknown))} cannot be corrected")
    values = _refuse_masks(person, values)
    if "name" in values:
        values["name"] = clean_name(values["name"])
    if "birth_year" in values:
        values["birth_year"] = _check_birth_year(values["birth_year"])
    if "phone" in values:
        values |= _phone_values(values["phone"])
    if "id_number" in values:
        values |= _id_values(values["id_number"], but=person)
    changed = change(person, **values)
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
        sharing = list(Person.objects.living_file().filter(phone_digest=user.phone_digest)[:2])
        if len(sharing) == 1 and sharing[0].user_id is None:
            link_account(sharing[0], user, by=SYSTEM)
    return user


@transaction.atomic
def reveal_contact(person: Person, *, by: Actor, purpose: str, about: models.Model | None = None) -> Contact:
    """Full name, phone and identity number, for a purpose that the person will read. ``about``: the record at hand."""
    require(by, "people.reveal", person)
    if len(purpose.strip()) < 2:
        raise Invalid(_("Please say what you need it for. The person will read this."), field="purpose")
    about_kind, about_id = ref(about) if about else ("", None)
    Look.objects.create(
        person_id=person.pk, actor_id=by.user_id, post_id=by.post_id, fields="name,phone,id_number",
        purpose=purpose.strip()[:200], about_kind=about_kind, about_id=about_id, happened_at=clock.now(),
    )  # fmt: skip
    log.record(by, "people.contact_revealed", person)
    return full_contact(person)


@transaction.atomic
def erase_person(person: Person, *, by: Actor) -> Person:
    """Identity gone for good: name, phone, identity number, household, account. What the person did in a post stays, as
    done by the post. Every domain forgets its part through the registry of erasers."""
    person = lock(person)
    require(by, "people.erase", person)
    if person.erased_at:
        return person
    erasure.erase(person.pk)
    if person.user:
        forget(person.user)
    changed = change(
        person, name="", gender="", birth_year=None, phone=b"", phone_digest="", id_number=b"", id_digest="",
        household=None, is_head=False, is_away=False, user=None, erased_at=clock.now(),
    )  # fmt: skip
    log.record(by, "people.person_erased", person, changed=changed)
    return person


@transaction.atomic
def note_reporter(*, by: Actor, place: Place, name: str = "", phone: str = "") -> Person:
    """The person behind a name and phone given with a report: the one known by both, else a new file with just these.

    A phone alone is never enough to pick somebody out of several, and another name is another person."""
    require(by, "people.note_reporter", place)
    called = clean_name(name) if name.strip() else ""
    if phone.strip():
        known = list(Person.objects.with_phone(phone)[:10])
        same = [person for person in known if not called or person.name == called]
        if len(same) == 1:
            return same[0]
    person = Person.objects.create(name=called, place=place, **_phone_values(phone))
    log.record(by, "people.person_registered", person)
    return person
