"""Files as people have them: a workbook or CSV with banners, merged cells, empty rows and heads repeated on every page."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from cunlian.kernel.refusals import Invalid
from cunlian.people.imports.cells import as_written, is_empty
from cunlian.people.imports.fields import likely, says_totals

LOOKED_AT = 20
"""The head of a list stands in its first rows."""
SAMPLES, SAMPLED, MOST_SHOWN = 3, 200, 40
"""How many cells of a column are shown to whoever names it, in how many rows they are looked for, how much of each."""
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_UNPACKED = 500 * 1024 * 1024
_EMPTY_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*><f[^>]*>[^<]*</f>(?:<v */>|<v></v>)?</c>')

Row = list[Any]


@dataclass
class Sheet:
    """``rows``: what stands below the head, with the number of the row a person sees; ``total``: about how many there are."""

    headings: list[str]
    heading_row: int
    total: int
    _rows: Iterator[Row] = field(repr=False)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Once. Neither empty rows nor repetitions of the head."""
        head = tuple(self.headings)
        width = len(head)
        for number, row in enumerate(self._rows, start=self.heading_row + 1):
            if len(row) < width:
                row = row + [""] * (width - len(row))
            if not any(row) or all(map(is_empty, row)):
                continue
            if row[0] == head[0] and tuple(str(cell).strip() for cell in row[:width]) == head:
                continue
            yield number, row


def is_totals(row: Row) -> bool:
    """The first cell that is not empty says that the row adds up others."""
    for value in row:
        if not is_empty(value):
            return type(value) is str and says_totals(value)
    return False


def samples(sheet: Sheet) -> list[list[str]]:
    """Of every column its first cells that are not empty, without rows of totals. Takes the rows it looks at."""
    found: list[list[str]] = [[] for _heading in sheet.headings]
    for row in (row for _number, row in islice(sheet.rows(), SAMPLED) if not is_totals(row)):
        for cells, value in zip(found, row, strict=False):
            if len(cells) < SAMPLES and not is_empty(value):
                cells.append(as_written(value)[:MOST_SHOWN])
    return found


def open_sheet(data: bytes, heading_row: int = 0) -> Sheet:
    """The sheet of a file that has the head of a list. ``heading_row``: where it is known to stand. Invalid when none has."""
    if data.startswith(BOOKS):
        return _from_book(data, heading_row)
    if b"\0" in data[:4096]:
        raise Invalid(_("This file is neither a workbook (XLSX) nor CSV. Save it as one of these."), field="file")
    lines = csv.reader(io.StringIO(_decoded(data), newline=""), _dialect(data))
    return _headed(_csv_rows(lines), data.count(b"\n"), heading_row)


def _decoded(data: bytes) -> str:
    """UTF-8, or GB18030, which spreadsheets in China save by default."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _dialect(data: bytes) -> type[csv.Dialect]:
    line = max(data[:4096].splitlines() or [b""], key=len)
    return csv.excel_tab if line.count(b"\t") > line.count(b",") else csv.excel


def _csv_rows(lines: Iterator[list[str]]) -> Iterator[Row]:
    try:
        yield from lines
    except csv.Error as error:
        raise Invalid(_("This file cannot be read as CSV: %(why)s.") % {"why": error}, field="file") from error


def _from_book(data: bytes, heading_row: int) -> Sheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            try:
                return _headed(_merged(sheet), sheet.total_height, heading_row)
            except Invalid:
                continue
    except (CalamineError, OSError, zipfile.BadZipFile) as error:
        raise Invalid(
            _("This workbook cannot be opened. Open it in the spreadsheet program and save it as XLSX."), field="file"
        ) from error
    raise _no_head()


def refuse_empty_formulas(data: bytes) -> None:
    """A workbook some program wrote may hold formulas whose results nobody has worked out: read, they would be empty."""
    if not data.startswith(BOOKS[0]):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            sheets = [one for one in book.infolist() if one.filename.startswith("xl/worksheets/sheet")]
            if sum(one.file_size for one in sheets) > MOST_UNPACKED:
                raise Invalid(_("This workbook is too large. Divide it into several, by village."), field="file")
            cells = (_EMPTY_FORMULA.search(book.read(one)) for one in sheets)
            found = next((cell for cell in cells if cell), None)
    except (zipfile.BadZipFile, OSError, zlib.error):
        return
    if found:
        raise Invalid(
            _(
                "Cell %(cell)s holds a formula without its result. Open the file in the spreadsheet program, save it there and "
                "bring it in again."
            )
            % {"cell": found[1].decode()},
            field="file",
        )


def _no_head() -> Invalid:
    return Invalid(
        _("No row names the columns. One of the first rows must say household number and name; see the template."),
        field="file",
    )


def _headed(rows: Iterator[Row], total: int, heading_row: int) -> Sheet:
    """Of the first rows the one that names most columns is the head; two rows of head are one (merged cells)."""
    first = list(islice(rows, heading_row or LOOKED_AT))
    best = heading_row - 1 if heading_row else max(range(len(first)), key=lambda n: (likely(first[n]), -n), default=-1)
    if best < 0 or best >= len(first) or (not heading_row and likely(first[best]) < 2):
        raise _no_head()
    headings = [str(cell).strip() for cell in first[best]]
    while headings and not headings[-1]:
        headings.pop()
    rest = first[best + 1 :]
    return Sheet(headings, best + 1, max(total - best - 1, 0), _chained(rest, rows))


def _chained(first: list[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from first
    yield from rest


def _merged(sheet: Any) -> Iterator[Row]:
    """Rows with every cell of a merged range holding what stands in its first: one address merged over four members is
    the address of all four."""
    ranges, rows = sheet.merged_cell_ranges or (), _from_first_column(sheet)
    if not ranges:
        yield from rows
        return
    starting: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in ranges:
        starting.setdefault(top, []).append((bottom, left, right))
    running: list[tuple[int, int, int, Any]] = []
    for index, row in enumerate(rows):
        for bottom, left, right in starting.get(index, ()):
            running.append((bottom, left, right, row[left] if left < len(row) else ""))
        running = [one for one in running if one[0] >= index]
        for _bottom, left, right, value in running:
            for column in range(left, min(right + 1, len(row))):
                row[column] = value
        yield row


def _from_first_column(sheet: Any) -> Iterator[Row]:
    """The reader leaves out empty columns on the left."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return (before + row for row in sheet.iter_rows()) if before else sheet.iter_rows()


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
