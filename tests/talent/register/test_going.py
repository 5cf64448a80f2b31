"""Consent taken back hides at once and erases with the retention job; the person erased takes all along; files merged."""

from __future__ import annotations

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.holdings import tell
from cunlian.kernel.models import Look, Promise
from cunlian.people.actions import erase_person, merge_persons, undo_merge
from cunlian.people.consent import withdraw
from cunlian.people.consent.retention import forget_ended
from cunlian.people.models import Consent, PersonMerge
from cunlian.talent.models import AdvisoryMember, TalentEntry, TalentSearch, TalentSkill
from cunlian.talent.register import actions
from cunlian.talent.register.states import State
from cunlian.talent.register.sweep import keep_fresh
from tests.talent.register.conftest import CARPENTRY, COLD_STORE, TEA, Register


def _group(register: Register, *entries: TalentEntry) -> None:
    said = {"name": "果业顾问团", "field": "果树", "paper": "青政发〔2026〕3号"}
    group = actions.found_group(by=SYSTEM, place=register.cast.world.township, **said)
    for entry in entries:
        actions.seat_member(group, by=SYSTEM, entry=entry)


def test_consent_taken_back_hides_the_entry_at_once_and_erases_it_within_the_hour(register: Register) -> None:
    entry = register.enter()
    _group(register, entry)
    withdraw(Consent.objects.get(), by=register.cast.resident)
    cast = register.cast
    assert not TalentEntry.objects.in_register().exists()
    for actor in (cast.village_cadre, cast.county_staff, cast.resident, SYSTEM):
        assert not TalentEntry.objects.visible_to(actor).exists()
    assert not AdvisoryMember.objects.visible_to(cast.county_staff).shown().exists()
    assert register.search().found == 0
    forget_ended(clock.now())
    assert not TalentEntry.objects.exists() and not TalentSkill.objects.exists() and not AdvisoryMember.objects.exists()


def test_consent_of_a_neighbour_taken_back_changes_nothing_here(register: Register) -> None:
    register.enter()
    other = register.enter(register.somebody(), CARPENTRY)
    withdraw(Consent.objects.get(person=register.person), by=SYSTEM)
    forget_ended(clock.now())
    assert TalentEntry.objects.get() == other


def test_erased_person_takes_the_entry_along_and_the_name_out_of_the_purpose(register: Register) -> None:
    entry = register.recommend()
    register.agreed()
    actions.accept_entry(entry, by=register.cast.resident)
    search = register.search(purpose="请张桂兰修冷库")
    erase_person(register.person, by=SYSTEM)
    search.refresh_from_db()
    assert search.purpose == "请***修冷库"
    assert not TalentEntry.objects.exists() and not Promise.objects.filter(settled_at=None).exists()
    assert Look.objects.get().purpose == ""


def test_merge_brings_the_entry_along(register: Register) -> None:
    twin = register.somebody("张桂兰", birth_year=1956)
    entry = register.enter(twin)
    merge_persons(twin, by=SYSTEM, into=register.person)
    entry.refresh_from_db()
    assert entry.person == register.person and TalentEntry.objects.in_register().get() == entry


def test_merge_of_two_entries_keeps_one_with_the_skills_and_seats_of_both(register: Register) -> None:
    twin = register.somebody("张桂兰", birth_year=1956)
    kept, gone = register.enter(None, COLD_STORE, TEA), register.enter(twin, COLD_STORE, CARPENTRY)
    _group(register, gone)
    merge_persons(twin, by=SYSTEM, into=register.person)
    assert TalentEntry.objects.visible_to(SYSTEM).get() == kept
    assert {row.skill.code for row in kept.skills.all()} == {COLD_STORE, TEA, CARPENTRY}
    assert AdvisoryMember.objects.get().entry == kept
    undo_merge(PersonMerge.objects.get(), by=SYSTEM, reason="是两个人")
    gone.refresh_from_db()
    assert set(TalentEntry.objects.visible_to(SYSTEM)) == {kept, gone} and gone.skills.count() == 2


def test_merge_into_somebody_only_recommended_brings_what_was_agreed_to(register: Register) -> None:
    twin = register.somebody("张桂兰", birth_year=1956)
    kept = register.recommend(None, TEA)
    register.enter(twin, COLD_STORE)
    merge_persons(twin, by=SYSTEM, into=register.person)
    assert TalentEntry.objects.in_register().get() == kept
    assert [row.skill.code for row in kept.skills.all()] == [COLD_STORE]
    undo_merge(PersonMerge.objects.get(), by=SYSTEM, reason="是两个人")
    assert TalentEntry.objects.in_register().get().person == twin
    keep_fresh(clock.now())
    assert not TalentEntry.objects.filter(pk=kept.pk).exists(), "without a consent nothing is kept"


def test_merge_into_somebody_who_declined_brings_no_skill_along(register: Register) -> None:
    twin = register.somebody("张桂兰", birth_year=1956)
    kept = register.recommend()
    actions.decline_entry(kept, by=SYSTEM)
    register.enter(twin)
    merge_persons(twin, by=SYSTEM, into=register.person)
    kept.refresh_from_db()
    assert (kept.state, kept.skills.count()) == (State.DECLINED, 0)


def test_person_is_told_all_of_it(register: Register) -> None:
    entry = register.enter(None, COLD_STORE, words="修了二十年")
    actions.verify_skills(entry, by=register.cast.village_cadre, skills=register.skills(COLD_STORE), how="work_seen")
    _group(register, entry)
    told = [
        held for held in tell(register.person.pk) if held.kind in ("talent_entry", "talent_skill", "advisory_member")
    ]
    words = [value for held in told for _label, value in held.facts]
    assert len(told) == 3
    assert {"修了二十年", "The work was seen", "果树"} <= set(words)


def test_search_that_found_nobody_is_on_record_all_the_same(register: Register) -> None:
    register.search()
    assert TalentSearch.objects.get().found == 0 and not Look.objects.exists()
