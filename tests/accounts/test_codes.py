"""Residents log in by a one-time code: short-lived, few tries, throttled, and silent about who is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from cunlian.accounts import codes
from cunlian.accounts.codes import send_code
from cunlian.accounts.models import LoginCode, User
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Message
from cunlian.kernel.refusals import Forbidden, Invalid, TooMany
from cunlian.kernel.secrets import decrypt
from cunlian.people.actions import enter_with_code, register_person
from tests.cast import RESIDENT_PHONE, Cast

NOON = clock.at(date(2026, 7, 1), 12)
UNKNOWN = "13800001111"
pytestmark = pytest.mark.django_db

Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def noon(frozen_clock: Clock) -> None:
    frozen_clock(NOON)


def newest() -> str:
    return next(word for word in Message.objects.latest("id").body.replace("，", " ").split() if word[:6].isdigit())[:6]


def sent(phone: str = UNKNOWN, address: str = "10.0.0.1") -> str:
    send_code(phone, address=address)
    return newest()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_code_goes_to_the_phone_and_lets_in() -> None:
    code = sent("138 0000 1111")
    message = Message.objects.get()
    assert (decrypt(message.address), message.channel, len(code)) == (UNKNOWN, "sms", 6)
    user = enter_with_code(UNKNOWN, f" {code} ")
    assert user.is_resident and not user.has_usable_password()
    assert Activity.objects.filter(verb="accounts.entered_with_code", actor_id=user.pk).exists()


def test_neither_phone_nor_code_nor_address_is_kept_in_the_clear() -> None:
    code = sent()
    kept = str(LoginCode.objects.values().get()) + str(Activity.objects.values())
    assert not [
        secret for secret in (UNKNOWN, code, "10.0.0.1") if secret in kept.replace(str(LoginCode.objects.get().pk), "")
    ]


def test_same_phone_is_the_same_account_next_time(frozen_clock: Clock) -> None:
    first = enter_with_code(UNKNOWN, sent())
    frozen_clock(NOON + timedelta(hours=2))
    assert enter_with_code(UNKNOWN, sent()) == first


def test_code_works_once() -> None:
    code = sent()
    enter_with_code(UNKNOWN, code)
    with pytest.raises(Invalid):
        enter_with_code(UNKNOWN, code)


def test_code_is_good_for_ten_minutes(frozen_clock: Clock) -> None:
    code = sent()
    frozen_clock(NOON + timedelta(minutes=10))
    with pytest.raises(Invalid):
        enter_with_code(UNKNOWN, code)
    frozen_clock(NOON + timedelta(minutes=9, seconds=59))
    assert enter_with_code(UNKNOWN, code)


def test_five_wrong_tries_use_the_code_up() -> None:
    code = sent()
    for _n in range(5):
        with pytest.raises(Invalid):
            enter_with_code(UNKNOWN, wrong(code))
    with pytest.raises(Invalid):
        enter_with_code(UNKNOWN, code)


def test_four_wrong_tries_do_not() -> None:
    code = sent()
    for _n in range(4):
        with pytest.raises(Invalid):
            enter_with_code(UNKNOWN, wrong(code))
    assert enter_with_code(UNKNOWN, code)


def test_new_code_puts_the_old_one_out_of_use(frozen_clock: Clock) -> None:
    old = sent()
    frozen_clock(NOON + timedelta(minutes=2))
    new = sent()
    with pytest.raises(Invalid):
        enter_with_code(UNKNOWN, old if old != new else wrong(new))


def test_code_of_another_phone_does_not_fit() -> None:
    code = sent()
    sent("13800002222")
    with pytest.raises(Invalid):
        enter_with_code("13800002222", code if code != newest() else wrong(code))


def test_phone_is_not_pestered(frozen_clock: Clock) -> None:
    sent()
    with pytest.raises(TooMany) as refusal:
        sent(address="10.0.0.2")
    assert "12:01" in str(refusal.value)
    for n in range(1, 5):
        frozen_clock(NOON + timedelta(minutes=2 * n))
        sent(address=f"10.0.0.{n}")
    frozen_clock(NOON + timedelta(minutes=30))
    with pytest.raises(TooMany) as refusal:
        sent(address="10.0.0.9")
    assert "13:00" in str(refusal.value)
    frozen_clock(NOON + timedelta(minutes=61))
    sent()


def test_address_cannot_walk_through_phones() -> None:
    for n in range(10):
        sent(f"1380000{n:04d}")
    with pytest.raises(TooMany):
        sent("13800009999")
    sent("13800009999", address="10.0.0.2")


def test_known_and_unknown_phone_look_alike(cast: Cast) -> None:
    """The same answer, the same message, the same refusal: nobody learns who is registered."""
    answers = []
    for phone in (RESIDENT_PHONE, UNKNOWN):
        before = Message.objects.count()
        answers.append((send_code(phone, address=phone), Message.objects.count() - before))
        with pytest.raises(Invalid) as refusal:
            enter_with_code(phone, wrong(newest()))
        answers.append((str(refusal.value), refusal.value.field))
    assert answers[:2] == answers[2:]


def test_code_without_having_asked_is_the_same_refusal() -> None:
    with pytest.raises(Invalid) as refusal:
        enter_with_code(UNKNOWN, "123456")
    assert refusal.value.sentence == codes.WRONG


@pytest.mark.parametrize("phone", ["", "110", "abc", "1391234271", "139123427166"])
def test_what_is_no_phone_is_refused(phone: str) -> None:
    with pytest.raises(Invalid):
        sent(phone)
    assert not Message.objects.exists()


def test_account_is_joined_to_the_one_person_with_this_phone(cast: Cast) -> None:
    person = register_person(by=SYSTEM, place=cast.world.village, name="周福", phone=UNKNOWN)
    user = enter_with_code(UNKNOWN, sent())
    person.refresh_from_db()
    assert person.user == user


def test_shared_phone_joins_nobody(cast: Cast) -> None:
    for name in ("周福", "周禄"):
        register_person(by=SYSTEM, place=cast.world.village, name=name, phone=UNKNOWN)
    user = enter_with_code(UNKNOWN, sent())
    assert not hasattr(User.objects.get(pk=user.pk), "person")


def test_closed_account_does_not_open(cast: Cast) -> None:
    User.objects.filter(pk=cast.world.users["resident"].pk).update(is_active=False)
    with pytest.raises(Forbidden):
        enter_with_code(RESIDENT_PHONE, sent(RESIDENT_PHONE))


def test_old_codes_are_thrown_away(frozen_clock: Clock) -> None:
    sent()
    assert codes.forget_old(NOON + timedelta(hours=23)) == 0
    assert codes.forget_old(NOON + timedelta(hours=24)) == 1
    assert not LoginCode.objects.exists()
