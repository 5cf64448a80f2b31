"""Visits are service notes: written from one's own post, read by it and by the people they are about, gone after a year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.flows.visits import report_from_visit
from cunlian.kernel import clock, threads
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.holdings import tell
from cunlian.kernel.models import Activity, PromiseState, ThreadLink
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.models import Capacity, VisitMember, VisitNote
from cunlian.organisations.visits.actions import erase_visits, follow_up, note_visit
from cunlian.organisations.visits.needs import AGREED, NEED, OWED, due_visits
from cunlian.people.actions import erase_person, register_person
from cunlian.people.consent import give
from cunlian.people.consent.circumstances import name_viewer, note_circumstance
from cunlian.people.models import Person
from tests.cases.conftest import Desk, desk, district
from tests.cast import Cast
from tests.traces import find_traces

__all__ = ["desk", "district"]
DAY = timedelta(days=1)
HEARD = "屋后水沟堵了，张桂兰说下雨进水。"


def note(cast: Cast, name: str = "grid_worker", **said: Any) -> VisitNote:
    said.setdefault("household", cast.world.household)
    said.setdefault("heard", HEARD)
    said.setdefault("visited_on", clock.today())
    return note_visit(by=getattr(cast, name), post=cast.world.posts[name], **said)


def neighbour(cast: Cast, name: str = "罗大山") -> Person:
    home = cast.world.household
    return register_person(by=SYSTEM, place=home.place, name=name, household=home)


def told(person: Person) -> list[str]:
    return [value for held in tell(person.pk) if held.kind == "visit_member" for _label, value in held.facts]


def test_a_note_holds_no_word_in_the_clear_and_the_log_none(cast: Cast) -> None:
    one = note(cast, follows="三天内清沟")
    assert one.words.heard == HEARD and one.words.follows == "三天内清沟"
    assert find_traces(HEARD) == set() and not Activity.objects.filter(changed__icontains="水沟").exists()
    assert one.duty and one.duty.capacity == Capacity.GRID_WORKER and one.kept_until > clock.today()


def test_it_is_written_from_ones_own_post_where_it_works(cast: Cast) -> None:
    world = cast.world
    with pytest.raises(Forbidden):
        note_visit(
            by=cast.grid_worker, post=world.posts["village_cadre"], household=world.household, heard="x",
            visited_on=clock.today(),
        )  # fmt: skip
    for name in ("neighbour_worker", "mediator", "dispatcher"):
        with pytest.raises(Forbidden):
            note(cast, name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"heard": " "}, {"household": None}, {"visited_on": 1}, {"visited_on": -60}, {"again_on": 0}, {"promise_days": 3},
        {"promise_days": 0, "follows": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(cast: Cast, wrong: dict[str, Any]) -> None:
    days = {name: clock.today() + value * DAY for name, value in wrong.items() if name.endswith("_on")}
    with pytest.raises(Invalid):
        note(cast, **wrong | days)
    assert not VisitNote.objects.exists()


def test_only_the_post_reads_it_and_no_office_above(cast: Cast) -> None:
    one = note(cast)
    for name in ("village_head", "township_staff", "county_leader", "stranger", "resident", "auditor"):
        assert one not in VisitNote.objects.visible_to(getattr(cast, name)), name
    assert one in VisitNote.objects.visible_to(cast.grid_worker)


def test_the_people_visited_read_it_with_others_masked(cast: Cast) -> None:
    other = neighbour(cast)
    note(cast, heard="张桂兰腿疼，罗大山外出。", follows="周五带药")
    resident = cast.world.persons["resident"]
    assert "张桂兰腿疼，***外出。" in told(resident) and "周五带药" in told(resident)
    assert "***腿疼，罗大山外出。" in told(other)


def test_who_is_erased_goes_out_of_the_words_and_the_last_one_takes_the_note_along(cast: Cast) -> None:
    other, one = neighbour(cast), note(cast, heard="张桂兰腿疼，罗大山外出。")
    erase_person(cast.world.persons["resident"], by=SYSTEM)
    assert VisitNote.objects.get().words.heard == "***腿疼，罗大山外出。"
    erase_person(other, by=SYSTEM)
    assert not VisitNote.objects.filter(pk=one.pk).exists() and not VisitMember.objects.exists()


def test_after_its_time_it_is_erased_unless_something_is_still_owed(cast: Cast) -> None:
    note(cast)
    owed = note(cast, follows="清沟", promise_days=3)
    assert erase_visits(by=SYSTEM) == 0
    with pytest.raises(Forbidden):
        erase_visits(by=cast.county_staff)
    with clock.set_to(clock.now() + 367 * DAY):
        assert erase_visits(by=SYSTEM) == 1
        assert list(VisitNote.objects.all()) == [owed]
        follow_up(owed, by=cast.grid_worker, done="沟清了。")
        assert erase_visits(by=SYSTEM) == 1


def test_a_promise_made_there_is_owed_by_the_post_and_kept_in_words(cast: Cast) -> None:
    one = note(cast, follows="清沟", promise_days=3)
    assert one.promise and one.promise.owner_id == cast.world.posts["grid_worker"].pk
    with pytest.raises(Forbidden):
        follow_up(one, by=cast.village_head, done="x")
    with pytest.raises(Invalid):
        follow_up(one, by=cast.grid_worker, done=" ")
    done = follow_up(one, by=cast.grid_worker, done="沟清了。")
    done.promise.refresh_from_db()  # type: ignore[union-attr]
    assert done.promise.state == PromiseState.KEPT  # type: ignore[union-attr]
    assert "沟清了。" in told(cast.world.persons["resident"])
    with pytest.raises(Invalid):
        follow_up(one, by=cast.grid_worker, done="又清了。")


def test_a_request_begun_from_it_hangs_on_its_thread(desk: Desk) -> None:
    cast = desk.cast
    one = note(cast)
    with pytest.raises(Forbidden):
        report_from_visit(one, by=cast.village_cadre, text="水沟堵了。")
    case = report_from_visit(one, by=cast.grid_worker, text="水沟堵了。", category=desk.channel)
    assert case.household == cast.world.household and case.source == "door"
    assert ThreadLink.objects.get().target_id == case.pk
    steps = threads.chain(case, cast.grid_worker)
    assert [step.ref.kind for step in steps] == ["visit_note", "case"]
    assert [step.ref.kind for step in threads.chain(case, cast.township_staff)] == ["case"]


def test_households_are_due_by_need_and_not_by_count(cast: Cast) -> None:
    person = cast.world.persons["resident"]
    assert due_visits(cast.grid_worker) == []
    give(person, by=SYSTEM, purpose="home_help", way="online")
    name_viewer(by=SYSTEM, purpose="home_help", place=cast.world.grid, post_id=cast.world.posts["grid_worker"].pk)
    note_circumstance(
        person, by=SYSTEM, purpose="home_help", kind="living_alone", words="独居", ends_on=clock.today() + 90 * DAY
    )
    assert [due.why for due in due_visits(cast.grid_worker)] == [NEED]
    assert due_visits(cast.village_cadre) == []  # not named for it

    note(cast, again_on=clock.today() + 3 * DAY, follows="送药", promise_days=2)
    assert sorted(str(due.why) for due in due_visits(cast.grid_worker)) == sorted([str(AGREED), str(OWED)])
    with clock.set_to(clock.now() + DAY):
        note(cast)
        assert [due.why for due in due_visits(cast.grid_worker)] == [OWED]
