"""Taking in what somebody tells of themself, by themself or through a helper: contact, consent, receipt, village."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.ids import new_receipt
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.secrets import blind, decrypt
from cunlian.people.actions import meet_person, note_reporter
from cunlian.people.consent.questions import is_child
from cunlian.people.models import Person
from cunlian.places.models import District, Level, Place
from cunlian.talent.models.home import HowAgreed

if TYPE_CHECKING:
    from uuid import UUID

# Whose word it is when somebody else writes it at the residents' door, as with requests.
PROXY = "proxy"
HOW = {
    "": HowAgreed.SELF, PROXY: HowAgreed.HELPER, "phone": HowAgreed.PHONE, "paper": HowAgreed.PAPER,
    "door": HowAgreed.IN_PERSON,
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What somebody says about themself. ``agreed``: to what the form says is kept, for what and how long."""

    name: str = ""
    phone: str = ""
    contact_note: str = ""
    language: str = ""
    agreed: bool = False


def speaks_alone(by: Actor) -> bool:
    """For themself, or as a neighbour who writes for them; else it is staff passing on what they were told."""
    return by.behalf is None or by.behalf.channel == PROXY


def how_agreed(by: Actor, told: Told) -> HowAgreed:
    """In what way; Invalid without consent (个人信息保护法 Art. 13)."""
    if not told.agreed:
        raise Invalid(
            _("Without the person's consent nothing is kept. Ask them first, then tick that they agree."),
            field="agreed",
        )
    return HOW.get(by.behalf.channel if by.behalf else "", HowAgreed.IN_PERSON)


def who(told: Told, person: Person | None, place: Place) -> Person:
    """The person given, or whoever name and phone belong to. Invalid without a way to reach them, and for a child."""
    if person is None:
        if not told.name.strip():
            raise Invalid(_("Please write the name, so that somebody can talk with them."), field="name")
        if not told.phone.strip() and not told.contact_note.strip():
            raise Invalid(_("Please leave a phone, or say how they can be reached."), field="phone")
        person = note_reporter(by=SYSTEM, place=place, name=told.name, phone=told.phone)
    elif person.withheld:
        person = meet_person(person, by=SYSTEM, place=place)
    if is_child(person):
        raise Invalid(_("This is not for children under fourteen."), field="name")
    return person


def check_village(place: Place) -> None:
    """A village or community of this district; Invalid for anything else."""
    inside = Place.objects.current().within(District.current().root)
    if place.level != Level.VILLAGE or not inside.filter(pk=place.pk).exists():
        raise Invalid(
            _("“%(place)s” is not a village or community of this district. Choose one from the list.")
            % {"place": place},
            field="place",
        )


def unused_receipt(model: type[models.Model]) -> str:
    """A receipt number no record of this kind has."""
    while True:
        receipt = new_receipt(f"{clock.today():%y%m}")
        if not model._default_manager.filter(receipt=receipt).exists():
            return receipt


def check_code(key: UUID) -> str:
    """The four digits on the slip of the record with this key, kept nowhere (as with requests)."""
    return f"{int(blind(f'receipt:{key}')[:12], 16) % 10_000:04d}"


def fits(digits: str, key: UUID, person: Person | None) -> bool:
    """Whether the digits are the check code, or the last four of the phone that was left."""
    typed = "".join(str(int(char)) for char in digits if char.isdecimal())
    phone = decrypt(person.phone) if person and person.phone else ""
    right = hmac.compare_digest(typed, check_code(key))
    return right or (bool(phone) and hmac.compare_digest(typed, phone[-4:]))
