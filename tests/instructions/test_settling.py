"""From signing to the end: more time, what is sent back and settled, urging, checking, lapsing; hops and working hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from cunlian.instructions import actions
from cunlian.instructions.models import Copy
from cunlian.instructions.states import State
from cunlian.instructions.timeline import steps
from cunlian.instructions.worktime import minutes_between
from cunlian.kernel import clock
from cunlian.kernel.models import Activity, Attachment
from cunlian.kernel.refusals import Forbidden, IllegalMove, Invalid, Refusal
from tests.instructions.conftest import Chain, pdf, working_day

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 6, 5)
Freeze = Callable[[datetime], None]


def test_working_time_leaves_out_nights_and_weekends() -> None:
    friday, monday = FRIDAY, date(2026, 6, 8)
    assert minutes_between(clock.at(friday, 16, 30), clock.at(monday, 9, 0)) == 60 + 30
    assert minutes_between(clock.at(friday, 20), clock.at(date(2026, 6, 7), 23)) == 0
    assert minutes_between(clock.at(monday, 9), clock.at(friday, 9)) == 0


def test_signing_stops_the_count_from_giver_to_doer(chain: Chain, frozen_clock: Freeze) -> None:
    frozen_clock(clock.at(FRIDAY, 16, 30))
    copy = chain.copy()
    frozen_clock(clock.at(date(2026, 6, 8), 9))
    signed = actions.sign_copy(copy, by=chain.doer(copy))
    assert (signed.minutes_to_sign, signed.hops) == (90, 1)


def test_a_number_comes_back_as_a_number_and_a_file_as_a_file(chain: Chain) -> None:
    number, paper = (chain.in_state(State.SIGNED, return_kind=kind) for kind in ("number", "file"))
    for copy, field in ((number, "number"), (paper, "uploads")):
        with pytest.raises(Invalid) as refused:
            chain.complete(copy, number=None)
        assert refused.value.field == field
    with pytest.raises(Invalid):
        chain.complete(number, text=" ")
    assert chain.complete(number).number == 37
    done = chain.complete(paper, uploads=[pdf()])
    assert done.number is None and Attachment.objects.about(done).count() == 1
    assert chain.again(done).promise.proof_id == done.remarks.get().pk  # type: ignore[union-attr]


def test_more_time_is_granted_by_the_giver_and_never_past_the_end(chain: Chain) -> None:
    due = working_day(5)
    copy = chain.in_state(State.EXTENSION_ASKED, due_on=due, ends_on=due)
    with pytest.raises(Invalid, match="past the end"):
        actions.grant_extension(copy, by=chain.cast.county_leader)
    other = chain.in_state(State.EXTENSION_ASKED)
    before = other.promise.due_at  # type: ignore[union-attr]
    actions.grant_extension(other, by=chain.cast.county_leader)
    after = chain.again(other)
    assert after.state == State.SIGNED and after.promise.due_at > before  # type: ignore[union-attr]
    assert Activity.objects.filter(verb="instructions.extension_granted").get().changed["working_days"] == [None, 2]


@pytest.mark.parametrize("days", [0, 31])
def test_more_time_is_asked_in_bounds(chain: Chain, days: int) -> None:
    copy = chain.in_state(State.SIGNED)
    with pytest.raises(Invalid) as refused:
        actions.ask_extension(copy, by=chain.doer(copy), working_days=days, text="要等雨停。")
    assert refused.value.field == "working_days"


def test_what_is_sent_back_goes_to_another_post_one_hop_further(chain: Chain, frozen_clock: Freeze) -> None:
    frozen_clock(clock.at(date(2026, 6, 8), 9))
    copy = chain.copy()
    actions.return_copy(copy, by=chain.doer(copy), text="这归主任。")
    frozen_clock(clock.at(date(2026, 6, 9), 9))
    moved = chain.redirect(copy)
    assert (moved.hops, moved.state) == (2, State.SENT)
    head = chain.cast.village_head
    assert head.post_id == moved.post_id
    with pytest.raises(Forbidden):
        actions.sign_copy(copy, by=chain.cast.village_cadre)
    signed = actions.sign_copy(copy, by=head)
    assert signed.minutes_to_sign == 9 * 60  # from the giver's sending, not from the second post's
    assert chain.again(copy).promise.owner_id == moved.post_id  # type: ignore[union-attr]


def test_the_day_it_was_with_nobody_does_not_count(chain: Chain, frozen_clock: Freeze) -> None:
    frozen_clock(clock.at(date(2026, 6, 8), 9))
    copy = chain.copy()
    before = copy.promise.due_at  # type: ignore[union-attr]
    actions.return_copy(copy, by=chain.doer(copy), text="不归我们。")
    frozen_clock(clock.at(date(2026, 6, 9), 9))
    upheld = actions.uphold_copy(copy, by=chain.cast.county_leader, text="职责清单第三条。")
    again = chain.again(upheld)
    assert (upheld.state, upheld.hops, upheld.returns) == (State.SENT, 1, 1)
    assert again.promise.due_at > before and again.sign_promise.state == "open"  # type: ignore[union-attr]


def test_it_is_not_given_to_who_just_sent_it_back_nor_upward_nor_twice(chain: Chain) -> None:
    world = chain.cast.world
    copy = chain.in_state(State.RETURNED, by=chain.cast.county_leader)
    for post in ("village_cadre", "county_leader", "stranger"):
        with pytest.raises(Invalid) as refused:
            actions.redirect_copy(copy, by=chain.cast.county_leader, to=world.posts[post])
        assert refused.value.field == "to"
    both = chain.send(posts=(world.posts["village_head"],)).copies.get(post=world.posts["village_cadre"])
    actions.return_copy(both, by=chain.cast.village_cadre, text="不归我们。")
    with pytest.raises(Invalid, match="already"):
        chain.redirect(both)


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (State.RETURNED, actions.uphold_copy), (State.SENT, actions.withdraw_copy), (State.DONE, actions.send_back_copy),
        (State.SIGNED, actions.supervise_copy), (State.EXTENSION_ASKED, actions.refuse_extension),
    ],
)  # fmt: skip
def test_whoever_decides_against_gives_the_reason(chain: Chain, state: State, action: Callable[..., Copy]) -> None:
    copy = chain.in_state(state)
    with pytest.raises(Refusal) as refused:
        action(copy, by=chain.cast.county_leader, text="  ")
    assert refused.value.field == "text"
    action(copy, by=chain.cast.county_leader, text="理由在此。")
    assert steps(copy)[-1].words == "理由在此。" and "理由" not in str(Activity.objects.last())


def test_urging_is_a_dated_step_with_its_reason(chain: Chain) -> None:
    copy = chain.in_state(State.SIGNED)
    urged = actions.supervise_copy(copy, by=chain.cast.township_head, text="汛期前要完。")
    assert (urged.supervised, urged.state) == (1, State.SIGNED) and urged.supervised_at
    last = steps(copy)[-1]
    assert (last.verb.code, last.post) == ("instructions.supervised", chain.cast.world.posts["township_head"])


def test_a_record_sent_back_is_owed_again(chain: Chain) -> None:
    copy = actions.send_back_copy(chain.in_state(State.DONE), by=chain.cast.county_leader, text="少了三组。")
    assert copy.state == State.SIGNED and copy.number is None and copy.done_at is None
    chain.complete(copy, number=41)
    assert chain.again(copy).number == 41


def test_what_is_not_done_by_its_end_lapses_by_itself(chain: Chain) -> None:
    open_one, done = chain.in_state(State.SIGNED), chain.in_state(State.DONE)
    end = open_one.instruction.ends_on
    assert actions.lapse_due(clock.at(end, 23)) == 0
    with pytest.raises(IllegalMove):
        actions.lapse_copy(open_one)
    with clock.set_to(clock.at(end + timedelta(days=1), 1)):
        assert actions.lapse_due(clock.now()) == 1
    assert chain.again(open_one).state == State.LAPSED and chain.again(done).state == State.DONE
    assert chain.again(open_one).promise.state == "released"  # type: ignore[union-attr]


def test_the_timeline_tells_every_step_with_its_post(chain: Chain) -> None:
    copy = chain.in_state(State.RETURNED)
    chain.redirect(copy)
    told = [(step.verb.code.split(".")[1], step.words) for step in steps(copy)]
    assert told == [("sent", ""), ("returned", "不归我们管。"), ("redirected", "归主任。")]
    assert steps(copy)[-1].to == chain.cast.world.posts["village_head"]
