"""What stands in a cell, as people and spreadsheets write it. Each reader gives a value or raises Invalid with a sentence
that says how to mend the cell. Empty cells are never read: they say nothing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.refusals import Invalid, Text
from cunlian.kernel.secrets import normalise_phone
from cunlian.people.contact import clean_name
from cunlian.people.identity import FIRST_YEAR, Identity, read_identity

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s]+[\d:.]+)?")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
_EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number; what is longer has lost its end."""
_EPOCH = date(1899, 12, 30)
_RELATIONS = {
    "head": "户主 本人 本人户主",
    "spouse": "配偶 妻 妻子 夫 丈夫 老婆 爱人 之妻 之夫",
    "child": "子 女 儿子 女儿 长子 次子 三子 四子 长女 次女 三女 四女 独生子 独生女 儿 子女 养子 养女 继子 继女 之子 之女",
    "child_in_law": "儿媳 媳妇 儿媳妇 女婿 长媳 次媳",
    "grandchild": "孙 孙子 孙女 外孙 外孙子 外孙女 孙媳 曾孙 曾孙女 孙子女",
    "parent": "父 母 父亲 母亲 岳父 岳母 公公 婆婆 父母 继父 继母",
    "grandparent": "祖父 祖母 爷爷 奶奶 外祖父 外祖母 外公 外婆 祖父母",
    "sibling": "兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 兄弟姐妹",
    "other": "其他 其它 非亲属 侄子 侄女 外甥 外甥女 其他亲属",
}
_RELATION = {word: code for code, words in _RELATIONS.items() for word in words.split()}
_GENDER = {"男": "male", "男性": "male", "女": "female", "女性": "female", "M": "male", "F": "female"}
_DIGITS = "零一二三四五六七八九"
_YES_NO = {
    **dict.fromkeys(("是", "有", "外出", "在外", "√", "Y", "YES", "1", "对"), True),
    **dict.fromkeys(("否", "无", "在家", "未外出", "×", "N", "NO", "0", "不"), False),
}


def is_empty(value: Any) -> bool:
    return value == "" or value is None or (isinstance(value, str) and not value.strip())


def text(value: Any) -> str:
    """A cell as one line. A whole number loses the ``.0`` a spreadsheet gives it; ``="…"`` is what stands in it."""
    if type(value) is str:
        found = value.strip()
        if found[:1] in "=#＝":
            return _unwrapped(found)
        return found if found.isprintable() else " ".join(found.split())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).strip()


def as_written(value: Any) -> str:
    """The same where nothing is read of it: what cannot be read is shown as it stands."""
    try:
        return text(value)
    except Invalid:
        return str(value).strip()


def _unwrapped(found: str) -> str:
    if found in _ERRORS:
        raise Invalid(_("The formula in this cell gives an error. Write the value itself."))
    if inner := re.fullmatch(r'=\s*"(.*)"', found):
        return inner[1].strip()
    if found[0] in "=＝":
        raise Invalid(_("This cell holds a formula and no value. Copy it and paste it as a value."))
    return found


def plain(value: Any) -> str:
    """For numbers and codes: full-width characters become ordinary ones, and the mark that keeps a number text (') goes."""
    found = text(value).lstrip("'‘’＇")
    return found if found.isascii() else unicodedata.normalize("NFKC", found).strip()


def number(value: Any) -> str:
    found = plain(value)
    if len(found) > 20:
        raise Invalid(_("A household number has up to 20 characters."))
    return found


def address(value: Any) -> str:
    found = text(value)
    if len(found) > 200:
        raise Invalid(_("This address is longer than 200 characters. Please shorten it."))
    return found


def name(value: Any) -> str:
    found = text(value)
    if found.isalnum() and len(found) <= 60 and not found.isdigit():
        return found
    if not any(letter.isalpha() for letter in found):
        raise Invalid(_("This is no name. Please write the name."))
    return clean_name(found)


def identity(value: Any) -> Identity:
    """An identity number; never one a spreadsheet took for a number and rounded."""
    rounded = isinstance(value, float | int) and abs(value) >= _EXACT
    found = "" if rounded else plain(value)
    if rounded or _SCIENTIFIC.fullmatch(found):
        raise Invalid(
            _(
                "The spreadsheet took this number for a sum (1.1E+17) and lost its last digits. Set the column to “text” and "
                "write the number anew from the card."
            )
        )
    return read_identity(found)


def phone(value: Any) -> str:
    return normalise_phone(text(value).lstrip("'‘’＇"))


_NO_RELATION = _("This relation is not known here. Write 户主, 配偶, 子, 女, 父, 母, or 其他.")
_NO_GENDER = _("Please write 男 or 女.")
_NO_ANSWER = _("Please write 是 or 否.")


def _looked_up(value: Any, known: dict[str, Any], say: Text) -> Any:
    found = known.get(value)
    if found is None:
        found = known.get(plain(value).upper())
    if found is None:
        raise Invalid(say)
    return found


def relation(value: Any) -> str:
    return str(_looked_up(value, _RELATION, _NO_RELATION))


def gender(value: Any) -> str:
    return str(_looked_up(value, _GENDER, _NO_GENDER))


def yes_no(value: Any) -> bool:
    return bool(_looked_up(value, _YES_NO, _NO_ANSWER))


def birth(value: Any) -> tuple[int, date | None]:
    """Year and, where it is said, day of birth: a date, a day or month or year as text, or a spreadsheet's count of days."""
    day = _as_day(value)
    found = (day.year, day) if day else _as_text(plain(value))
    if found is None:
        raise Invalid(_("This day cannot be read. Write it as 1956-07-08."))
    if not FIRST_YEAR <= found[0] or (found[1] or date(found[0], 1, 1)) > clock.today():
        raise Invalid(_("Nobody alive was born on this day. Please check the year."))
    return found


def _as_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float | int) and 10_000 < value < 60_000:
        return _EPOCH + timedelta(days=int(value))
    return None


def _as_text(found: str) -> tuple[int, date | None] | None:
    parts = _DAY.fullmatch(found) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", found)
    try:
        if parts:
            day = date(int(parts[1]), int(parts[2]), int(parts[3]))
            return day.year, day
        month = _MONTH.fullmatch(found) or re.fullmatch(r"(\d{4})(\d{2})", found)
        if month:
            return date(int(month[1]), int(month[2]), 1).year, None
    except ValueError:
        return None
    year = re.fullmatch(r"(\d{4})\s*年?", found)
    return (int(year[1]), None) if year else None


def group_names(number: int, name: str) -> tuple[str, ...]:
    """What a villager group is called in lists: 3, 3组, 第3组, 三组, 第三组, and by its name."""
    said = (str(number), _spelt(number))
    return (name, said[0], *(form % one for one in said for form in ("%s组", "第%s组", "%s小组", "第%s小组")))


def _spelt(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    before = "" if tens == 1 else _DIGITS[tens]
    return f"{before}十{_DIGITS[ones] if ones else ''}" if tens else _DIGITS[ones]
