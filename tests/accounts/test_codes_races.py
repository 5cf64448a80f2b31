"""Many who ask for a code in the same moment are counted one after the other."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from cunlian.accounts import codes
from cunlian.accounts.models import CodeAsker, LoginCode
from cunlian.kernel import clock
from cunlian.kernel.models import Message
from cunlian.kernel.refusals import TooMany

pytestmark = pytest.mark.django_db(transaction=True)
NOON = clock.at(date(2026, 7, 1), 12)


def ask(phone: str, address: str, at: datetime = NOON) -> None:
    with clock.set_to(at):
        codes.send_code(phone, address=address)


def ask_at_once(asks: list[tuple[str, str]], at: datetime = NOON) -> list[str]:
    """Each (phone, address) asks in a thread of its own, all at one moment, so that no limit runs out while they wait for
    one another; what came of it, sorted: refused or sent."""
    gate, told = threading.Barrier(len(asks)), list[str]()

    def one(phone: str, address: str) -> None:
        try:
            gate.wait(timeout=30)
            ask(phone, address, at)
            told.append("sent")
        except TooMany:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=said) for said in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_one_phone_asking_eight_times_at_once_gets_one_code() -> None:
    told = ask_at_once([("13800001111", f"10.0.0.{n}") for n in range(8)])
    assert told == ["refused"] * 7 + ["sent"]
    assert LoginCode.objects.count() == Message.objects.count() == 1


def test_one_address_asking_for_many_phones_at_once_stays_within_its_limit() -> None:
    for n in range(7):
        ask(f"1390000{n:04d}", "10.0.0.1")
    told = ask_at_once([(f"1380000{n:04d}", "10.0.0.1") for n in range(8)], NOON + timedelta(minutes=2))
    assert told == ["refused"] * 5 + ["sent"] * 3
    assert LoginCode.objects.count() == 10


def test_who_asked_is_forgotten_after_a_day() -> None:
    ask("13800001111", "10.0.0.1")
    codes.forget_old(NOON + timedelta(hours=23))
    assert CodeAsker.objects.count() == 2
    codes.forget_old(NOON + timedelta(hours=24))
    assert not CodeAsker.objects.exists()
