"""Posts hear of instructions: the doer of what comes, the giver of what comes back, who stands between of what passed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.accounts.models import User
from cunlian.instructions import actions
from cunlian.instructions.models import Copy
from cunlian.instructions.states import State
from cunlian.kernel import clock, outbox, promises
from cunlian.kernel.models import Activity, Message, OutboxEntry
from cunlian.kernel.secrets import decrypt
from tests.instructions.conftest import Chain, chain

__all__ = ["chain"]
pytestmark = pytest.mark.django_db
GIVER, DOER = "county_leader", "village_cadre"


@pytest.fixture(autouse=True)
def addresses(chain: Chain) -> None:
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save(update_fields=["email"])


def told(verb: str) -> set[str]:
    """User names that heard of the last step of that verb."""
    outbox.run_due(clock.now() + timedelta(days=400))
    assert not OutboxEntry.objects.exclude(state=OutboxEntry.State.DONE).exists()
    key = str(Activity.objects.filter(verb=verb).latest("recorded_at").pk)
    rows = Message.objects.filter(key__startswith=key)
    return {decrypt(bytes(row.address)).split("@")[0] for row in rows}


def test_an_instruction_sent_is_heard_by_its_doer_and_by_whoever_it_passed_over(chain: Chain) -> None:
    copy = chain.copy()
    assert told("instructions.sent") == {DOER, "village_head", "area_staff", "township_head"}
    assert Message.objects.filter(body__contains=f"/desk/instructions/copies/{copy.pk}/").count() == 4


def test_what_comes_back_is_heard_by_the_giver_alone(chain: Chain) -> None:
    for state, verb in (
        (State.RETURNED, "instructions.returned"), (State.EXTENSION_ASKED, "instructions.extension_asked"),
        (State.DONE, "instructions.completed"),
    ):  # fmt: skip
        chain.in_state(state)
        assert told(verb) == {GIVER}


def test_a_settled_one_is_heard_by_the_post_that_has_it_now(chain: Chain) -> None:
    chain.redirect(chain.in_state(State.RETURNED))
    assert told("instructions.redirected") == {"village_head"}
    actions.uphold_copy(chain.in_state(State.RETURNED), by=chain.cast.county_leader, text="归你们。")
    assert told("instructions.upheld") == {DOER}
    actions.supervise_copy(chain.in_state(State.SIGNED), by=chain.cast.county_leader, text="急。")
    assert told("instructions.supervised") == {DOER}
    actions.send_back_copy(chain.in_state(State.DONE), by=chain.cast.county_leader, text="少一组。")
    assert told("instructions.sent_back") == {DOER}


def test_a_late_one_is_heard_one_above_at_a_time(chain: Chain) -> None:
    copy = chain.in_state(State.SIGNED)
    with clock.set_to(copy.promise.due_at + timedelta(minutes=1)):  # type: ignore[union-attr]
        assert promises.climb(clock.now()) == 1
        assert told("promises.late") == {"village_head"}
    assert Copy.objects.overdue(copy.promise.due_at + timedelta(minutes=1)).count() == 1  # type: ignore[union-attr]
