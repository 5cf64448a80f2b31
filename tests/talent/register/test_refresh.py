"""Once a year somebody asks whether an entry still holds; what nobody confirms rests, and goes in the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Message, Promise
from cunlian.kernel.refusals import Forbidden
from cunlian.people.actions import note_death
from cunlian.talent.models import TalentEntry
from cunlian.talent.register import actions
from cunlian.talent.register.promises import REFRESH
from cunlian.talent.register.states import State
from cunlian.talent.register.sweep import keep_fresh
from tests.talent.register.conftest import Register, run_reactions

START = date(2026, 3, 2)
Freeze = Callable[[datetime], None]


@pytest.fixture
def entry(register: Register, frozen_clock: Freeze) -> TalentEntry:
    frozen_clock(clock.at(START, 9))
    return register.enter()


def sweep(frozen_clock: Freeze, days: int) -> int:
    frozen_clock(clock.at(START + timedelta(days=days), 9))
    return keep_fresh(clock.now())


def test_nothing_is_asked_before_the_year_is_over(entry: TalentEntry, frozen_clock: Freeze) -> None:
    assert sweep(frozen_clock, 364) == 0 and not Promise.objects.filter(promise_kind=REFRESH).exists()


def test_after_a_year_the_village_owes_the_question_and_the_person_is_told(
    register: Register, entry: TalentEntry, frozen_clock: Freeze
) -> None:
    assert sweep(frozen_clock, 365) == 1
    entry.refresh_from_db()
    assert entry.promise and entry.promise.promise_kind == REFRESH
    assert TalentEntry.objects.owed_by(register.cast.village_cadre.post_ids).get() == entry
    run_reactions()
    assert "/mine/skills/" in Message.objects.get().body
    assert sweep(frozen_clock, 366) == 0, "asked once"


def test_confirmed_in_time_it_stays(register: Register, entry: TalentEntry, frozen_clock: Freeze) -> None:
    sweep(frozen_clock, 365)
    actions.confirm_entry(entry, by=register.cast.resident)
    entry.refresh_from_db()
    assert entry.promise and entry.promise.state == "kept"
    assert sweep(frozen_clock, 500) == 0 and TalentEntry.objects.in_register().exists()


def test_unconfirmed_it_rests_and_is_not_shown_until_the_person_confirms(
    register: Register, entry: TalentEntry, frozen_clock: Freeze
) -> None:
    sweep(frozen_clock, 365)
    assert sweep(frozen_clock, 420) == 1
    entry.refresh_from_db()
    assert entry.state == State.RESTING and entry.promise and entry.promise.state == "released"
    assert not TalentEntry.objects.in_register().exists() and register.search().found == 0
    actions.confirm_entry(entry, by=register.cast.resident)
    assert TalentEntry.objects.in_register().get() == entry


def test_what_rests_for_a_year_is_erased(entry: TalentEntry, frozen_clock: Freeze) -> None:
    for days in (365, 420, 420 + 365):
        sweep(frozen_clock, days)
    assert not TalentEntry.objects.exists()


def test_question_without_an_answer_and_a_refusal_of_a_year_ago_are_erased(
    register: Register, entry: TalentEntry, frozen_clock: Freeze
) -> None:
    asked = register.recommend(register.somebody("李师傅"))
    declined = register.recommend(register.somebody("王师傅"))
    actions.decline_entry(declined, by=SYSTEM)
    assert sweep(frozen_clock, 59) == 0
    assert sweep(frozen_clock, 60) == 1 and not TalentEntry.objects.filter(pk=asked.pk).exists()
    assert Promise.objects.get(pk=asked.promise_id).release_reason == "time_over"
    assert sweep(frozen_clock, 364) == 0
    sweep(frozen_clock, 365)
    assert not TalentEntry.objects.filter(pk=declined.pk).exists()


def test_entry_of_somebody_who_died_is_hidden_at_once_and_erased(
    register: Register, entry: TalentEntry, frozen_clock: Freeze
) -> None:
    note_death(register.person, by=SYSTEM)
    assert not TalentEntry.objects.visible_to(SYSTEM).exists()
    assert sweep(frozen_clock, 1) == 1 and not TalentEntry.objects.exists()


def test_only_time_lets_an_entry_rest(register: Register, entry: TalentEntry) -> None:
    for name in ("county_staff", "village_cadre", "resident"):
        with pytest.raises(Forbidden):
            actions.rest_entry(entry, by=getattr(register.cast, name))
