"""Finding somebody with a skill: in what words, how far, by whom; each search with its purpose, read by the people found."""

from __future__ import annotations

from typing import Any

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Look
from cunlian.kernel.refusals import Forbidden, Invalid, Missing
from cunlian.people.actions import go_away
from cunlian.people.consent import withdraw
from cunlian.people.models import Consent
from cunlian.places.actions.positions import set_road_minutes
from cunlian.places.models import District
from cunlian.talent.models import TalentEntry, TalentSearch
from cunlian.talent.register import actions
from cunlian.talent.register.finding import elsewhere, found_by, villages_near
from tests.talent.register.conftest import CARPENTRY, COLD_STORE, Register, put_on_map


@pytest.fixture
def two(register: Register) -> Register:
    """One who repairs cold stores in each of the two villages, some 11 km apart."""
    world = register.cast.world
    register.enter()
    register.enter(register.somebody("桥师傅", world.other_village))
    put_on_map(world.village, 327_000_000, 1090_000_000)
    put_on_map(world.other_village, 328_000_000, 1090_000_000)
    return register


def names(register: Register, search: TalentSearch, by: str = "township_staff") -> set[str]:
    return {entry.person.name for entry in found_by(search, getattr(register.cast, by)).select_related("person")}


def test_office_finds_who_repairs_a_cold_store_within_so_many_kilometres(two: Register) -> None:
    assert names(two, two.search(words="谁会修冷库，20公里以内")) == {"张桂兰", "桥师傅"}
    assert names(two, two.search(words="谁会修冷库，10公里以内")) == {"张桂兰"}
    assert names(two, two.search(words="修冷库 10 km", within_km=12)) == {"张桂兰", "桥师傅"}
    assert two.search(words="who can repair a cold store within 20 km").found == 2


def test_where_no_point_is_known_the_road_or_the_town_decides(two: Register) -> None:
    world = two.cast.world
    world.other_village.position.delete()
    assert two.search(within_km=10).found == 2, "the same town counts as near"
    District.objects.create(root=world.county, name="测试区", receipt_mark="测")
    set_road_minutes(world.village, by=SYSTEM, to_place=world.other_village, minutes=30, source="开车走过")
    assert two.search(within_km=10).found == 1
    assert two.search(within_km=15).found == 2


def test_each_search_is_on_record_with_its_purpose_and_the_people_found_read_it(two: Register) -> None:
    search = two.search(within_km=5)
    look = Look.objects.get()
    assert (look.person_id, look.purpose, look.fields) == (two.person.pk, "合作社冷库坏了", "skills")
    assert (look.about_id, look.post_id) == (search.pk, two.cast.world.posts["township_staff"].pk)
    row = Activity.objects.get(object_id=search.pk)
    assert (row.verb, row.changed) == ("talent.searched", {"found": [None, 1]})


@pytest.mark.parametrize(("said", "field"), [
    ({"purpose": " "}, "purpose"),
    ({"words": "会飞的人"}, "words"),
    ({"within_km": 0}, "within_km"),
    ({"whereabouts": "moon"}, "whereabouts"),
])  # fmt: skip
def test_search_without_a_purpose_or_a_skill_is_refused_and_nothing_is_looked_at(
    two: Register, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        two.search(**said)
    assert refusal.value.field == field and not Look.objects.exists()


def test_village_finds_its_own_people_and_of_the_next_village_only_that_the_skill_is_there(two: Register) -> None:
    search = two.search(by=two.cast.village_cadre, within_km=20)
    assert names(two, search, "village_cadre") == {"张桂兰"}
    near = villages_near(search.place, 20)
    assert [one.place for one in elsewhere(search, two.cast.village_cadre, near)] == [two.cast.world.other_village]
    assert elsewhere(search, two.cast.township_staff, near) == []
    assert Look.objects.get().person_id == two.person.pk


def test_at_home_or_away_and_verified_narrow_it(two: Register) -> None:
    go_away(two.person, by=SYSTEM, whereabouts="西安")
    actions.verify_skills(
        TalentEntry.objects.get(person=two.person), by=SYSTEM, skills=two.skills(COLD_STORE), how="work_seen"
    )
    assert names(two, two.search(whereabouts="away")) == {"张桂兰"}
    assert names(two, two.search(whereabouts="home")) == {"桥师傅"}
    assert names(two, two.search(verified=True)) == {"张桂兰"}


def test_another_verified_skill_does_not_verify_the_one_looked_for(register: Register) -> None:
    entry = register.enter(None, COLD_STORE, CARPENTRY)
    actions.verify_skills(entry, by=SYSTEM, skills=register.skills(CARPENTRY), how="work_seen")
    assert register.search(verified=True).found == 0


@pytest.mark.parametrize(
    "name",
    ["resident", "anonymous", "auditor", "administrator", "dispatcher", "stranger", "neighbour_cadre", "grid_worker"],
)
def test_who_keeps_no_register_there_searches_nobody(two: Register, name: str) -> None:
    with pytest.raises(Forbidden):
        two.search(by=getattr(two.cast, name))


def test_what_was_found_is_gone_from_the_result_when_the_consent_is(two: Register) -> None:
    search = two.search()
    withdraw(Consent.objects.get(person=two.person), by=SYSTEM)
    assert names(two, search) == {"桥师傅"}


def test_own_searches_and_for_offices_and_auditors_those_of_the_territory_are_read(two: Register) -> None:
    search, cast = two.search(by=two.cast.village_cadre), two.cast
    seen = {name for name in ("village_cadre", "township_staff", "auditor", "grid_worker", "neighbour_cadre", "stranger")
            if TalentSearch.objects.visible_to(getattr(cast, name)).filter(pk=search.pk).exists()}  # fmt: skip
    assert seen == {"village_cadre", "township_staff", "auditor"}


def test_opening_is_a_look_the_person_reads(register: Register) -> None:
    entry = register.enter()
    opened = actions.open_entry(entry, by=register.cast.village_cadre, purpose="请您修冷库")
    assert (opened.name, opened.phone) == ("张桂兰", "13912342716")
    look = Look.objects.get()
    assert (look.person_id, look.fields, look.purpose) == (register.person.pk, "name,phone", "请您修冷库")
    with pytest.raises(Invalid):
        actions.open_entry(entry, by=register.cast.village_cadre, purpose="")


def test_entry_of_another_village_or_without_consent_is_not_there_to_be_opened(register: Register) -> None:
    entry = register.enter()
    with pytest.raises(Missing):
        actions.open_entry(entry, by=register.cast.neighbour_cadre, purpose="请您修冷库")
    with pytest.raises(Forbidden):
        actions.open_entry(entry, by=register.cast.auditor, purpose="查一查")
    withdraw(Consent.objects.get(), by=SYSTEM)
    with pytest.raises(Missing):
        actions.open_entry(entry, by=register.cast.village_cadre, purpose="请您修冷库")
    assert not Look.objects.exists()
