"""Names and phones: found by a keyed digest, shown masked, and who has looked at them in full."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor
from cunlian.kernel.models import Look
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.secrets import decrypt
from cunlian.people.identity import read_identity
from cunlian.people.models import Person
from cunlian.people.models.persons import Known
from cunlian.people.querysets import PersonQuerySet

_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
PADDED = re.compile(f"(?<={_HAN}) (?={_HAN})")


@dataclass(frozen=True)
class Contact:
    """A person's values in full. Never kept, never put in a page that is not marked as a look."""

    name: str
    phone: str
    id_number: str
    birth_date: date | None = None


def full_contact(person: Person) -> Contact:
    """The values in the clear. Only ``actions.reveal_contact`` and the person's own page call this."""
    return Contact(
        person.name,
        decrypt(person.phone) if person.phone else "",
        decrypt(person.id_number) if person.id_number else "",
        birth_date_of(person),
    )


def find_by_phone(phone: str, *, by: Actor) -> PersonQuerySet:
    """Persons of ``by``'s territory who gave this phone; families share one. Invalid when it is no phone number."""
    return Person.objects.visible_to(by).with_phone(phone).for_list()


@dataclass(frozen=True)
class LookLine:
    """One look at a person's full values, as the person reads it."""

    post_id: UUID | None
    actor_id: UUID | None
    purpose: str
    fields: str
    happened_at: datetime


def looks_at(person: Person) -> list[LookLine]:
    """Who looked at this person's full values, newest first. The person sees them all."""
    rows = Look.objects.filter(person_id=person.pk).order_by("-happened_at", "-pk")
    return [LookLine(row.post_id, row.actor_id, row.purpose, row.fields, row.happened_at) for row in rows]


def clean_name(text: str) -> str:
    """A name as kept: one line, no control characters, any script; without the spaces that line up 李　花 in a list.
    Invalid when empty or longer than 60 characters."""
    name = " ".join("".join(char for char in text if unicodedata.category(char)[0] != "C" or char == " ").split())
    name = PADDED.sub("", name)
    if not name:
        raise Invalid(_("Please write the name."), field="name")
    if len(name) > 60:
        raise Invalid(_("This name is longer than 60 characters. Please write only the name."), field="name")
    return name


def clean_id_number(text: str) -> str:
    """An identity number as kept: 18 places, or an old one of 15 digits. See ``identity.read_identity``."""
    return read_identity(text).number


def birth_date_of(person: Known) -> date | None:
    """The day of birth in the clear, where it is known. For comparing and for ``reveal_contact`` only."""
    return date.fromisoformat(decrypt(person.birth_date)) if person.birth_date else None
