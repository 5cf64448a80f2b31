"""The tree of skills: the usual one, what the county adds and takes off."""

from __future__ import annotations

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.talent.models import Skill
from cunlian.talent.register import actions
from tests.talent.register.conftest import COLD_STORE, Register


def test_usual_tree_is_taken_over_once_and_keeps_what_the_county_has(register: Register) -> None:
    assert Skill.objects.filter(parent=None).count() == 11 and Skill.objects.leaves().count() == 48
    assert actions.take_over_skills(register.cast.world.county, by=register.cast.county_staff) == 0


def test_county_adds_a_skill_and_takes_one_off_and_old_entries_keep_it(register: Register) -> None:
    county, by = register.cast.world.county, register.cast.county_staff
    added = actions.add_skill(by=by, root=county, code="0405", name="烟叶烘烤", words="烤烟 烘烤")
    assert added.parent and added.parent.code == "04"
    entry = register.enter()
    actions.end_skill(Skill.objects.get(code=COLD_STORE), by=by)
    assert not Skill.objects.listed_on(clock.today()).filter(code=COLD_STORE).exists()
    assert entry.skills.get().skill.code == COLD_STORE
    with pytest.raises(Invalid):
        actions.change_entry(entry, by=SYSTEM, skills=register.skills(COLD_STORE))


@pytest.mark.parametrize(
    ("code", "refusal"), [("4", Invalid), ("04x1", Invalid), ("9901", Invalid), ("0401", Conflict)]
)
def test_code_that_is_none_is_taken_or_has_no_group_is_refused(
    register: Register, code: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.add_skill(by=SYSTEM, root=register.cast.world.county, code=code, name="烟叶烘烤")


def test_group_with_skills_and_what_is_off_already_are_not_taken_off(register: Register) -> None:
    with pytest.raises(Invalid):
        actions.end_skill(Skill.objects.get(code="04"), by=SYSTEM)
    skill = Skill.objects.get(code=COLD_STORE)
    actions.end_skill(skill, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.end_skill(skill, by=SYSTEM)


@pytest.mark.parametrize("name", ["township_staff", "village_cadre", "administrator", "stranger"])
def test_tree_is_the_countys(register: Register, name: str) -> None:
    with pytest.raises(Forbidden):
        actions.add_skill(by=getattr(register.cast, name), root=register.cast.world.county, code="12", name="其他")
