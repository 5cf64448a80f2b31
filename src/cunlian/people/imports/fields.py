"""What a list may say of a household and its members, and by which headings each is known.

The words are those that stand in villages' own lists, and are read, never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.refusals import Text
from cunlian.people.imports import cells


@dataclass(frozen=True)
class Field:
    """``read`` turns a cell into a value or raises Invalid; ``words``: headings without spaces and marks."""

    name: str
    label: Text
    read: Any
    words: tuple[str, ...]


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("village", _("Village"), cells.text, ("村", "村社区", "所属村", "行政村", "村名", "村居", "所在村")),
        Field("group", _("Villager group"), cells.text, ("村民小组", "组", "小组", "组别", "组名", "所属小组", "村小组")),
        Field("lane", _("Lane"), cells.text, ("巷", "巷道", "街巷", "胡同")),
        Field("grid", _("Grid"), cells.text, ("网格", "所属网格", "网格名称", "网格编码")),
        Field(
            "number", _("Household number"), cells.number,
            ("户编号", "户号", "户口编号", "家庭编号", "户籍号", "户籍编号", "户口本编号", "户口簿号"),
        ),
        Field(
            "address", _("Address"), cells.address,
            ("户地址", "地址", "住址", "家庭住址", "门牌号", "门牌", "现住址", "户籍地址"),
        ),
        Field(
            "name", pgettext_lazy("person", "Name"), cells.name,
            ("姓名", "成员姓名", "家庭成员", "家庭成员姓名", "人员姓名", "名字"),
        ),
        Field(
            "relation", _("Relation to the head"), cells.relation,
            ("与户主关系", "关系", "户主关系", "和户主关系", "与户主的关系", "家庭关系"),
        ),
        Field(
            "id_number", _("Identity number"), cells.identity,
            ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码", "证件号", "身份号码", "居民身份证号"),
        ),
        Field("gender", _("Gender"), cells.gender, ("性别",)),
        Field("birth", _("Day of birth"), cells.birth, ("出生日期", "出生年月", "出生年月日", "生日", "出生年份", "出生")),
        Field(
            "phone", _("Mobile phone"), cells.phone,
            ("手机号", "电话", "联系电话", "手机", "手机号码", "联系方式", "电话号码"),
        ),
        Field("away", _("Away"), cells.yes_no, (
            "是否外出", "外出", "是否外出务工", "外出务工", "在外", "是否在外", "外出否", "在外否",
        )),
    )
}  # fmt: skip
EXAMPLE = "示例"
"""The row of the template that shows how it is filled in begins its name so, and is passed over."""
TITLE = "户籍名册"
EXAMPLE_ROW = {
    "village": "", "group": "3组", "lane": "", "grid": "", "number": "0012", "address": "前巷12号", "name": f"{EXAMPLE}：张三",
    "relation": "户主", "id_number": "", "gender": "男", "birth": "1956-07-08", "phone": "", "away": "否",
}  # fmt: skip
NEEDED = ("number", "name")
"""Without these columns a list says nothing about anybody."""
_BY_WORD = {word: field.name for field in FIELDS.values() for word in field.words}
_TOTALS = re.compile(r"(?:.*[组村页户镇乡巷格人口数])?(?:合计|总计|小计|共计)\d*[人口户]*数?")
_MARKS = re.compile(r"[\s*★:：.。、,，/／\-—_()（）\[\]【】]|必填|选填")


def heading(text: Any) -> str:
    """A heading without spaces, marks and words such as “required”, as remembered and compared."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", str(text)))[:60]


def field_of(text: Any) -> str:
    """The field a heading names, "" when none. What stands in brackets behind it may be left out."""
    whole = str(text)
    return _BY_WORD.get(heading(whole)) or _BY_WORD.get(heading(re.split(r"[(（]", whole)[0])) or ""


def says_totals(text: str) -> bool:
    """合计, 总 计：, 第三组小计, 本页合计. No name ends so behind a group, village, page or household."""
    return "计" in text and _TOTALS.fullmatch(heading(text)) is not None


def propose(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, int]:
    """Field → index of its column: as remembered for the unit, else by the words; the first of several columns."""
    found: dict[str, int] = {}
    for index, text in enumerate(headings):
        name = remembered.get(heading(text), field_of(text))
        if name in FIELDS:
            found.setdefault(name, index)
    return found


def likely(row: Iterable[Any]) -> int:
    """How many different fields a row names: the head of a list names most."""
    return len({name for cell in row if (name := field_of(cell))})
