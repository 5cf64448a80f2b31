"""A wish about one's own data goes to the first office up the chain that may decide on it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.chain import chain_for
from cunlian.people.consent.requests import ask_request
from cunlian.people.models import DataRequest, Person
from cunlian.people.models.requests import DECIDERS


@transaction.atomic
def ask_about_data(person: Person, *, by: Actor, wish: str, words: str = "") -> DataRequest:
    """As ``people.consent.requests.ask_request``, owed by the post that answers for the person's village."""
    return ask_request(person, by=by, wish=wish, words=words, owner_id=_office(person))


def _office(person: Person) -> UUID | None:
    if person.place is None:
        return None
    chain = chain_for(person.place, clock.today())
    return next((link.post.pk for link in chain if link.post and link.holder and link.post.role in DECIDERS), None)
