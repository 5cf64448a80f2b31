"""What a chat message is read as. The rates over the whole set are printed by bench/bench_chat.py."""

from __future__ import annotations

import pytest

from cunlian.cases.models import Category
from cunlian.cases.pasted import name_in, phone_in, propose
from cunlian.places.models import Place


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("电话13912342716谢谢", "13912342716"),
        ("138 0013 8001", "13800138001"),
        ("+86 139-1234-2716", "13912342716"),
        ("身份证610902199001011234", ""),
        ("12345", ""),
        ("没有电话", ""),
    ],
)
def test_a_phone_is_only_what_is_one(text: str, phone: str) -> None:
    assert phone_in(text) == phone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张桂兰 7-9 19:20\n水渠垮了", "张桂兰"),
        ("我是南月村二组的李国庆，怕人", "李国庆"),
        ("我是村民，路坏了", ""),
        ("联系人：周敏 15900001111", "周敏"),
        ("路灯坏了", ""),
    ],
)
def test_a_name_is_only_what_somebody_calls_themself(text: str, name: str) -> None:
    assert name_in(text) == name


def test_the_longer_village_name_wins() -> None:
    one, other = Place(code="1", short_name="陈家营村"), Place(code="2", short_name="陈家营村（大）")
    assert propose("陈家营村（大）的路灯不亮", [one, other], []).places[0] == other


def test_nothing_said_means_nothing_proposed() -> None:
    found = propose("你们好", [Place(code="1", short_name="棋盘村")], [Category(code="0202", name="路灯", words="灯")])
    assert (found.places, found.categories, found.name, found.phone) == ((), (), "", "")


def test_the_words_are_kept_without_the_chats_own_line_and_the_phone() -> None:
    assert propose("张桂兰 19:20\n水渠垮了 13912342716", [], []).text == "水渠垮了"


def test_full_width_signs_of_the_message_stay_as_written():
    assert propose("水渠垮了，１３９１２３４２７１６请来看看！", [], []).text == "水渠垮了，请来看看！"
