"""Persons and households: registered, moved, corrected, seen by whom."""

from __future__ import annotations

from typing import Any

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.people import actions
from cunlian.people.contact import find_by_phone
from cunlian.people.models import Household, Person
from tests.cast import RESIDENT_PHONE, Cast

ID = "610902195606150027"


def id_number(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def last_row(record: Any) -> Activity:
    return Activity.objects.filter(object_id=record.pk).latest("recorded_at")


def test_phone_and_identity_number_are_nowhere_in_the_clear(cast: Cast) -> None:
    number = id_number("61090219560615002")
    person = actions.register_person(
        by=cast.village_cadre, place=cast.world.village, name="吴秀英", phone="139 0915 0001", id_number=number
    )
    stored = Person.objects.values().get(pk=person.pk)
    kept = " ".join(
        bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value) for value in stored.values()
    )
    for secret in ("13909150001", number, b"13909150001".hex()):
        assert secret not in kept
    assert (person.masked_phone, person.masked_id_number[:6]) == ("139****0001", "610902")
    assert "吴秀英" not in str(last_row(person).changed)


def test_names_are_masked_unless_asked_for(cast: Cast) -> None:
    person = cast.world.persons["resident"]
    assert (str(person), person.masked_name, person.masked_phone) == ("张*兰", "张*兰", "139****2716")


@pytest.mark.parametrize("name", ["𠮷田", "阿依古丽·买买提", " Anna  Maria ", "O'Brien <b>", "李🙂"])
def test_names_of_any_script_are_kept(cast: Cast, name: str) -> None:
    person = actions.register_person(by=cast.village_cadre, place=cast.world.village, name=name)
    person.refresh_from_db()
    assert person.name == " ".join(name.split())


@pytest.mark.parametrize(("typed", "name"), [("李　花", "李花"), ("  王  小二 ", "王小二"), ("𠮷 祥", "𠮷祥")])
def test_spaces_that_line_up_a_list_are_no_part_of_a_name(cast: Cast, typed: str, name: str) -> None:
    person = actions.register_person(by=cast.village_cadre, place=cast.world.village, name=typed)
    assert person.name == name


@pytest.mark.parametrize("values", [{"name": " "}, {"name": "长" * 61}, {"phone": "12345"}, {"id_number": ID},
                                    {"birth_year": 1789}])  # fmt: skip
def test_what_cannot_be_true_is_refused_beside_its_field(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.register_person(by=cast.village_cadre, place=cast.world.village, **({"name": "钱多"} | values))
    assert refusal.value.field == next(iter(values))


def test_same_identity_number_twice_is_refused(cast: Cast) -> None:
    number = id_number("61090219560615002")
    actions.register_person(by=cast.village_cadre, place=cast.world.village, name="甲", id_number=number)
    with pytest.raises(Conflict):
        actions.register_person(by=cast.village_cadre, place=cast.world.village, name="乙", id_number=number.lower())


def test_grid_worker_sees_their_own_grid_only(cast: Cast) -> None:
    person = cast.world.persons["resident"]

    def sees(name: str) -> bool:
        return Person.objects.visible_to(getattr(cast, name)).filter(pk=person.pk).exists()

    assert all(
        sees(name) for name in ("grid_worker", "village_cadre", "area_staff", "dispatcher", "auditor", "resident")
    )
    for name in ("neighbour_worker", "neighbour_cadre", "administrator", "village_supervisor", "stranger", "anonymous"):
        assert not sees(name), name


def test_households_follow_the_same_lines(cast: Cast) -> None:
    seen = {name: Household.objects.visible_to(getattr(cast, name)).count() for name in
            ("grid_worker", "resident", "neighbour_worker", "administrator", "stranger")}  # fmt: skip
    assert seen == {"grid_worker": 1, "resident": 1, "neighbour_worker": 0, "administrator": 0, "stranger": 0}


def test_household_gets_a_random_card_code(cast: Cast) -> None:
    made = [
        actions.register_household(
            by=cast.grid_worker, place=cast.world.village, grid=cast.world.grid, number=str(n), address="后巷"
        )
        for n in (1, 2)
    ]
    assert len({household.card_code for household in made}) == 2
    assert all(len(household.card_code) == 10 for household in made)
    assert last_row(made[0]).verb == "people.household_registered"


def test_household_number_is_given_once(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.register_household(by=cast.village_cadre, place=cast.world.village, number="0007", address="x")


def test_grid_of_another_village_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.register_household(
            by=cast.township_staff, place=cast.world.village, grid=cast.world.other_grid, number="9", address="x"
        )


def test_moving_needs_both_villages(cast: Cast) -> None:
    person = cast.world.persons["resident"]
    with pytest.raises(Forbidden):
        actions.move_person(person, by=cast.village_cadre, place=cast.world.other_village)
    moved = actions.move_person(person, by=cast.township_staff, place=cast.world.other_village)
    assert (moved.place, moved.household) == (cast.world.other_village, None)
    assert last_row(person).verb == "people.person_moved"


def test_masked_values_that_come_back_change_nothing(cast: Cast) -> None:
    person = cast.world.persons["resident"]
    actions.correct_person(
        person, by=cast.grid_worker, name=person.masked_name, phone=person.masked_phone, birth_year=1957
    )
    person.refresh_from_db()
    assert (person.name, person.birth_year) == ("张桂兰", 1957)
    assert find_by_phone(RESIDENT_PHONE, by=cast.grid_worker).get() == person


@pytest.mark.parametrize("values", [{"phone": "139****2717"}, {"name": "李*兰"}])
def test_half_masked_value_is_refused(cast: Cast, values: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        actions.correct_person(cast.world.persons["resident"], by=cast.grid_worker, **values)
    cast.world.persons["resident"].refresh_from_db()
    assert cast.world.persons["resident"].masked_phone == "139****2716"


def test_corrected_phone_is_found_and_the_old_one_not(cast: Cast) -> None:
    actions.correct_person(cast.world.persons["resident"], by=cast.grid_worker, phone="０９１５-3612345")
    assert find_by_phone("0915 3612345", by=cast.village_cadre).count() == 1
    assert not find_by_phone(RESIDENT_PHONE, by=cast.village_cadre).exists()


def test_phone_is_not_looked_up_across_territories(cast: Cast) -> None:
    assert find_by_phone(RESIDENT_PHONE, by=cast.village_cadre).count() == 1
    for name in ("neighbour_cadre", "stranger", "administrator"):
        assert not find_by_phone(RESIDENT_PHONE, by=getattr(cast, name)).exists()


def test_only_known_fields_can_be_corrected(cast: Cast) -> None:
    with pytest.raises(TypeError):
        actions.correct_person(cast.world.persons["resident"], by=cast.grid_worker, user=None)


def test_reporter_is_found_by_name_and_phone_together(cast: Cast) -> None:
    person, village = cast.world.persons["resident"], cast.world.village
    note = actions.note_reporter
    assert note(by=SYSTEM, place=village, name="张桂兰", phone="139-1234-2716") == person
    assert note(by=SYSTEM, place=village, phone=RESIDENT_PHONE) == person
    assert note(by=SYSTEM, place=village, name="张桂花", phone=RESIDENT_PHONE) != person
    with pytest.raises(Forbidden):
        note(by=cast.grid_worker, place=village, name="x")


def test_who_is_known_from_a_complaint_alone_stands_in_the_lists_once_they_are_met(cast: Cast) -> None:
    village, staff = cast.world.village, cast.township_staff
    person = actions.note_reporter(by=SYSTEM, place=village, name="王五", phone="13800002222", withheld=True)
    seen = Person.objects.visible_to(staff).filter(pk=person.pk)
    assert not seen.exists()
    with pytest.raises(Forbidden):
        actions.meet_person(person, by=cast.grid_worker, place=village)

    actions.meet_person(person, by=SYSTEM, place=village)
    assert seen.exists()
    rows = Activity.objects.filter(object_id=person.pk).count()
    actions.meet_person(person, by=SYSTEM, place=village)
    assert Activity.objects.filter(object_id=person.pk).count() == rows
