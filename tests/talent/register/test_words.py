"""What people write when they look for somebody, and the skills it is read as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunlian.kernel.ids import uuid7
from cunlian.talent.models import Skill
from cunlian.talent.register.words import kilometres_in, skills_in
from tests.talent.register.conftest import Register


@pytest.mark.parametrize(("words", "code"), [
    ("谁会修冷库", "0401"),
    ("冷藏库坏了找人看看", "0401"),
    ("who can repair a cold store within 20 km", "0401"),
    ("找个木匠打家具", "0502"),
    ("猕猴桃剪枝", "0101"),
    ("请人教炒茶", "0104"),
    ("办婚礼的司仪", "1004"),
    ("网店直播带货", "0701"),
    ("把老屋修一修", "0506"),
])  # fmt: skip
def test_words_are_read_as_the_skill_they_speak_of(register: Register, words: str, code: str) -> None:
    assert skills_in(words, Skill.objects.all())[0].code == code


@pytest.mark.parametrize("words", ["", "   ", "会飞的人", "维修", "12345", "🙂"])
def test_words_that_speak_of_no_skill_or_of_too_many_find_none(register: Register, words: str) -> None:
    assert skills_in(words, Skill.objects.all()) == []


def test_a_group_is_never_what_the_words_speak_of(register: Register) -> None:
    assert all(skill.parent_id for skill in skills_in("种植 养殖 农机 冷库", Skill.objects.all()))


@pytest.mark.parametrize(("words", "km"), [
    ("修冷库，20公里以内", 20), ("５ 公里", 5), ("within 20 km", 20), ("20 kmart", None), ("冷库", None), ("20里", None),
])  # fmt: skip
def test_kilometres_are_read_where_they_are_said(words: str, km: int | None) -> None:
    assert kilometres_in(words) == km


COLD = Skill(code="0401", parent_id=uuid7(), name="冷库安装维修", name_en="Cold store repair", words="冷库")
WOOD = Skill(code="0502", parent_id=uuid7(), name="木工", name_en="Carpentry", words="木匠")
GROUP = Skill(code="05", name="建筑修缮", name_en="Building")


@given(st.text(max_size=400))
def test_whatever_is_written_at_most_three_leaves_are_read_and_nothing_breaks(text: str) -> None:
    found = skills_in(text, [COLD, WOOD, GROUP])
    assert len(found) <= 3 and all(skill.parent_id for skill in found)
    assert ("木匠" not in text[:300]) or WOOD in found
