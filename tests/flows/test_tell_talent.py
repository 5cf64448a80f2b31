"""Who would like to come home, or to be a partner, hears of the steps that concern them by text message."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.kernel import clock, outbox
from cunlian.kernel.models import Message, OutboxEntry
from cunlian.kernel.secrets import decrypt
from cunlian.talent.coming_home import actions as home_actions
from cunlian.talent.partners import actions as partner_actions
from cunlian.talent.taking import Told
from tests.talent.coming_home.conftest import NAME, PHONE, Desk, Home, desk, district, home
from tests.talent.partners.conftest import PHONE as PARTNER
from tests.talent.partners.conftest import Partners, partners

__all__ = ["Desk", "desk", "district", "home", "partners"]
pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Phone and words of every message, in the order of the steps."""
    outbox.run_due(clock.now() + timedelta(days=400))
    assert not OutboxEntry.objects.exclude(state=OutboxEntry.State.DONE).exists()
    rows = Message.objects.filter(channel="sms").order_by("pk")
    return [(decrypt(bytes(row.address)), row.body) for row in rows]


def test_somebody_on_the_way_home_hears_of_receipt_decision_and_end(home: Home) -> None:
    path = home.talk(home.begin(told=Told(NAME, PHONE, language="en", agreed=True)))
    home.decide(home.ask(path))
    home_actions.stop(path, by=home.cast.village_cadre, reason="elsewhere", words="去了别处")
    found = told()
    assert [phone for phone, _body in found] == [PHONE] * 3
    assert all(
        f"receipt={path.receipt}" in body and NAME not in body and "去了别处" not in body for _phone, body in found
    )
    assert "receipt" in found[0][1] and "decided" in found[1][1] and "no further" in found[2][1]


def test_without_a_phone_or_once_erased_nobody_is_told(home: Home) -> None:
    home.begin(told=Told(NAME, contact_note="问我三叔", agreed=True))
    path = home.begin()
    home_actions.take_back(path, by=home.person(path))
    assert told() == []


def test_an_applicant_hears_that_it_came_and_how_it_was_decided(partners: Partners) -> None:
    partners.take(partners.reviewed(partners.apply()))
    refused = partners.reviewed(partners.apply(by=partners.cast.village_cadre.for_("phone")), words=(False,))
    partner_actions.decline(refused, by=partners.cast.village_head, answer="名额已满。")
    found = told()
    assert [phone for phone, _body in found] == [PARTNER] * 4
    assert not [body for _phone, body in found if "合适" in body or "名额" in body]
