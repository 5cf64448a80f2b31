"""How often mentor and mentees meet: owed by a post when the day has come, kept by a meeting, over when the mentoring is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import PromiseState
from cunlian.kernel.records import ref
from cunlian.kernel.refusals import Conflict, Forbidden, IllegalMove, Invalid
from cunlian.people.actions import erase_person
from cunlian.talent.mentoring import actions
from cunlian.talent.mentoring.promises import MEETING
from cunlian.talent.mentoring.rhythm import next_meeting
from cunlian.talent.mentoring.sweep import call_meetings
from cunlian.talent.models import Mentoring
from tests.talent.mentoring.conftest import Garden

OWED, KEPT, RELEASED = PromiseState.OPEN, PromiseState.KEPT, PromiseState.RELEASED


def fresh(one: Mentoring) -> Mentoring:
    return Mentoring.objects.for_list().get(pk=one.pk)


def owed(garden: Garden, **said: object) -> Mentoring:
    """A pair that meets every month, begun sixty days ago, and never met."""
    one = garden.mentoring(every_months=1, **said)  # type: ignore[arg-type]
    assert call_meetings(clock.now()) == 1
    return fresh(one)


def test_they_meet_every_so_many_months_and_once_more_as_the_term_ends() -> None:
    ends = date(2026, 12, 31)
    assert next_meeting(date(2026, 8, 31), 1, ends) == date(2026, 9, 30)
    assert next_meeting(date(2026, 11, 15), 3, ends) == ends
    assert next_meeting(ends, 3, ends) is None


def test_a_meeting_is_owed_by_the_mentors_post_within_ten_working_days_of_its_day(garden: Garden) -> None:
    one = garden.mentoring(every_months=3)
    assert call_meetings(clock.now()) == 0
    with clock.set_to(clock.now() + timedelta(days=60)):
        assert (call_meetings(clock.now()), call_meetings(clock.now())) == (1, 0)
        promise = fresh(one).promise
        assert promise is not None and promise.promise_kind == MEETING
        assert promise.owner_id == garden.cast.world.posts["township_head"].pk
        assert promise.due_at == clock.add_working_days(clock.now(), 10).due


def test_where_the_mentor_is_no_post_the_one_that_answers_for_the_village_owes_it(garden: Garden) -> None:
    one = owed(garden, expert="市果业站高级农艺师")
    assert one.promise and one.promise.owner_id == garden.cast.world.posts["village_cadre"].pk


def test_a_meeting_keeps_it_and_one_of_long_ago_entered_late_does_not(garden: Garden) -> None:
    one, by = owed(garden), garden.cast.village_cadre
    actions.note_meeting(one, by=by, held_on=clock.today() - timedelta(days=50), agreed="先看账")
    assert (promise := fresh(one).promise) and promise.state == OWED
    met = actions.note_meeting(one, by=by, held_on=clock.today(), agreed="下周一起开小组会")
    promise.refresh_from_db()
    assert (promise.state, (promise.proof_kind, promise.proof_id)) == (KEPT, ref(met))
    assert fresh(one).meet_next_on == next_meeting(clock.today(), 1, one.ends_on)
    with clock.set_to(clock.now() + timedelta(days=32)):
        assert call_meetings(clock.now()) == 1


@pytest.mark.parametrize("how", ["completed", "broken off"])
def test_nobody_owes_a_meeting_of_a_mentoring_that_ended(garden: Garden, how: str) -> None:
    one, by = owed(garden), garden.cast.village_cadre
    if how == "completed":
        actions.complete_mentoring(one, by=by, result="账目自己会做了")
    else:
        actions.break_off(one, by=by)
    one = fresh(one)
    assert one.promise and (one.promise.state, one.promise.release_reason, one.meet_next_on) == (
        RELEASED,
        "ended",
        None,
    )
    with clock.set_to(clock.now() + timedelta(days=400)):
        assert call_meetings(clock.now()) == 0
    with pytest.raises(Conflict):
        actions.agree_rhythm(one, by=by, every_months=2)
    with pytest.raises(IllegalMove):
        actions.call_meeting(one, by=SYSTEM)


def test_another_rhythm_counts_from_the_last_meeting_and_lifts_what_only_the_old_one_asked(garden: Garden) -> None:
    one, by = owed(garden), garden.cast.village_cadre
    for wrong in (0, 13):
        with pytest.raises(Invalid):
            actions.agree_rhythm(one, by=by, every_months=wrong)
    actions.agree_rhythm(one, by=by, every_months=6)
    one = fresh(one)
    assert one.promise and one.promise.state == RELEASED
    assert one.meet_next_on == next_meeting(one.starts_on, 6, one.ends_on)


def test_the_mentors_post_notes_what_it_owes_wherever_it_lies_and_others_do_not(garden: Garden) -> None:
    cast = garden.cast
    one = owed(garden, mentor_post=cast.world.posts["county_leader"])
    assert Mentoring.objects.visible_to(cast.county_leader).get() == one
    actions.note_meeting(one, by=cast.county_leader, held_on=clock.today(), agreed="先看账")
    assert (promise := fresh(one).promise) and promise.state == KEPT
    other = garden.mentoring(garden.school.farmer())
    for actor in (cast.county_leader, cast.neighbour_cadre, cast.grid_worker, cast.auditor):
        with pytest.raises(Forbidden):
            actions.note_meeting(other, by=actor, held_on=clock.today(), agreed="先看账")


def test_where_the_only_mentee_was_erased_no_meeting_is_owed_until_somebody_comes(garden: Garden) -> None:
    farmer = garden.school.farmer()
    one = garden.mentoring(farmer, kind="skill", every_months=1)
    call_meetings(clock.now())
    erase_person(farmer, by=SYSTEM)
    one = fresh(one)
    assert one.promise and (one.promise.state, one.meet_next_on) == (RELEASED, None)
    actions.add_mentee(one, by=garden.cast.village_cadre, person=garden.school.farmer("钱有粮"))
    assert fresh(one).meet_next_on is not None
