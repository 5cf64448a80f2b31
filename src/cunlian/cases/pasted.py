"""Words pasted from the chat group: what place, category, name and phone they speak of. Proposals only; staff decide.

Nothing is guessed from who people are, only from what the message says. A phone is what looks like one; a name is what
the writer or the chat calls themself; a place is a village of the staff's own territory that is named; a category is the
one whose listed words the message uses, rarer words counting more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from cunlian.cases.models import Category
from cunlian.kernel import clock
from cunlian.kernel.secrets import MOBILE
from cunlian.places.models import Place

PROPOSED = 3
PLAIN_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789", "\u200b")
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
# How a chat copies a line: the name, then a date or a time.
CHAT_HEAD = re.compile(
    r"^\s*([\u4e00-\u9fff·]{2,8}|[^\s:：\d]{2,16})\s*(?:(?:\d{4}[-/年])?\d{1,2}[-/月]\d{1,2}日?)?\s*\d{1,2}:\d{2}(?::\d{2})?\s*$",
    re.MULTILINE,
)
CALLS_SELF = re.compile(r"我(?:是|叫)[^,，。；;\s]{0,8}?([\u4e00-\u9fff]{2,3})(?=[,，。；;\s]|$)")
SIGNED = re.compile(r"(?:联系人|姓名|反映人)[:：是]?\s*([\u4e00-\u9fff]{2,4})")
NOT_NAMES = re.compile(r"村|社区|[一二三四五六七八九十]组|老百姓|村民|居民|群众|门口|家属|邻居|网格")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍"
)


@dataclass(frozen=True)
class Proposal:
    """What the form is filled with: best first, at most three of each; "" where the words say nothing."""

    places: tuple[Place, ...]
    categories: tuple[Category, ...]
    name: str
    phone: str
    text: str


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u200b", "")


def _kept(text: str) -> str:
    """The person's own words as written, full-width signs too; only digits are made plain, so that a phone is seen."""
    return text.translate(PLAIN_DIGITS)


def phone_in(text: str) -> str:
    found = PHONE.search(text)
    digits = re.sub(r"\D", "", found[1]) if found else ""
    return digits if MOBILE.fullmatch(digits) else ""


def name_in(text: str) -> str:
    """The name somebody gives themself, or the one the chat puts over the message."""
    for pattern in (SIGNED, CALLS_SELF, CHAT_HEAD):
        for found in pattern.finditer(text):
            name: str = found[1]
            if name[0] in SURNAMES and 2 <= len(name) <= 4 and not NOT_NAMES.search(name):
                return name
    return ""


def words_in(text: str) -> str:
    """The message without the chat's own lines and the phone: what the person said."""
    without = PHONE.sub("", CHAT_HEAD.sub("", text))
    return "\n".join(line.strip() for line in without.splitlines() if line.strip())


def places_in(text: str, villages: Iterable[Place]) -> tuple[Place, ...]:
    """Villages the text names, the longest name first: 陈家营村（大） before 陈家营村. A name without 村 counts less."""
    scored: list[tuple[int, str, Place]] = []
    for place in villages:
        name = _normal(place.short_name)
        stem = re.sub(r"(村|社区)$", "", name)
        if name in text:
            scored.append((-10 - len(name), place.code, place))
        elif len(stem) >= 2 and stem in text:
            scored.append((-len(stem), place.code, place))
    return tuple(place for _score, _code, place in sorted(scored, key=lambda row: row[:2])[:PROPOSED])


def _terms(category: Category) -> set[str]:
    return {term for term in [*category.words.split(), category.name] if term}


def categories_in(text: str, categories: Iterable[Category]) -> tuple[Category, ...]:
    """Items of the list whose words the text uses: a word in few items counts more, a longer one too."""
    leaves = [category for category in categories if category.parent_id]
    spread: dict[str, int] = defaultdict(int)
    for category in leaves:
        for term in _terms(category):
            spread[term] += 1
    scored = []
    for category in leaves:
        hits = [term for term in _terms(category) if term in text]
        score = sum((1 + log(len(leaves) / spread[term])) * len(term) for term in hits)
        if score:
            scored.append((-score, category.code, category))
    return tuple(category for _score, _code, category in sorted(scored, key=lambda row: row[:2])[:PROPOSED])


def propose(text: str, villages: Iterable[Place], categories: Iterable[Category] | None = None) -> Proposal:
    """Proposals for a pasted message. ``villages``: those of the staff's territory. Two queries at most."""
    plain = _normal(text)
    listed = Category.objects.listed_on(clock.today()) if categories is None else categories
    return Proposal(
        places=places_in(plain, villages),
        categories=categories_in(words_in(plain), listed),
        name=name_in(plain),
        phone=phone_in(plain),
        text=words_in(_kept(text)),
    )
