"""After deletion every table is walked: nothing is left but what law keeps, masked. New tables are found by their models."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.db import models

from cunlian.cases.models import Case
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.holdings import tell
from cunlian.kernel.secrets import decrypt, encrypt
from cunlian.people import actions
from cunlian.people.models import HouseholdSuccession, Person
from tests.cast import RESIDENT_PHONE, Cast
from tests.rows import Rows, links_to_person, ours
from tests.traces import find_traces

NAME = "张桂兰"
ID_NUMBER = "610902195606150027"
WORDS = f"{NAME}说，电话{RESIDENT_PHONE}"

# What still points at the file of somebody who has no name any more, and which law or need keeps it.
KEPT = {
    "Posting.person_id": "who held a public post on which day is on record; what was done there was done by the post",
    "Candidate.person_id": "who was elected is on record (村民委员会组织法 Art. 39); who was not is forgotten",
    "Consent.person_id": "proof that and when somebody was asked, three years (民法典 Art. 188)",
    "DataRequest.person_id": "proof that the wish was answered in time (个人信息保护法 Art. 50)",
    "Look.person_id": "proof of who looked, without the words written with it",
}
# What the person is not told by the tellers, and why.
NOT_TOLD = {
    "look": "a page of its own: who looked, and why",
    "person_merge": "that two files were found to be one: what they held is told as one",
    "person_pair": "that two files look alike and were told apart: it names somebody else",
}


@pytest.fixture
def person(cast: Cast) -> Person:
    person = cast.world.persons["resident"]
    Person.objects.filter(pk=person.pk).update(id_number=encrypt(ID_NUMBER))
    person.refresh_from_db()
    return person


@pytest.fixture
def rows(person: Person) -> Rows:
    rows = Rows(WORDS)
    rows.about(person)
    return rows


def _sealed(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, models.BinaryField)]


def _opened(value: Any) -> str:
    try:
        return decrypt(value) if value else ""
    except InvalidTag:
        return ""


def sealed_traces(*values: str) -> set[str]:
    """As ``find_traces``, in what is sealed."""
    return {
        f"{model.__name__}.{name}"
        for model in ours()
        for name in _sealed(model)
        for kept in model._base_manager.values_list(name, flat=True)
        if any(value in _opened(kept) for value in values)
    }


def _linked(person: Person) -> set[str]:
    return {
        f"{model.__name__}.{link}"
        for model in ours()
        for link in links_to_person(model)
        if model._base_manager.filter(**{link: person.pk}).exists()
    }


def test_there_is_a_row_of_every_table_that_points_at_a_person(person: Person, rows: Rows) -> None:
    wanted = {f"{model.__name__}.{link}" for model in ours() for link in links_to_person(model)}
    assert wanted - _linked(person) == set(), f"name in tests/rows.py what these need: {rows.failed}"


@pytest.mark.usefixtures("rows")
def test_nothing_is_left_but_what_law_keeps_masked(person: Person) -> None:
    secrets = (NAME, RESIDENT_PHONE, ID_NUMBER)
    assert find_traces(NAME) and sealed_traces(*secrets), "the search finds them as long as they are there"
    actions.erase_person(person, by=SYSTEM)
    assert _linked(person) - set(KEPT) == set(), "erase it (kernel.erasure), or name in KEPT what keeps it"
    assert find_traces(*secrets) == set()
    assert sealed_traces(*secrets) == set()
    assert find_traces(person.phone_digest) == set()


@pytest.mark.usefixtures("rows")
def test_the_person_is_told_of_every_table(person: Person) -> None:
    kinds = {getattr(model, "KIND", "") or "look" for model in ours() if any(links_to_person(model))}
    told = {held.kind for held in tell(person.pk)}
    assert kinds - told - set(NOT_TOLD) == set(), "tell it (kernel.holdings), or name in NOT_TOLD why not"


@pytest.mark.usefixtures("rows")
def test_nobody_erased_is_told_anything_of_themself(person: Person) -> None:
    actions.erase_person(person, by=SYSTEM)
    told = tell(person.pk)
    assert not [
        value for held in told for _label, value in held.facts if NAME in str(value) or RESIDENT_PHONE in str(value)
    ]


@pytest.mark.usefixtures("rows")
def test_the_language_chosen_for_messages_goes_too(person: Person) -> None:
    Case.objects.filter(reporter=person).update(language="en")
    actions.erase_person(person, by=SYSTEM)
    assert not Case.objects.filter(language="en").exists()


def test_why_the_joining_of_their_household_was_undone_goes_and_that_it_was_stays(person: Person) -> None:
    assert person.household
    joined = HouseholdSuccession.objects.create(
        from_household=person.household, to_household=person.household, how=HouseholdSuccession.How.JOINED,
        day=clock.today(), undone_on=clock.today(), undone_because=f"{NAME}不同意",
    )  # fmt: skip
    actions.erase_person(person, by=SYSTEM)

    joined.refresh_from_db()
    assert joined.undone_on and NAME not in joined.undone_because
