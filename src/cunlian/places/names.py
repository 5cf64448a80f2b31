"""Short names and pinyin initials of places.

The official list names the committee ("棋盘村委会", "安乐社区居委会"); people say the place ("棋盘村", "安乐社区").
Names repeat, so neither is ever used to identify a place.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from pypinyin.constants import PINYIN_DICT

# Longest first. Each pair: what the official name ends in, and what stays of it.
_ENDINGS = (
    ("村村民委员会", "村"), ("村民委员会", "村"), ("村村民委会", "村"), ("村村委会", "村"), ("村民委会", "村"),
    ("社区村委会", "社区"), ("村委会", "村"), ("村委员会", "村"),
    ("社区居民委员会", "社区"), ("社区居委会", "社区"), ("社区居民委会", "社区"), ("社区委员会", "社区"),
    ("社区委会", "社区"),
    ("居民委员会", ""), ("居委会", ""), ("嘎查委员会", "嘎查"), ("嘎查委会", "嘎查"),
)  # fmt: skip
_UNITS = ("社区", "嘎查")
_TAIL = re.compile(
    r"^(?P<body>.+委会|.+委员会)(?:[（(](?P<noted>[^（）()]+)[）)]|(?P<bare>[大小新老东西南北上下中一二三]))$"
)

# Readings that place names use against the dictionary's first one. Words win over characters.
_CHARACTERS = {
    "长": "c", "曾": "z", "厦": "x", "单": "s", "解": "x", "尉": "y", "涡": "g", "重": "c", "朝": "c", "荥": "x",
    "铺": "p", "盛": "s", "会": "h", "乐": "l", "行": "x", "覃": "q", "仇": "q", "召": "z", "晟": "s", "阿": "a",
    "儿": "e", "车": "c", "屯": "t", "柏": "b", "查": "z", "秘": "m", "洞": "d", "莘": "s", "夏": "x", "翟": "z",
}  # fmt: skip
_WORDS = {
    "嘎查": "gc", "长子": "zz", "尉氏": "ws", "蔚县": "yx", "六安": "la", "乐清": "yq", "乐亭": "lt", "长治": "cz",
    "重庆": "cq", "重兴": "cx", "重阳": "cy", "银行": "yh", "商行": "sh", "行知": "xz", "莘庄": "xz", "大城": "dc",
    "石柱": "sz", "阿房": "ep", "东阿": "de", "大埔": "db", "黄埔": "hp", "朝鲜": "cx", "厦门": "xm", "村长": "cz",
    "生长": "sz", "成长": "cz", "区长": "qz", "音乐": "yy", "调查": "dc", "检查": "jc", "便宜": "py", "单位": "dw",
    "单一": "dy", "单元": "dy", "重点": "zd", "洪洞": "ht", "费县": "fx", "朝霞": "zx", "朝晖": "zh",
}  # fmt: skip
_WORD = re.compile("|".join(map(re.escape, _WORDS)))


def short_name_of(name: str) -> str:
    """What people call the place. Repeating it changes nothing.

    A note behind it that tells two villages of one name apart is kept: 陈家营村委会（大） → 陈家营村（大）."""
    noted = _TAIL.match(name)
    if noted:
        return f"{_without_ending(noted['body'])}（{noted['noted'] or noted['bare']}）"
    return _without_ending(name)


def _without_ending(name: str) -> str:
    for ending, rest in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            body = name[: -len(ending)]
            return body if rest == "村" and body.endswith(_UNITS) else body + rest
    return name


@cache
def _initial(character: str) -> str:
    character = normalize("NFKC", character)[:1]
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    if character in _CHARACTERS:
        return _CHARACTERS[character]
    readings = PINYIN_DICT.get(ord(character))
    if not readings:
        return ""
    first: str = readings[0]
    return _PLAIN.get(first, first)


# The first letter of a reading may carry the tone: ā é ǐ ō ǘ ń ḿ.
_PLAIN = {accented: plain for plain, row in {
    "a": "āáǎà", "e": "ēéěèê", "o": "ōóǒò", "n": "ńňǹ", "m": "ḿ",
}.items() for accented in row}  # fmt: skip


def initials_of(name: str) -> str:
    """Lower-case pinyin initials: 棋盘村 → qpc. Digits and Latin letters stand for themselves; the rest is left out."""
    whole = _WORD.sub(lambda match: _WORDS[match[0]], name)
    return "".join(map(_initial, whole))[:60]
