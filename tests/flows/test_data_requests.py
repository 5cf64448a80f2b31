"""Whoever asked about their own data hears by text message that the answer is there, never what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Message
from cunlian.kernel.secrets import decrypt, encrypt
from cunlian.people.consent.requests import Wish, ask_request, fulfil_request, refuse_request
from cunlian.people.models import DataRequest, Person
from tests.cast import Cast
from tests.flows.test_notify import react

PHONE, ANSWER = "13512342799", "按居民户口簿改为1957年。"
Answer = Callable[[DataRequest], DataRequest]
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cast: Cast) -> Person:
    person = cast.world.persons["resident"]
    Person.objects.filter(pk=person.pk).update(phone=encrypt(PHONE))
    return person


def _told() -> list[tuple[str, str]]:
    react()
    found = Message.objects.filter(channel="sms")
    return [(decrypt(bytes(message.address)), message.body) for message in found]


@pytest.mark.parametrize("answer", [fulfil_request, refuse_request])
def test_the_person_is_told_once_where_to_read_it_and_not_what_it_says(
    cast: Cast, person: Person, answer: Callable[..., DataRequest]
) -> None:
    asked = ask_request(person, by=cast.resident, wish=Wish.CORRECT, words="出生年份登记错了")
    answer(asked, by=cast.township_staff, answer=ANSWER)

    ((address, text),) = _told()
    assert address == PHONE and "/mine/data/" in text and ANSWER not in text
    assert len(_told()) == 1


def test_nobody_without_a_phone_is_written_to(cast: Cast) -> None:
    person = cast.world.persons["resident"]
    Person.objects.filter(pk=person.pk).update(phone=b"")
    refuse_request(ask_request(person, by=SYSTEM, wish=Wish.DELETE), by=cast.township_staff, answer=ANSWER)

    assert _told() == []


def test_of_whoever_was_deleted_nothing_is_written_anywhere(cast: Cast, person: Person) -> None:
    fulfil_request(ask_request(person, by=cast.resident, wish=Wish.DELETE), by=cast.township_staff)

    assert _told() == []
