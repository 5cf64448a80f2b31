"""The short chain of the demonstration: instructions in every state that waits, programmes that give the published figures."""

from __future__ import annotations

from random import Random

import pytest

from cunlian.demo.hengkou import instructions, land, staff
from cunlian.demo.hengkou.lists import Names
from cunlian.instructions.models import Copy, Instruction, Programme
from cunlian.instructions.states import State
from cunlian.kernel import figures
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity

pytestmark = pytest.mark.django_db


def test_ten_instructions_in_different_states_and_two_programmes() -> None:
    chance = Random(1)
    ground = land.build(chance, lambda _n: None)
    instructions.build(ground, staff.build(ground, Names(chance), lambda _n: None))

    assert (Instruction.objects.count(), Programme.objects.count()) == (10, 2)
    assert set(Copy.objects.values_list("state", flat=True)) == {str(state) for state in State}
    claims = {claim: one.code for one in figures.INDICATORS.values() for claim in one.claims}
    assert [figures.compute(claims[claim], SYSTEM).value for claim in ("A11", "A12")] == [1, 5]
    straight = figures.compute("instructions.straight", SYSTEM).value
    assert straight and figures.compute("instructions.median_hops", SYSTEM).value == 1
    assert Activity.objects.filter(verb="instructions.redirected").exists()
