"""Lists as villages have them, made in memory, and the way of one through check and taking over."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from cunlian.kernel.access import Actor
from cunlian.people.identity import check_digit
from cunlian.people.imports.actions import apply_import, bring_list, check_import
from cunlian.people.models import ImportLine, RegisterImport
from cunlian.places.models import Place
from tests.cast import Cast

HEADS = ("户编号", "户地址", "姓名", "与户主关系", "身份证号", "性别", "出生日期", "手机号", "是否外出")
Rows = Sequence[Sequence[Any]]


def id_of(day: str = "19560708", serial: int = 124) -> str:
    """An identity number that was never given to anybody: the county's code ends with 999."""
    body = f"610999{day}{serial:03d}"
    return body + check_digit(body)


def row(number: str = "12", name: str = "王小川", **said: Any) -> list[Any]:
    """A row of ``HEADS``; what is not said stays empty."""
    names = ("number", "address", "name", "relation", "id_number", "gender", "birth", "phone", "away")
    values = {"number": number, "name": name, **said}
    return [values.get(one, "") for one in names]


def book(rows: Rows, heads: Sequence[Any] = HEADS, *, merge: Sequence[str] = (), above: Rows = ()) -> bytes:
    workbook = Workbook()
    sheet: Any = workbook.active
    for line in (*above, heads, *rows):
        sheet.append(list(line))
    for cells in merge:
        sheet.merge_cells(cells)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def table(rows: Rows, heads: Sequence[Any] = HEADS, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(map(str, line)) for line in (heads, *rows)).encode(encoding)


class Bring:
    """``bring(rows)`` → the list after its check; ``bring.over(rows)`` → taken over."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __call__(
        self, data: bytes | Rows, *, by: Actor | None = None, place: Place | None = None, name: str = "名册.xlsx"
    ) -> RegisterImport:
        data = data if isinstance(data, bytes) else book(data)
        by = by or self.cast.village_cadre
        batch = bring_list(place or self.cast.world.village, by=by, name=name, data=data)
        return check_import(batch, by=by)

    def over(self, data: bytes | Rows, **how: Any) -> RegisterImport:
        return apply_import(self(data, **how), by=how.get("by") or self.cast.village_cadre)


@pytest.fixture
def bring(cast: Cast, settings: Any, tmp_path: Any) -> Bring:
    settings.MEDIA_ROOT = tmp_path
    return Bring(cast)


def lines(batch: RegisterImport) -> list[tuple[int, str]]:
    return list(ImportLine.objects.filter(batch=batch).order_by("number").values_list("number", "outcome"))


def faults(batch: RegisterImport) -> dict[str, str]:
    """Cell → why it was refused."""
    refused = ImportLine.objects.filter(batch=batch, outcome="refused")
    return {cell: why for found in refused.values_list("faults", flat=True) for cell, why in found}


Make = Callable[..., RegisterImport]
