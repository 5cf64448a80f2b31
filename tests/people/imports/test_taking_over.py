"""A list is checked row by row, taken over at once, matched instead of doubled, and logged in one row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cunlian.kernel import secrets
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, IllegalMove, Invalid
from cunlian.people import actions
from cunlian.people.contact import full_contact
from cunlian.people.imports.actions import apply_import, bring_list, check_import, decide_lines, discard_import
from cunlian.people.models import Absence, Household, HouseholdVersion, ImportLine, Membership, Person, RegisterImport
from tests.cast import Cast
from tests.people.imports.conftest import Bring, book, faults, id_of, lines, row, table

HEAD = row("12", "王小川", address="前巷12号", relation="户主", id_number=id_of(), phone="13912340001")
SON = row("12", "王强", relation="儿子", id_number=id_of("19810203", 117), away="是")


def told(line: ImportLine) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(secrets.decrypt(line.details))
    return found


def test_checking_says_what_each_row_would_do_and_changes_nothing(bring: Bring) -> None:
    before = Person.objects.count(), Household.objects.count()
    batch = bring([HEAD, SON, row("", "无户")])
    assert lines(batch) == [(2, "new"), (3, "new"), (4, "refused")]
    assert list(faults(batch)) == ["A4"]
    assert (batch.new, batch.refused, batch.state) == (2, 1, "checked")
    assert (Person.objects.count(), Household.objects.count()) == before


def test_taking_over_makes_households_members_and_their_dated_rows(bring: Bring, cast: Cast) -> None:
    bring.over([HEAD, SON, row("", "无户")])
    household = Household.objects.get(number="12")
    assert (household.place, household.address) == (cast.world.village, "前巷12号")
    assert HouseholdVersion.objects.get(household=household, ends_on=None).address == "前巷12号"
    head = Person.objects.get(name="王小川")
    contact = full_contact(head)
    assert (contact.id_number, contact.phone, str(contact.birth_date)) == (id_of(), "13912340001", "1956-07-08")
    assert (head.is_head, head.gender, head.birth_year, head.place) == (True, "female", 1956, cast.world.village)
    son = Person.objects.get(name="王强")
    assert son.is_away and Absence.objects.get(person=son).ends_on is None
    rows = Membership.objects.filter(household=household).values_list("person__name", "relation", "ends_on")
    assert sorted(rows) == [("王小川", "head", None), ("王强", "child", None)]


def test_every_line_leads_to_whom_it_made(bring: Bring) -> None:
    batch = bring.over([HEAD, SON])
    told = ImportLine.objects.filter(batch=batch).order_by("number").values_list("person__name", flat=True)
    assert list(told) == ["王小川", "王强"]


def test_whoever_is_taken_over_is_found_and_kept_like_anybody_registered_by_hand(bring: Bring, cast: Cast) -> None:
    bring.over([HEAD])
    found = actions.find_persons(id_of(), by=cast.village_cadre, purpose="核对名册")
    assert [person.name for person in found] == ["王小川"]
    actions.correct_person(found[0], by=cast.village_cadre, phone="13912340009")
    actions.move_out(found[0], by=cast.village_cadre)


def test_one_row_of_the_log_for_the_whole_list_with_its_digest_and_nothing_personal(bring: Bring) -> None:
    batch = bring([HEAD, SON])
    before = Activity.objects.count()
    apply_import(batch, by=bring.cast.village_cadre)
    assert Activity.objects.count() == before + 1
    entry = Activity.objects.get(verb="people.list_applied")
    assert entry.changed["digest"] == [None, batch.digest]
    assert "王" not in json.dumps(entry.changed, ensure_ascii=False)


def test_the_same_list_again_finds_everybody_as_they_were(bring: Bring) -> None:
    bring.over([HEAD, SON])
    again = bring.over([HEAD, SON])
    assert (again.same, again.new, again.changed) == (2, 0, 0)
    assert Person.objects.filter(name__startswith="王").count() == 2


def test_what_changed_stands_with_before_and_after_and_masked(bring: Bring) -> None:
    bring.over([HEAD, SON])
    batch = bring([
        row("12", "王小穿", relation="户主", id_number=id_of(), phone="13912340002", address="后巷3号"),
        row("12", "王强", id_number=id_of("19810203", 117), away="否"),
    ])  # fmt: skip
    first, second = ImportLine.objects.filter(batch=batch).order_by("number")
    assert {tuple(change) for change in told(first)["changes"]} == {
        ("name", "王*川", "王*穿"), ("phone", "139****0001", "139****0002"), ("address", "前巷***", "后巷***"),
    }  # fmt: skip
    assert told(second)["changes"] == [["away", "yes", "no"]]
    apply_import(batch, by=bring.cast.village_cadre)
    person = Person.objects.get(name="王小穿")
    assert full_contact(person).phone == "13912340002"
    assert person.versions.get().name == "王小川", "what was known before stays in the register of the days before"
    assert not Person.objects.get(name="王强").is_away
    assert Household.objects.get(number="12").address == "后巷3号"


def test_somebody_in_another_household_moves_and_keeps_their_history(bring: Bring) -> None:
    bring.over([HEAD, SON])
    batch = bring.over([row("13", "王强", relation="户主", id_number=id_of("19810203", 117))])
    assert batch.changed == 1
    son = Person.objects.get(name="王强")
    assert son.household and (son.household.number, son.is_head) == ("13", True)
    assert Membership.objects.filter(person=son, ends_on__isnull=False).count() == 1


def test_name_birth_and_household_only_suggest_and_a_person_decides(bring: Bring, cast: Cast) -> None:
    bring.over([row("12", "王小川", birth="1956-07-08")])
    batch = bring([row("12", "王小川", birth="1956-07-08", id_number=id_of())])
    assert lines(batch) == [(2, "alike")]
    assert apply_import(batch, by=cast.village_cadre).alike == 1
    assert Person.objects.filter(name="王小川").count() == 1, "who is not decided is left out"

    for decision, count in (("same", 1), ("other", 2)):
        batch = bring([row("12", "王小川", birth="1956-07-08", phone=f"1391234000{count}")])
        decide_lines(batch, by=cast.village_cadre, decision=decision, numbers=[2])
        apply_import(batch, by=cast.village_cadre)
        assert Person.objects.filter(name="王小川").count() == count


def test_another_birth_or_another_number_is_another_person(bring: Bring) -> None:
    bring.over([row("12", "王小川", id_number=id_of())])
    batch = bring([row("12", "王小川", birth="1990-01-01"), row("12", "王小川", id_number=id_of("19560708", 126))])
    assert lines(batch) == [(2, "new"), (3, "new")]


def test_decisions_outlive_a_second_check(bring: Bring, cast: Cast) -> None:
    bring.over([row("12", "王小川", birth="1956")])
    batch = bring([row("12", "王小川", birth="1956")])
    decide_lines(batch, by=cast.village_cadre, decision="same")
    batch = check_import(batch, by=cast.village_cadre)
    assert lines(batch) == [(2, "same")]


def test_the_file_lies_sealed_and_goes_when_it_is_taken_over(
    bring: Bring, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    batch = bring([HEAD])
    kept = list(tmp_path.rglob("*.sealed"))
    assert len(kept) == 1 and b"PK" not in kept[0].read_bytes()[:64]
    with django_capture_on_commit_callbacks(execute=True):
        apply_import(batch, by=bring.cast.village_cadre)
    assert not list(tmp_path.rglob("*.sealed"))
    assert not any(bytes(line.details) for line in ImportLine.objects.filter(batch=batch))


def test_no_number_or_phone_of_a_list_stands_readable_in_a_table(bring: Bring) -> None:
    batch = bring([HEAD])
    for line in ImportLine.objects.filter(batch=batch):
        assert id_of().encode() not in bytes(line.details) and b"13912340001" not in bytes(line.details)


@pytest.mark.parametrize("name", ["grid_worker", "mediator", "administrator", "auditor", "resident", "stranger"])
def test_others_bring_no_lists_in(bring: Bring, cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        bring_list(cast.world.village, by=getattr(cast, name), name="x.xlsx", data=book([HEAD]))


def test_nobody_brings_a_list_of_another_village(bring: Bring, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        bring_list(cast.world.other_village, by=cast.village_cadre, name="x.xlsx", data=book([HEAD]))
    batch = bring([HEAD])
    assert not RegisterImport.objects.visible_to(cast.stranger).exists()
    with pytest.raises(Forbidden):
        apply_import(batch, by=cast.stranger)


def test_somebody_registered_in_a_village_of_others_is_not_moved(bring: Bring, cast: Cast) -> None:
    bring.over([HEAD], place=cast.world.other_village, by=cast.township_staff)
    batch = bring([HEAD])
    assert list(faults(batch)) == ["E2"]
    moved = bring.over([HEAD], by=cast.township_staff)
    assert moved.changed == 1, "the township keeps both"


def test_a_list_of_a_town_names_the_village_in_every_row(bring: Bring, cast: Cast) -> None:
    heads, village = ("村", "户编号", "姓名"), cast.world.village
    rows = [[village.short_name, "1", "甲乙"], [village.code, "2", "丙丁"], ["", "3", "戊己"], ["别处村", "4", "庚辛"]]
    batch = bring.over(book(rows, heads), place=cast.world.township, by=cast.township_staff)
    assert (batch.new, batch.refused) == (2, 2)
    assert set(faults(batch)) == {"A4", "A5"}
    assert set(Household.objects.filter(number__in="12").values_list("place", flat=True)) == {village.pk}


def test_a_list_taken_over_or_given_up_is_not_taken_over_again(bring: Bring, cast: Cast) -> None:
    batch = bring.over([HEAD])
    with pytest.raises(IllegalMove):
        apply_import(batch, by=cast.village_cadre)
    other = discard_import(bring([HEAD]), by=cast.village_cadre)
    assert not ImportLine.objects.filter(batch=other).exists()
    with pytest.raises(IllegalMove):
        check_import(other, by=cast.village_cadre)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n\0\0\0", b"PK\x03\x04broken", table([["1", "2"]], ["x", "y"])]
)
def test_what_is_no_list_is_refused_with_a_sentence(bring: Bring, data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        bring(data)
    assert refusal.value.field == "file" and str(refusal.value)
