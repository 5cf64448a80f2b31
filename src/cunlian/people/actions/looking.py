"""Looking at what is masked: each look is for a purpose, is written down, and the person reads it."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Invalid, Refusal
from cunlian.kernel.secrets import blind, normalise_phone
from cunlian.people.contact import Contact, full_contact
from cunlian.people.identity import read_identity
from cunlian.people.looks import check_purpose, look
from cunlian.people.models import Person

MOST = 20


@transaction.atomic
def reveal_contact(person: Person, *, by: Actor, purpose: str, about: models.Model | None = None) -> Contact:
    """Full name, phone, identity number and day of birth, for a purpose that the person will read. ``about``: the record
    at hand."""
    require(by, "people.reveal", person)
    look(person, by, "name,phone,id_number", check_purpose(purpose), about)
    log.record(by, "people.contact_revealed", person)
    return full_contact(person)


@transaction.atomic
def find_persons(text: str, *, by: Actor, purpose: str) -> list[Person]:
    """Whose phone or identity number this is, at most 20, in ``by``'s territory. Whoever is found reads that they were
    looked for, and why."""
    require(by, "people.find")
    purpose = check_purpose(purpose)
    field, digest = _digest(text)
    persons = Person.objects.visible_to(by).living_file().filter(**{f"{field}_digest": digest}).for_list()
    found = list(persons[:MOST])
    for person in found:
        look(person, by, "phone" if field == "phone" else "id_number", purpose)
        log.record(by, "people.found", person)
    return found


def _digest(text: str) -> tuple[str, str]:
    """What the text can be: an identity number or a phone."""
    try:
        return "id", blind(read_identity(text).whole)
    except Refusal:
        pass
    try:
        return "phone", blind(normalise_phone(text))
    except Refusal:
        raise Invalid(
            _("This is neither a whole phone number nor an identity number. Please check the digits."), field="text"
        ) from None
