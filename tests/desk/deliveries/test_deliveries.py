"""The page of failures: what failed and why, tried again by administrators; nothing about anybody."""

from __future__ import annotations

import pytest

from cunlian.accounts.actions import retry_delivery
from cunlian.desk.deliveries.tables import REACTIONS
from cunlian.flows import wiring
from cunlian.kernel import clock, messages
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity, Message, OutboxEntry
from cunlian.kernel.refusals import Forbidden
from tests.desk.conftest import Desk, Enter, soup

URL = "/desk/deliveries/"
PHONE, WORDS = "13512342799", "张桂兰的路灯修好了"


@pytest.fixture
def failed(desk: Desk) -> tuple[OutboxEntry, Message]:
    desk.report("灯坏了。")
    row = Activity.objects.order_by("recorded_at").last()
    assert row is not None
    entry = OutboxEntry.objects.create(
        activity_id=row.pk, reaction="notify_holder", state="failed", attempts=6, try_at=clock.now(), error="Timeout"
    )
    message = messages.queue(key=f"t:{uuid7()}", channel="sms", address=PHONE, subject="", body=WORDS)
    Message.objects.filter(pk=message.pk).update(state="failed", attempts=6, error="gateway refused")
    return entry, message


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_names_the_fault_and_shows_no_address_and_no_text(
    desk: Desk, enter: Enter, failed: object, language: str
) -> None:
    page = soup(enter(desk.cast.administrator).get(URL, HTTP_ACCEPT_LANGUAGE=language)).text

    assert "notify_holder" in page and "Timeout" in page and "gateway refused" in page
    assert PHONE not in page and WORDS not in page


def test_an_administrator_has_both_tried_again_and_the_log_says_so(
    desk: Desk, enter: Enter, failed: tuple[OutboxEntry, Message]
) -> None:
    client, (entry, message) = enter(desk.cast.administrator), failed

    assert client.post(f"{URL}reactions/{entry.pk}/retry/").status_code == 302
    assert client.post(f"{URL}messages/{message.pk}/retry/").status_code == 302
    entry.refresh_from_db()
    message.refresh_from_db()
    assert (entry.state, entry.attempts, message.state, message.attempts) == ("waiting", 0, "waiting", 0)
    rows = Activity.objects.filter(verb="deliveries.retried", actor_id=desk.cast.administrator.user_id)
    assert rows.count() == 2


def test_a_second_press_is_answered_in_words_and_does_nothing(
    desk: Desk, enter: Enter, failed: tuple[OutboxEntry, Message]
) -> None:
    client, (entry, _message) = enter(desk.cast.administrator), failed
    client.post(f"{URL}reactions/{entry.pk}/retry/")
    page = client.post(f"{URL}reactions/{entry.pk}/retry/", follow=True)

    assert "tried again already" in soup(page).text
    assert Activity.objects.filter(verb="deliveries.retried").count() == 1


def test_every_wired_reaction_has_words() -> None:
    assert {name for _verb, name, _function in wiring.REACTIONS} == set(REACTIONS)


def test_no_code_stands_where_a_word_is_read(desk: Desk, enter: Enter, failed: tuple[OutboxEntry, Message]) -> None:
    OutboxEntry.objects.filter(pk=failed[0].pk).update(reaction="tell_ladder")
    page = soup(enter(desk.cast.administrator).get(URL, HTTP_ACCEPT_LANGUAGE="zh-hans")).text

    assert "tell_ladder" not in page and "sms" not in page and "短信" in page


@pytest.mark.parametrize(
    ("who", "sees"), [("county_staff", 200), ("auditor", 200), ("township_staff", 403), ("stranger", 403)]
)
def test_others_may_look_at_most(
    desk: Desk, enter: Enter, failed: tuple[OutboxEntry, Message], who: str, sees: int
) -> None:
    client = enter(getattr(desk.cast, who))

    assert client.get(URL).status_code == sees
    assert client.post(f"{URL}messages/{failed[1].pk}/retry/").status_code == 403


def test_what_does_not_stand_still_is_left_alone(desk: Desk, failed: tuple[OutboxEntry, Message]) -> None:
    entry = failed[0]
    with pytest.raises(Forbidden):
        retry_delivery(entry, by=desk.cast.county_staff)
    OutboxEntry.objects.filter(pk=entry.pk).update(state="done")
    retry_delivery(entry, by=desk.cast.administrator)

    entry.refresh_from_db()
    assert (entry.state, entry.attempts) == ("done", 6)
    assert not Activity.objects.filter(verb="deliveries.retried").exists()
