"""Reading lists: CSV of any of two encodings, XLSX, and files that are neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from cunlian.kernel.refusals import Invalid
from cunlian.places.sources import read_csv_folder, read_xlsx
from tests.places.conftest import COUNTY

VILLAGES = "统计用区划代码,名称\r\n610902107201,新兴村委会\r\n"


def _sheet(folder: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = folder / "list.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_of_either_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "villages.csv").write_bytes(VILLAGES.encode(encoding))
    (row,) = read_csv_folder(tmp_path)
    assert (row.code, row.name, row.level, row.number) == ("610902107201", "新兴村委会", 5, 2)


def test_within_reads_the_same_rows_with_the_same_numbers() -> None:
    whole = [row for row in read_csv_folder(COUNTY) if "610902108".startswith(row.code) or row.parent == "610902108"]
    assert list(read_csv_folder(COUNTY, "610902108")) == whole
    assert {row.number for row in whole} == {2, 3, 9, 10}


def test_a_damaged_code_within_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "villages.csv").write_text("code,name\n6109021072,坏村委会\n", encoding="utf-8")
    assert [row.code for row in read_csv_folder(tmp_path, "610902107")] == ["6109021072"]


def test_a_sheet_gives_codes_as_text_even_where_they_are_numbers(tmp_path: Path) -> None:
    path = _sheet(tmp_path, [["区划代码", "名称"], [610902107201, "新兴村委会"], ["610902107202", "民主村委会"]])
    rows = list(read_xlsx(path))
    assert [(row.code, row.name, row.level, row.number) for row in rows] == [
        ("610902107201", "新兴村委会", 0, 2),
        ("610902107202", "民主村委会", 0, 3),
    ]


def test_a_sheet_may_name_the_place_above_and_have_empty_rows(tmp_path: Path) -> None:
    path = _sheet(tmp_path, [["code", "parent", "name"], [None, None, None], ["610902107201", "610902107", "新兴村"]])
    (row,) = read_xlsx(path)
    assert (row.parent, row.number) == ("610902107", 3)


def test_a_folder_without_lists_is_refused_with_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"villages\.csv"):
        list(read_csv_folder(tmp_path))


def test_a_file_without_the_two_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "villages.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Invalid, match="名称"):
        list(read_csv_folder(tmp_path))


def test_a_file_that_only_is_called_xlsx_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_text("no workbook", encoding="utf-8")
    with pytest.raises(Invalid, match=r"list\.xlsx"):
        list(read_xlsx(path))


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "villages.csv").write_bytes(b"code,name\n61,\xff\xff\xff\n")
    with pytest.raises(Invalid, match="CSV"):
        list(read_csv_folder(tmp_path))
