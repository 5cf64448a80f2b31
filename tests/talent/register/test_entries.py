"""Who comes into the register, on whose word, and that nothing is usable before the consent is on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.flows.talent import enter_for, enter_online, offer_skills
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor
from cunlian.kernel.models import Activity, Message
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.people.actions import note_reporter
from cunlian.people.consent import holds
from cunlian.people.models import Person
from cunlian.places.actions.districts import switch_module
from cunlian.talent.models import TalentEntry
from cunlian.talent.register import actions
from cunlian.talent.register.states import State
from tests.talent.register.conftest import CARPENTRY, COLD_STORE, TEA, Register, run_reactions


def test_own_entry_with_consent_stands_in_the_register_at_once(register: Register) -> None:
    entry = enter_online(
        register.person, by=register.cast.resident, version=1, skills=register.skills(COLD_STORE), words="修了二十年"
    )
    assert (entry.state, entry.source, entry.confirmed_on) == (State.LISTED, "own", clock.today())
    assert holds(register.person, "talent")
    assert TalentEntry.objects.in_register().get() == entry


def test_who_was_known_from_a_complaint_alone_is_met_with_their_entry(register: Register) -> None:
    village = register.cast.world.village
    person = note_reporter(by=SYSTEM, place=village, name="王五", phone="13800002222", withheld=True)
    enter_online(person, by=Actor("user", person_id=person.pk), version=1, skills=register.skills(COLD_STORE))
    assert Person.objects.visible_to(register.cast.village_cadre).filter(pk=person.pk).exists()


def test_without_consent_it_waits_and_is_found_by_nobody(register: Register) -> None:
    entry = actions.enter_skills(register.person, by=register.cast.resident, skills=register.skills(COLD_STORE))
    assert entry.state == State.ASKED and not TalentEntry.objects.in_register().exists()
    assert register.search().found == 0
    assert entry.promise and entry.promise.owner_id == register.cast.world.posts["village_cadre"].pk


def test_helper_enters_on_the_persons_word_and_is_on_record(register: Register, scan: Any) -> None:
    by = register.cast.village_cadre.for_("at_door", register.person.pk)
    entry = enter_for(register.person, by=by, scan=scan, skills=register.skills(COLD_STORE))
    assert entry.state == State.LISTED
    row = Activity.objects.get(object_id=entry.pk)
    assert (row.verb, row.behalf_channel, row.behalf_id) == ("talent.entered", "at_door", register.person.pk)
    with pytest.raises(Forbidden):
        actions.enter_skills(register.somebody(), by=register.cast.neighbour_cadre, skills=register.skills(COLD_STORE))


def test_recommended_person_is_asked_first(register: Register) -> None:
    entry = register.recommend()
    assert (entry.state, entry.source, entry.recommended_by) == (
        State.ASKED, "recommended", register.cast.world.posts["village_cadre"],
    )  # fmt: skip
    with pytest.raises(Invalid):
        actions.accept_entry(entry, by=register.cast.resident)
    register.agreed()
    assert not TalentEntry.objects.in_register().exists(), "the consent alone is no yes to what others wrote"
    actions.accept_entry(entry, by=register.cast.resident)
    assert TalentEntry.objects.in_register().get() == entry
    entry.refresh_from_db()
    assert entry.promise and entry.promise.state == "kept"


def test_recommended_person_hears_of_it_by_text_message(register: Register) -> None:
    register.recommend()
    run_reactions()
    assert "推荐" in Message.objects.get().body


def test_who_declines_leaves_nothing_but_that_they_were_asked_and_is_left_alone(register: Register) -> None:
    entry = register.recommend()
    actions.decline_entry(entry, by=register.cast.resident)
    entry.refresh_from_db()
    assert (entry.state, entry.words, entry.skills.count()) == (State.DECLINED, "", 0)
    assert not TalentEntry.objects.visible_to(register.cast.village_cadre).exists()
    with pytest.raises(Conflict):
        register.recommend()
    TalentEntry.objects.update(entered_on=clock.today() - timedelta(days=365))
    assert register.recommend().state == State.ASKED


def test_who_declined_may_change_their_mind(register: Register) -> None:
    actions.decline_entry(register.recommend(), by=register.cast.resident)
    assert register.enter(None, CARPENTRY).state == State.LISTED


def test_visitor_without_account_names_themself_and_is_asked(register: Register) -> None:
    said = {"place": register.cast.world.village, "name": "周木匠", "phone": "13509150001"}
    entry = offer_skills(by=ANONYMOUS, skills=register.skills(CARPENTRY), **said)
    assert entry and (entry.state, entry.source) == (State.ASKED, "own")
    assert offer_skills(by=ANONYMOUS, skills=register.skills(COLD_STORE), **said) is None
    assert [row.skill.code for row in entry.skills.all()] == [CARPENTRY], "nobody changes it from outside"
    other = offer_skills(by=ANONYMOUS, skills=register.skills(CARPENTRY), for_other=True, **said | {"name": "吴瓦匠"})
    assert other and other.source == "recommended"


def test_nobody_else_enters_a_person_even_where_the_consent_is_on_record(register: Register) -> None:
    entry = actions.enter_skills(register.agreed(), by=ANONYMOUS, skills=register.skills(COLD_STORE))
    assert entry.state == State.ASKED
    other = register.agreed(register.somebody())
    assert actions.enter_skills(other, by=register.cast.resident, skills=register.skills(TEA)).state == State.ASKED


@pytest.mark.parametrize("codes", [(), ("04",), tuple(f"0{group}0{one}" for group in (1, 2, 5) for one in (1, 2, 3))])
def test_no_skill_a_whole_group_or_too_many_are_refused(register: Register, codes: tuple[str, ...]) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.enter_skills(register.agreed(), by=SYSTEM, skills=register.skills(*codes))
    assert refusal.value.field == "skills"


def test_child_somebody_of_no_village_and_somebody_gone_are_not_entered(register: Register) -> None:
    child = register.somebody("小满", birth_year=clock.today().year - 9)
    nowhere = register.cast.world.persons["dispatcher"]
    gone = register.somebody("走了")
    Person.objects.filter(pk=gone.pk).update(gone_on=clock.today(), gone_because="moved_out")
    for person in (child, nowhere, gone):
        with pytest.raises(Invalid):
            actions.enter_skills(person, by=SYSTEM, skills=register.skills(COLD_STORE))


def test_village_without_the_module_takes_nobody_in(register: Register) -> None:
    switch_module(register.cast.world.village, by=SYSTEM, module="talent", on=False, day=clock.today())
    with pytest.raises(Invalid):
        register.recommend()


def test_second_entry_of_a_person_is_refused(register: Register) -> None:
    register.enter()
    with pytest.raises(Conflict):
        actions.enter_skills(register.person, by=register.cast.resident, skills=register.skills(CARPENTRY))
    with pytest.raises(Conflict):
        register.recommend()


def test_change_keeps_who_verified_what_stays(register: Register) -> None:
    entry = register.enter(None, COLD_STORE, CARPENTRY)
    actions.verify_skills(entry, by=register.cast.village_cadre, skills=register.skills(COLD_STORE), how="work_seen")
    actions.change_entry(entry, by=register.cast.resident, skills=register.skills(COLD_STORE, "0503"), words="也修电路")
    rows = {row.skill.code: row.verified_how for row in entry.skills.all()}
    assert rows == {COLD_STORE: "work_seen", "0503": ""}


def test_verified_says_who_how_and_when_and_can_be_taken_back(register: Register) -> None:
    entry = register.enter()
    skills = register.skills(COLD_STORE)
    assert entry.skills.get().verified_on is None
    actions.verify_skills(entry, by=register.cast.village_cadre, skills=skills, how="paper_seen")
    row = entry.skills.get()
    assert (row.verified_how, row.verified_on, row.looked_by) == (
        "paper_seen", clock.today(), register.cast.world.posts["village_cadre"],
    )  # fmt: skip
    actions.verify_skills(entry, by=register.cast.village_cadre, skills=skills, how="")
    assert entry.skills.get().verified_on is None


def test_nobody_verifies_their_own_and_no_one_from_outside(register: Register) -> None:
    cadre = Person.objects.get(pk=register.cast.world.persons["village_cadre"].pk)
    Person.objects.filter(pk=cadre.pk).update(place=register.cast.world.village)
    own = register.enter(Person.objects.get(pk=cadre.pk))
    entry, skills = register.enter(), register.skills(COLD_STORE)
    for by, one in (("village_cadre", own), ("neighbour_cadre", entry), ("resident", entry), ("dispatcher", entry)):
        with pytest.raises(Forbidden):
            actions.verify_skills(one, by=getattr(register.cast, by), skills=skills, how="work_seen")


def test_verification_of_what_they_do_not_have_or_in_no_listed_way_is_refused(register: Register) -> None:
    entry = register.enter()
    for codes, how in (((CARPENTRY,), "work_seen"), ((COLD_STORE,), "believed")):
        with pytest.raises(Invalid):
            actions.verify_skills(entry, by=SYSTEM, skills=register.skills(*codes), how=how)


def test_log_holds_nothing_of_what_somebody_can(register: Register) -> None:
    entry = register.enter(None, COLD_STORE, words="修了二十年")
    actions.change_entry(entry, by=SYSTEM, skills=register.skills(CARPENTRY), words="木匠")
    kept = [str(row.changed) for row in Activity.objects.filter(object_id=entry.pk)]
    assert not [text for text in kept if "修了" in text or "木匠" in text]
