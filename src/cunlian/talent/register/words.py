"""From the words somebody searches with to skills of the tree: what they say by name, else what they say in part."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import jieba

from cunlian.talent.models import Skill

MOST = 3
# A word that stands in more skills than this tells none of them apart ("repair").
TELLING = 3
WITHIN = re.compile(r"(\d{1,3})\s*(?:km\b|公里|千米|kilometres?\b)", re.IGNORECASE)

jieba.setLogLevel(logging.WARNING)


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)[:300].lower()


def kilometres_in(text: str) -> int | None:
    """How far somebody is willing to look, where their words say so."""
    found = WITHIN.search(plain(text))
    return int(found[1]) if found else None


def _terms(skill: Skill) -> set[str]:
    return {term for term in plain(f"{skill.name} {skill.words}").split() if len(term) > 1}


def _english(text: str) -> frozenset[str]:
    return frozenset(
        word for word in re.findall(r"[a-z]{3,}", text) if word not in {"and", "the", "who", "can", "with"}
    )


def _named(text: str, skill: Skill) -> int:
    """How many characters of the text the skill's own words cover; its English name counts when all of it is said."""
    english = _english(plain(skill.name_en))
    whole = sum(len(word) for word in english) if english and english <= _english(text) else 0
    return max([whole, *(len(term) for term in _terms(skill) if term in text)])


def _in_part(text: str, skills: list[Skill]) -> dict[str, int]:
    """Words of the text that stand inside words of few skills, by the skill's code: how many characters."""
    words = {word for word in jieba.cut(text) if len(word) > 1}
    hits = {skill.code: {word for word in words if any(word in term for term in _terms(skill))} for skill in skills}
    spread = Counter(word for found in hits.values() for word in found)
    return {code: sum(len(word) for word in found if spread[word] <= TELLING) for code, found in hits.items()}


def skills_in(text: str, listed: Iterable[Skill]) -> list[Skill]:
    """At most three skills the words speak of, the best first; none when they speak of none. Only leaves of the tree."""
    said, leaves = plain(WITHIN.sub(" ", text)), [skill for skill in listed if skill.parent_id]
    scores = {skill.code: _named(said, skill) for skill in leaves}
    if not any(scores.values()):
        scores = _in_part(said, leaves)
    found = sorted((skill for skill in leaves if scores[skill.code]), key=lambda one: (-scores[one.code], one.code))
    return found[:MOST]
