"""Is this perhaps reported already? Compared in the words people use, shown without any of them.

Only public matters are offered (a lamp, a road, a drain): a stranger reads the category, the village and the day, and
nothing anybody wrote. A request joins by a handle that is good only while the case is on this list, so that a list of
similar cases gives away neither receipts nor keys.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import jieba
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case, Category
from cunlian.cases.pasted import categories_in
from cunlian.kernel import clock
from cunlian.kernel.refusals import Missing, Text
from cunlian.kernel.secrets import blind
from cunlian.places.models import Level, Place
from cunlian.places.querysets import code_q

DAYS = 60
LOOKED_AT = 120
SHOWN = 3
ALIKE = 3
# Words half of all reports contain: they say nothing about what is the same.
COMMON = frozenset(
    (
        "我们 他们 你们 这个 那个 这里 那里 没有 已经 现在 请问 希望 问题 一下 村里 什么 怎么 还是 可以 不能 不是 进行 "
        "处理 解决 领导 反映 情况 多次 一直 几天 好几天 好几 好几家 两天 每天 天天 今天 昨天 明天 晚上 早上 半夜 大家 村民 "
        "群众 有人 没人 时候 尽快 帮忙 麻烦 谢谢 老人 孩子 小孩 上学 放学 走路 看不见 看不清 危险 害怕 小心 下雨 大雨 起来 "
        "出来 严重 厉害 好多 很多 邻居 家里 房顶 经过 通知 坏了 不了 大约 味道 太大 到处 修一修 前几天"
    ).split()
)
GROUP = re.compile(r"[一二三四五六七八九十\d]+(?:组|队|巷)")
# How words end that say where something is.
SPOT = re.compile(
    r"(?:村|社区|镇|组|巷|街|口|头|边|广场|学校|小学|中学|卫生室|卫生院|村部|村委会|供销社|磨坊|油坊|祠堂|祠堂门|水塔|槐树|"
    r"谷场|谷坪|车站|超市|门前|门外|附近|下面|后面|前面|对面|桥)$"
)
BESIDE = re.compile(r"门口|门前|门外|村口|旁边|附近|[下后前对]面|窗口|人口|村里")
# What stands in every village and is nobody's: all a neighbour is told of where it is.
LANDMARK = re.compile(
    GROUP.pattern
    + "|(?:文化|休闲)?广场|小学|中学|学校|幼儿园|卫生室|卫生院|村部|村委会|供销社|敬老院|祠堂|水塔|晒谷场|打谷坪|"
    "车站|超市|磨坊|油坊|桥头|村口|河边|岔路口|十字路口"
)
SAME_SPOT = {"小学": "学校", "中学": "学校", "村委会": "村部"}

jieba.setLogLevel(logging.WARNING)


@dataclass(frozen=True)
class Similar:
    """One open case as a stranger sees it. ``handle`` joins it."""

    handle: str
    what: Text
    place: str
    day: date
    case: Case


@dataclass(frozen=True)
class Said:
    """What a report is compared by: ``words`` about the matter, ``spots`` it names (groups of the village, and landmarks as
    pairs of characters, so that “the square” is found in “the culture square”)."""

    words: frozenset[str]
    spots: frozenset[str]


def _cut(text: str) -> list[str]:
    """Its words of two characters and more, Chinese only, so that no name in Latin letters, phone or number is compared."""
    return [word for word in jieba.cut(text) if len(word) > 1 and all("\u4e00" <= char <= "\u9fff" for char in word)]


def _pairs(spots: Iterable[str]) -> set[str]:
    parts = [part for spot in spots for part in BESIDE.sub(" ", SAME_SPOT.get(spot, spot)).split()]
    return {part[at : at + 2] for part in parts for at in range(len(part) - 1)}


@lru_cache(maxsize=4096)
def read(text: str, where: str = "", names: tuple[str, ...] = ()) -> Said:
    """What somebody wrote, taken apart. ``where``: their words for the exact place; ``names``: what the village itself is
    called, which everybody there writes and which therefore tells nothing."""
    plain, exact = (unicodedata.normalize("NFKC", part)[:600] for part in (text, where))
    for name in names:
        plain, exact = plain.replace(name, " "), exact.replace(name, " ")
    groups = set(GROUP.findall(f"{plain} {exact}"))
    words, told = set(_cut(GROUP.sub(" ", plain))), _cut(GROUP.sub(" ", exact))
    spots = {word for word in words if SPOT.search(word)} | set(told)
    matter = {word for word in words - COMMON - spots if not any(word in spot for spot in spots)}
    return Said(frozenset(matter), frozenset(groups | _pairs(spots)))


def landmarks(text: str) -> tuple[str, ...]:
    """The landmarks of the fixed list and the groups of the village a text names, in its order. No other word of it."""
    return tuple(dict.fromkeys(LANDMARK.findall(unicodedata.normalize("NFKC", text))))


def _item(speaks_of: list[str], chosen: str, code: str) -> int:
    """3: the item of the list these words speak of first of all; 1: perhaps; 0: nothing is known; -1: it is another one."""
    if not speaks_of:
        return int(bool(chosen) and code.startswith(chosen))
    return 3 if code == speaks_of[0] else 1 if code in speaks_of else -1


def likeness(mine: Said, theirs: Said, *, speaks_of: list[str], chosen: str, code: str) -> int:
    """How alike two reports are; from ``ALIKE`` on one is offered to whoever writes the other. ``speaks_of``: codes of the
    items the new words fit, best first; ``chosen``: the code of the group or item that was chosen, if one was; ``code``:
    the other's item.

    What it is about must agree, by the item or by two words: a shared place alone is never enough. Two that name places
    and share none are about two lamps, however alike the words."""
    here = mine.spots & theirs.spots
    if mine.spots and theirs.spots and not here:
        return 0
    shared = len(mine.words & theirs.words)
    item = _item(speaks_of, chosen, code)
    if item <= 0 and shared < 2:
        return 0
    least = min(len(mine.words), len(theirs.words)) or 1
    nearly_the_same = 3 if shared >= 3 and shared / least >= 0.6 else 0
    return item + min(shared, 2) + bool(here) + nearly_the_same


def speaks_of(text: str, chosen: Category | None, listed: Iterable[Category]) -> list[str]:
    """Codes of the two items of the list the words fit best; within what was chosen, where any of them is."""
    if chosen is not None and len(chosen.code) == 4:
        return [chosen.code]
    found = [item.code for item in categories_in(unicodedata.normalize("NFKC", text), listed)[:2]]
    inside = [code for code in found if chosen is not None and code.startswith(chosen.code)]
    return inside or found


def _village(place: Place) -> Place:
    return place.parent if place.level == Level.GRID and place.parent else place


def _names(village: Place) -> tuple[str, ...]:
    short = village.short_name
    return tuple(sorted({short, re.sub(r"(?:村|社区)$", "", short) or short}, key=len, reverse=True))


def similar_cases(place: Place, text: str, category: Category | None = None, where: str = "") -> list[Similar]:
    """The most alike open public matters of the village from the last sixty days, at most three. Their words alone are read
    to compare them, and those found then whole: three queries at most."""
    village = _village(place)
    names = _names(village)
    mine = read(text, where, names)
    near = Place.objects.filter(code_q(village.code)).values("pk")
    rows = (
        Case.objects.open()
        .filter(confidential=False, category__is_public_matter=True, place__in=near)
        .filter(reported_at__gte=clock.now() - timedelta(days=DAYS))
        .order_by("-reported_at")
        .values_list("pk", "text", "place_text", "category__code")[:LOOKED_AT]
    )
    told = list(rows)
    items = speaks_of(text, category, Category.objects.listed_on(clock.today())) if told else []
    chosen = category.code if category else ""
    scored = [
        (likeness(mine, read(said, there, names), speaks_of=items, chosen=chosen, code=code), key)
        for key, said, there, code in told
    ]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: pair[0], reverse=True)[:SHOWN]
    found = Case.objects.select_related("place", "category").in_bulk([key for _score, key in alike]) if alike else {}
    cases = [found[key] for _score, key in alike if key in found]
    return [
        Similar(handle_of(case), str(case.category), case.place.short_name, clock.day_of(case.reported_at), case)
        for case in cases
    ]


def handle_of(case: Case) -> str:
    return blind(f"join:{case.pk}")[:24]


def offered(handle: str, place: Place, text: str, category: Category | None = None, where: str = "") -> Case:
    """The case behind ``handle`` while it is on the list for these words; Missing when it was finished meanwhile."""
    for similar in similar_cases(place, text, category, where):
        if similar.handle == handle:
            return similar.case
    raise Missing(_("That request is finished by now. Please send yours as a new one."), field="join")
