"""A list as a spreadsheet: the columns of its page, as words.

A cell holds what the page shows, without links and marks: masked stays masked. Days and moments are written as ISO writes
them, numbers of number columns are numbers, and what a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django_tables2 import TemplateColumn
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cunlian.kernel import clock
from cunlian.ui import formats
from cunlian.ui.tables import ListTable, NumberColumn

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
CHUNK = 500
SHEET_ROWS = 1_000_000
"""Rows under one head of a workbook; the format ends at 1,048,576."""

Cell = str | int
Row = Sequence[Cell]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONG_NUMBERS = re.compile(r"\d{7,}[\dXx]?")
_TIME = re.compile(r'<time datetime="([^"]+)"[^>]*>.*?</time>', re.DOTALL)
_BLOCK_END = re.compile(r"</(?:div|li|p)>|<br\s*/?>")
_NUMBER = re.compile(rf"{formats.MINUS}?\d{{1,3}}(?:,\d{{3}})*")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def plain(value: str) -> str:
    """Text no spreadsheet takes for a formula, without characters none can hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def without_numbers(text: str) -> str:
    """A title people wrote, without what may be a phone or an identity number in it."""
    return _LONG_NUMBERS.sub("…", text)


def moment(value: datetime | None) -> str:
    """2026-07-08 16:20, Shanghai wall clock."""
    return value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if value else ""


def records_of(table: ListTable) -> Any:
    """Every record behind the table in its order, on no page."""
    return table.data.data


def count_of(table: ListTable) -> int:
    records = records_of(table)
    return records.count() if isinstance(records, QuerySet) else len(records)


def each_record(table: ListTable) -> Iterator[Any]:
    """A chunk at a time: a long list is never held whole."""
    records = records_of(table)
    return records.iterator(chunk_size=CHUNK) if isinstance(records, QuerySet) else iter(records)


def lines_of(table: ListTable) -> Iterator[Row]:
    """The head and a line for every row of the whole list, as its page shows them."""
    columns = [column for column in table.columns if not column.column.exclude_from_export]
    yield [plain(str(column.header)) for column in columns]
    for record in each_record(table):
        row = BoundRow(record, table=table)
        yield [cell(row, column) for column in columns]


def cell(row: BoundRow, column: BoundColumn) -> Cell:
    value = row.get_cell_value(column.name)
    if value is None:
        return ""
    if type(value) is int:
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    marked = isinstance(value, SafeString) or isinstance(column.column, TemplateColumn)
    text = words_of(row.get_cell(column.name)) if marked else str(value)
    if isinstance(column.column, NumberColumn) and _NUMBER.fullmatch(text):
        return int(text.replace(",", "").replace(formats.MINUS, "-"))
    return "" if text == formats.NOT_APPLICABLE else plain(text)


def words_of(markup: Any) -> str:
    """What a reader sees of a cell: a ``time`` by its ISO value, blocks after one another, no other marks."""
    text = _TIME.sub(lambda found: found[1].replace("T", " ")[:16], str(markup))
    text = html.unescape(strip_tags(_BLOCK_END.sub("; ", text)))
    return " ".join(text.split()).removesuffix(";")


def write_csv(target: BinaryIO, lines: Iterator[Row]) -> None:
    """With a byte order mark: without it spreadsheets read Chinese as Latin letters."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text).writerows(lines)
    text.detach()


def write_xlsx(target: BinaryIO, lines: Iterator[Row], name: str, *, rows: int = SHEET_ROWS) -> None:
    """One sheet, and a further one with the same head after every ``rows`` rows."""
    book = Workbook(write_only=True)
    title = _NOT_IN_SHEET_NAMES.sub(" ", name)[:28]
    head = next(lines)
    sheet = book.create_sheet(title)
    sheet.append(head)
    for number, cells in enumerate(lines):
        if number and number % rows == 0:
            sheet = book.create_sheet(f"{title} {number // rows + 1}")
            sheet.append(head)
        sheet.append(cells)
    book.save(target)


def write(kind: str, target: Any, lines: Iterator[Row], name: str) -> None:
    if kind == "csv":
        write_csv(target, lines)
    else:
        write_xlsx(target, lines, name)
