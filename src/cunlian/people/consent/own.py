"""What a person does with their own file: read all of it, put right what is theirs to say."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.codes import prove_phone
from cunlian.kernel import clock, holdings, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.holdings import Held
from cunlian.kernel.models import Look
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people.actions.persons import put_right
from cunlian.people.away import CONTACT_AWAY
from cunlian.people.consent.questions import holds
from cunlian.people.models import Absence, Person

# What somebody looks for first; the rest follows domain by domain.
FIRST = ("person", "household", "user")
MOST_WORDS = 200


@transaction.atomic
def show_data(person: Person, *, by: Actor, purpose: str) -> list[Held]:
    """All that is held about the person. Read by the person it is no look; shown at the desk it is one, on their behalf,
    with ``purpose`` as its words."""
    require(by, "people.show_own_data", person)
    if by.person_id != person.pk:
        Look.objects.create(
            person_id=person.pk, actor_id=by.user_id, post_id=by.post_id, fields="all", purpose=purpose[:200],
            happened_at=clock.now(),
        )  # fmt: skip
        log.record(by, "people.data_shown", person)
    return sorted(holdings.tell(person.pk), key=lambda one: one.kind not in FIRST)


def correct_own(person: Person, *, by: Actor, phone: str, code: str) -> Person:
    """The phone is the person's to say, once it proved to be theirs with the ``code`` sent to it: answers go there, and
    another's number would keep that one from their own file. What is proven by papers (name, birth, identity number) goes
    by a wish."""
    require(by, "people.correct_own", person)
    prove_phone(phone, code)
    return _corrected(person, by, phone)


@transaction.atomic
def _corrected(person: Person, by: Actor, phone: str) -> Person:
    person = lock(person)
    changed = put_right(person, {"phone": phone})
    log.record(by, "people.person_corrected", person, changed=changed)
    return person


@transaction.atomic
def say_wishes(person: Person, *, by: Actor, back_in: str = "", ask_about: str = "") -> Person:
    """Of somebody away: when they come back, and what they want to be asked about, as they say it themself. Kept only while
    they agree to be contacted; empty takes back what was said."""
    person = lock(person)
    require(by, "people.say_wishes", person)
    row = person.absences.filter(ends_on=None).first()
    if row is None or not holds(person, CONTACT_AWAY):
        raise Conflict(_("This is kept of whoever is away and agreed to be asked. The village enters who is away."))
    if back_in not in Absence.Season.values:
        raise Invalid(_("Please choose one of those listed."), field="back_in")
    if len(ask_about.strip()) > MOST_WORDS:
        raise Invalid(_("This is too long. Please write less."), field="ask_about")
    change(row, back_in=back_in, ask_about=ask_about.strip())
    log.record(by, "people.wishes_said", person)
    return person
