"""Skills somebody entered are owed a look by the post that answers for the village: verified, or left with a reason."""

from __future__ import annotations

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Promise, PromiseState
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.models import Posting
from cunlian.people.consent import withdraw
from cunlian.people.consent.retention import forget_ended
from cunlian.people.models import Consent
from cunlian.talent.models import TalentEntry, WhyNot
from cunlian.talent.register import actions
from cunlian.talent.register.promises import VERIFY
from tests.talent.register.conftest import CARPENTRY, COLD_STORE, TEA, Register


def owed(entry: TalentEntry) -> Promise | None:
    entry.refresh_from_db()
    promise = entry.check_promise
    return promise if promise and promise.settled_at is None else None


def test_what_stands_in_the_register_is_owed_a_look_by_the_post_of_the_village(register: Register) -> None:
    entry = register.enter()
    promise = owed(entry)
    assert promise and promise.promise_kind == VERIFY
    assert promise.owner_id == register.cast.world.posts["village_cadre"].pk
    assert promise.due_at == clock.add_working_days(clock.now(), 20).due


def test_nothing_is_owed_before_the_person_agrees(register: Register) -> None:
    entry = register.recommend()
    assert owed(entry) is None
    register.agreed()
    actions.accept_entry(entry, by=SYSTEM)
    assert owed(entry)


def test_verified_or_left_with_a_reason_it_is_kept_once_nothing_waits_any_more(register: Register) -> None:
    entry, by = register.enter(None, COLD_STORE, CARPENTRY), register.cast.village_cadre
    first = owed(entry)
    actions.verify_skills(entry, by=by, skills=register.skills(COLD_STORE), how="work_seen")
    assert owed(entry) == first
    actions.leave_unverified(entry, by=by, skills=register.skills(CARPENTRY), why_not=WhyNot.NOTHING_TO_SEE)
    assert owed(entry) is None and entry.check_promise and entry.check_promise.state == PromiseState.KEPT
    row = entry.skills.get(skill__code=CARPENTRY)
    assert (row.left_on, row.verified_on, row.looked_by_id) == (clock.today(), None, by.post_id)
    assert TalentEntry.objects.in_register().with_skills(register.skills(CARPENTRY)).get() == entry, (
        "held against nobody"
    )


def test_what_was_left_can_be_verified_later_and_needs_a_reason_of_the_list(register: Register) -> None:
    entry, by = register.enter(), register.cast.village_cadre
    with pytest.raises(Invalid):
        actions.leave_unverified(entry, by=by, skills=register.skills(COLD_STORE), why_not="lazy")
    actions.leave_unverified(entry, by=by, skills=register.skills(COLD_STORE), why_not=WhyNot.NOT_REACHED)
    actions.verify_skills(entry, by=by, skills=register.skills(COLD_STORE), how="paper_seen")
    row = entry.skills.get()
    assert (row.left_on, row.why_not, row.verified_on) == (None, "", clock.today())


def test_a_new_skill_is_owed_a_look_and_one_taken_off_no_more(register: Register) -> None:
    entry, by = register.enter(), register.cast.village_cadre
    actions.verify_skills(entry, by=by, skills=register.skills(COLD_STORE), how="work_seen")
    actions.change_entry(entry, by=SYSTEM, skills=register.skills(COLD_STORE, TEA))
    assert owed(entry)
    actions.change_entry(entry, by=SYSTEM, skills=register.skills(COLD_STORE))
    assert owed(entry) is None and entry.check_promise and entry.check_promise.release_reason == "superseded"


def test_what_rests_is_owed_no_look_until_it_is_confirmed_again(register: Register) -> None:
    entry = register.enter()
    actions.rest_entry(entry, by=SYSTEM)
    assert owed(entry) is None
    actions.confirm_entry(entry, by=SYSTEM)
    assert owed(entry)


def test_with_the_consent_the_look_goes_too(register: Register) -> None:
    entry = register.enter()
    promise = owed(entry)
    withdraw(Consent.objects.get(person=entry.person, purpose__code="talent"), by=SYSTEM)
    forget_ended(clock.now())
    assert promise and Promise.objects.get(pk=promise.pk).state == PromiseState.RELEASED


def test_skills_of_the_village_cadre_are_looked_at_by_the_township(register: Register) -> None:
    world = register.cast.world
    Posting.objects.filter(post=world.posts["village_cadre"]).update(person=register.person)
    promise = owed(register.enter())
    assert promise and promise.owner_id not in {None, world.posts["village_cadre"].pk}
    assert promise.owner_id in {world.posts["township_staff"].pk, world.posts["township_head"].pk}


@pytest.mark.parametrize("name", ["neighbour_cadre", "resident", "auditor", "stranger"])
def test_others_leave_nothing(register: Register, name: str) -> None:
    entry = register.enter()
    with pytest.raises(Forbidden):
        actions.leave_unverified(
            entry, by=getattr(register.cast, name), skills=register.skills(COLD_STORE), why_not=WhyNot.NOT_WISHED
        )
