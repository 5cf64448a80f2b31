"""An import is taken back whole: what it made goes, what it changed becomes what it was; what was changed since stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, IllegalMove
from cunlian.people import actions, consent
from cunlian.people.contact import full_contact
from cunlian.people.imports import traces
from cunlian.people.imports.actions import undo_import
from cunlian.people.models import (
    Consent,
    Household,
    HouseholdVersion,
    ImportLine,
    Membership,
    Person,
    PersonVersion,
    RegisterImport,
)
from tests.people.imports.conftest import Bring, id_of, row

HEAD = row("12", "王小川", address="前巷12号", relation="户主", id_number=id_of(), phone="13912340001")
SON = row("12", "王强", relation="儿子", id_number=id_of("19810203", 117), away="是")
Clock = Any


def undo(bring: Bring, batch: RegisterImport) -> RegisterImport:
    return undo_import(batch, by=bring.cast.village_cadre)


def kept(batch: RegisterImport) -> set[str]:
    found = batch.traces.filter(kept=True).select_related("person", "household")
    return {trace.person.name if trace.person else str(trace.household) for trace in found}


def whole() -> list[Any]:
    """Every row of the register."""
    tables = (Person, Household, HouseholdVersion, Membership, PersonVersion)
    return [list(model._base_manager.order_by("pk").values()) for model in tables]


def test_what_an_import_made_goes_and_nothing_else(bring: Bring) -> None:
    before = whole()
    batch = undo(bring, bring.over([HEAD, SON]))
    assert whole() == before
    assert (batch.state, batch.kept) == ("undone", 0)
    assert not ImportLine.objects.filter(batch=batch, person__isnull=False).exists()


def test_what_it_changed_becomes_what_it_was_with_its_history(bring: Bring) -> None:
    bring.over([HEAD, SON])
    before = whole()
    batch = bring.over([
        row("12", "王小穿", id_number=id_of(), phone="13912340002", address="后巷3号"),
        row("13", "王强", relation="户主", id_number=id_of("19810203", 117), away="否"),
    ])  # fmt: skip
    assert batch.changed == 2 and whole() != before
    undo(bring, batch)
    assert whole() == before
    assert full_contact(Person.objects.get(name="王小川")).phone == "13912340001"


def test_undone_days_later_the_register_of_every_day_is_what_it_was(bring: Bring, frozen_clock: Clock) -> None:
    first = date(2026, 3, 1)
    frozen_clock(clock.at(first, 9))
    bring.over([HEAD, SON])
    before = whole()
    frozen_clock(clock.at(first + timedelta(days=5), 9))
    batch = bring.over([row("13", "王强", id_number=id_of("19810203", 117), away="否"), row("14", "赵大")])
    assert Membership.objects.filter(person__name="王强", ends_on=None).get().household.number == "13"
    frozen_clock(clock.at(first + timedelta(days=9), 9))
    undo(bring, batch)
    assert whole() == before


def test_who_was_corrected_since_stays_and_is_named(bring: Bring) -> None:
    batch = bring.over([HEAD, SON, row("15", "孙一")])
    actions.correct_person(Person.objects.get(name="王强"), by=bring.cast.village_cadre, phone="13912340008")
    batch = undo(bring, batch)
    assert kept(batch) == {"王强", "12"}, "and the household they live in"
    assert batch.kept == 2
    assert not Person.objects.filter(name__in=("王小川", "孙一")).exists()
    assert not Household.objects.filter(number="15").exists()


def test_who_was_changed_by_the_list_and_again_since_keeps_the_later_change(bring: Bring) -> None:
    bring.over([HEAD])
    batch = bring.over([row("12", "王小川", id_number=id_of(), phone="13912340002")])
    actions.correct_person(Person.objects.get(name="王小川"), by=bring.cast.village_cadre, phone="13912340003")
    assert kept(undo(bring, batch)) == {"王小川"}
    assert full_contact(Person.objects.get(name="王小川")).phone == "13912340003"


def test_a_later_list_counts_as_a_later_change(bring: Bring) -> None:
    first = bring.over([HEAD])
    second = bring.over([row("12", "王小川", id_number=id_of(), phone="13912340002")])
    assert kept(undo(bring, first)) == {"王小川", "12"}
    undo(bring, second)
    assert Person.objects.filter(name="王小川").count() == 1


def test_lists_taken_back_one_after_the_other_leave_nothing(bring: Bring) -> None:
    before = whole()
    first = bring.over([HEAD])
    second = bring.over([row("12", "王小川", id_number=id_of(), phone="13912340002"), SON])
    undo(bring, second)
    undo(bring, first)
    assert whole() == before


@pytest.mark.parametrize("since", ["consent", "move", "head", "household", "split"])
def test_whatever_happened_since_keeps_the_person(bring: Bring, since: str) -> None:
    by = bring.cast.village_cadre
    batch = bring.over([HEAD, SON, row("15", "孙一", relation="户主"), row("15", "孙二", relation="女")])
    son, daughter = Person.objects.get(name="王强"), Person.objects.get(name="孙二")
    if since == "consent":
        consent.give(son, by=SYSTEM, purpose="talent", way=Consent.Way.ONLINE)
    elif since == "move":
        actions.move_person(son, by=by, place=bring.cast.world.village)
    elif since == "head":
        actions.name_head(son.household, by=by, person=son)
    elif since == "household":
        actions.join_households(son.household, by=by, into=daughter.household)
    else:
        actions.split_household(son.household, by=by, members=[son], head=son, number="99")
    undo(bring, batch)
    assert Person.objects.filter(name="王强").exists()
    assert not Person.objects.filter(name="孙一").exists() or since == "household"


def test_only_looking_at_somebody_is_no_change(bring: Bring) -> None:
    batch = bring.over([HEAD])
    person = Person.objects.get(name="王小川")
    actions.reveal_contact(person, by=bring.cast.village_cadre, purpose="核对名册")
    assert undo(bring, batch).kept == 0
    assert not Person.objects.filter(pk=person.pk).exists()


def test_undoing_is_logged_once_and_done_once(bring: Bring) -> None:
    batch = bring.over([HEAD, SON])
    before = Activity.objects.count()
    undo(bring, batch)
    assert Activity.objects.count() == before + 1
    with pytest.raises(IllegalMove):
        undo(bring, batch)


def test_others_do_not_take_it_back(bring: Bring) -> None:
    batch = bring.over([HEAD])
    for name in ("stranger", "grid_worker", "administrator"):
        with pytest.raises(Forbidden):
            undo_import(batch, by=getattr(bring.cast, name))


def test_what_somebody_was_lies_sealed(bring: Bring) -> None:
    bring.over([HEAD])
    batch = bring.over([row("12", "王小川", id_number=id_of(), phone="13912340002")])
    trace = batch.traces.get(made=False)
    assert "王小川".encode() not in bytes(trace.before)
    assert traces.is_as_left(trace, Person.objects.get(name="王小川"))
