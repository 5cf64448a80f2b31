"""C21 and C22 counted by hand."""

from __future__ import annotations

from cunlian.kernel import figures
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.people.consent import withdraw
from cunlian.people.models import Consent
from cunlian.places.models import Place, code_range
from cunlian.talent.models import TalentEntry
from tests.talent.register.conftest import CARPENTRY, COLD_STORE, TEA, Register

IN_REGISTER = "talent.local_talent_count"


def value(code: str, viewer: Actor, place: Place) -> int | None:
    return figures.compute(code, viewer, within=[code_range(place.code)]).value


def test_people_in_the_register_are_counted_once_whatever_they_can_do(register: Register) -> None:
    world, staff = register.cast.world, register.cast.county_staff
    register.enter(None, COLD_STORE, CARPENTRY)
    register.enter(register.somebody("桥师傅", world.other_village), TEA)
    withdrawn = register.enter(register.somebody("撤回的"), TEA)
    register.recommend(register.somebody("只是推荐"), TEA)
    withdraw(Consent.objects.get(person=withdrawn.person), by=SYSTEM)
    assert value(IN_REGISTER, staff, world.township) == 2
    assert value(IN_REGISTER, staff, world.other_village) == 1
    traced = figures.trace(figures.find(IN_REGISTER), staff, within=[code_range(world.township.code)])
    assert {entry.person.name for entry in traced} == {"张桂兰", "桥师傅"}


def test_viewer_counts_whom_they_may_see(register: Register) -> None:
    register.enter()
    cast, township = register.cast, register.cast.world.township
    counted = {name: value(IN_REGISTER, getattr(cast, name), township)
               for name in ("village_cadre", "auditor", "neighbour_cadre", "stranger", "anonymous")}  # fmt: skip
    assert counted == {"village_cadre": 1, "auditor": 1, "neighbour_cadre": 0, "stranger": 0, "anonymous": 0}


def test_who_rests_is_not_counted(register: Register) -> None:
    entry = register.enter()
    TalentEntry.objects.filter(pk=entry.pk).update(state="resting", rests_since=entry.entered_on)
    assert value(IN_REGISTER, register.cast.county_staff, register.cast.world.township) == 0
