"""Is this perhaps reported already? Compared in the words people use, shown without any of them.

Only public matters are offered (a lamp, a road, a drain): a stranger reads the category, the village and the day, and
nothing anybody wrote. A request joins by a handle that is good only while the case is on this list, so that a list of
similar cases gives away neither receipts nor keys.
"""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import jieba
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case, Category
from cunlian.kernel import clock
from cunlian.kernel.refusals import Missing, Text
from cunlian.kernel.secrets import blind
from cunlian.places.models import Level, Place, code_range

DAYS = 60
LOOKED_AT = 120
SHOWN = 3
# Words half of all reports contain: they say nothing about what is the same.
COMMON = frozenset(
    (
        "我们 他们 你们 这个 那个 这里 那里 没有 已经 现在 请问 希望 问题 一下 村里 什么 "
        "怎么 还是 可以 不能 进行 处理 解决 领导 反映 情况 多次 一直 几天 好几天 今天 昨天 "
        "明天 晚上 早上 门口 附近 旁边 大家 村民 群众 有人 时候 尽快 帮忙 麻烦 谢谢 "
    ).split()
)

jieba.setLogLevel(logging.WARNING)


@dataclass(frozen=True)
class Similar:
    """One open case as a stranger sees it. ``handle`` joins it."""

    handle: str
    what: Text
    place: str
    day: date
    case: Case


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words a text is compared by: two characters and more, Chinese only, so that no name in Latin letters, phone
    or number is ever compared."""
    plain = unicodedata.normalize("NFKC", text)[:600]
    found = {word for word in jieba.cut_for_search(plain) if len(word) > 1}
    return frozenset(word for word in found - COMMON if all("\u4e00" <= char <= "\u9fff" for char in word))


def _village(place: Place) -> Place:
    return place.parent if place.level == Level.GRID and place.parent else place


def _likeness(words: frozenset[str], category: Category | None, case: Case) -> float:
    """0 (nothing in common) upwards. The same item of the list counts as one shared word."""
    theirs = words_of(f"{case.title} {case.text} {case.place_text}")
    same = category is not None and case.category is not None and case.category.code.startswith(category.code)
    shared = len(words & theirs) + same
    least = min(len(words), len(theirs)) or 1
    return shared / least if shared >= 2 else 0.0


def similar_cases(place: Place, text: str, category: Category | None = None) -> list[Similar]:
    """The most alike open public matters of the village from the last sixty days, at most three. One query."""
    words = words_of(text)
    if not words:
        return []
    low, high = code_range(_village(place).code)
    rows = (
        Case.objects.open()
        .filter(confidential=False, category__is_public_matter=True, place__code__gte=low, place__code__lt=high)
        .filter(reported_at__gte=clock.now() - timedelta(days=DAYS))
        .select_related("place", "category")
        .order_by("-reported_at")[:LOOKED_AT]
    )
    scored = [(score, case) for case in rows if (score := _likeness(words, category, case)) >= 0.34]
    scored.sort(key=lambda pair: pair[0], reverse=True)
    return [
        Similar(handle_of(case), str(case.category), case.place.short_name, clock.day_of(case.reported_at), case)
        for _score, case in scored[:SHOWN]
    ]


def handle_of(case: Case) -> str:
    return blind(f"join:{case.pk}")[:24]


def offered(handle: str, place: Place, text: str, category: Category | None = None) -> Case:
    """The case behind ``handle`` while it is on the list for these words; Missing when it was finished meanwhile."""
    for similar in similar_cases(place, text, category):
        if similar.handle == handle:
            return similar.case
    raise Missing(_("That request is finished by now. Please send yours as a new one."), field="join")
