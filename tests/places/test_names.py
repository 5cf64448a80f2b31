"""Short names and initials."""

from __future__ import annotations

import pytest

from cunlian.places.names import initials_of, short_name_of


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("棋盘村村委会", "棋盘村"),
        ("棋盘村委会", "棋盘村"),
        ("棋盘村村民委员会", "棋盘村"),
        ("棋盘村民委员会", "棋盘村"),
        ("安乐社区居委会", "安乐社区"),
        ("安乐社区居民委员会", "安乐社区"),
        ("东街居委会", "东街"),
        ("行政村委会", "行政村"),
        ("三村村委会", "三村"),
        ("陈家营村委会（大）", "陈家营村（大）"),
        ("联合村委会大", "联合村（大）"),
        ("呼和嘎查村民委员会", "呼和嘎查"),
        ("五星社区村委会", "五星社区"),
        ("恒口镇", "恒口镇"),
        ("村委会", "村委会"),
    ],
)
def test_the_committee_is_left_out(official: str, short: str) -> None:
    assert short_name_of(official) == short
    assert short_name_of(short) == short


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("棋盘村", "qpc"),
        ("安乐社区", "alsq"),
        ("重庆市", "cqs"),
        ("长沙市", "css"),
        ("行政村", "xzc"),
        ("厦门市", "xms"),
        ("曾家湾村", "zjwc"),
        ("乐清市", "yqs"),
        ("陈家营村（大）", "cjycd"),
        ("83团一连", "83tyl"),
        ("ＡＢ村", "abc"),
        ("\ue170村", "c"),
    ],
)
def test_initials_are_as_people_type_them(name: str, initials: str) -> None:
    assert initials_of(name) == initials
