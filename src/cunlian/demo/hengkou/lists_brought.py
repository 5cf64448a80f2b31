"""Two lists from spreadsheets: one taken over with its refused rows, one brought in twice by mistake and taken back. All
invented; the identity numbers begin with a county that does not exist."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from openpyxl import Workbook

from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.lists import Names
from cunlian.kernel.access import SYSTEM
from cunlian.people.identity import check_digit
from cunlian.people.imports.actions import apply_import, bring_list, check_import, undo_import
from cunlian.people.models import RegisterImport
from cunlian.places.models import Place

SEED = 20260301
ROWS, UNDONE = 60, 12
HEADS = ("户编号", "户地址", "姓名", "与户主关系", "身份证号", "出生日期", "手机号", "是否外出")


def build(land: Land) -> None:
    chance = Random(SEED)
    names = Names(chance)
    _taken_over(land.detailed[2], "2026年新增户名册.xlsx", _rows(ROWS, 301, names, chance))
    batch = _taken_over(land.detailed[3], "名册（填错村）.xlsx", _rows(UNDONE, 401, names, chance))
    undo_import(batch, by=SYSTEM)


def _rows(count: int, first: int, names: Names, chance: Random) -> list[list[str]]:
    """Three a household, two rows wrong as such rows are: a digit changed places, a number a spreadsheet rounded. The
    last adds them up."""
    rows: list[list[str]] = []
    for n in range(count):
        home, member = divmod(n, 3)
        year = chance.randrange(1950, 1985) + 25 * (member == 2)
        body = f"610999{year}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}{n:03d}"
        number = body + check_digit(body)
        if count > UNDONE and n in (10, 40):
            number = "6.10999E+17" if n == 40 else number[:16] + number[17] + number[16]
        relation = ("户主", "配偶", "子")[member]
        rows.append(
            [
                f"{first + home}",
                f"新村{home + 1}号",
                names.name(),
                relation,
                number,
                "",
                "",
                "是" if n % 5 == 4 else "否",
            ]
        )
    rows.append(["合计", "", f"{count}人"])
    return rows


def _taken_over(village: Place, name: str, rows: list[list[str]]) -> RegisterImport:
    book = Workbook()
    sheet: Any = book.active
    for row in (HEADS, *rows):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    batch = check_import(bring_list(village, by=SYSTEM, name=name, data=buffer.getvalue(), invented=True), by=SYSTEM)
    return apply_import(batch, by=SYSTEM)
