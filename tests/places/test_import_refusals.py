"""Rows that cannot be true: each is named with its row, and nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cunlian.kernel.access import ANONYMOUS
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.actions.importing import import_places
from cunlian.places.models import Place
from cunlian.places.report import ImpossibleRows
from cunlian.places.sources import Row, read_csv_folder
from tests.cast import Cast
from tests.places.conftest import county_rows, take_over

HEAD = "code,name,streetCode,provinceCode,cityCode,areaCode\n"


def _with_villages(folder: Path, lines: str) -> Path:
    (folder / "villages.csv").write_text(HEAD + lines, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("61090210728,某村委会,610902107,,,", "11"),
        ("6109021072o1,某村委会,610902107,,,", "digits only"),
        ("６１0902107281,某村委会,610902107,,,", "digits only"),
        (",某村委会,610902107,,,", "digits only"),
        ("610902107,某镇,610902,,,", "codes of this file"),
        ("610902109201,某村委会,610902109,,,", "610902109"),
        ("610902107281,某村委会,610902108,,,", "610902108"),
        ("610902107269,某村委会,610902107,,,", "twice"),
        ("610902107281,,610902107,,,", "name is empty"),
        (f"610902107281,{'长' * 121},610902107,,,", "longer"),
    ],
)
def test_the_row_is_named_and_nothing_changes(county: Place, tmp_path: Path, line: str, said: str) -> None:
    before = list(Place.objects.order_by("pk").values())
    logged = Activity.objects.count()
    good = "610902107269,改名村委会,610902107,,,\n"
    with pytest.raises(ImpossibleRows) as refused:
        take_over(list(read_csv_folder(_with_villages(tmp_path, good + line + "\n"))))
    (fault,) = refused.value.faults
    assert (fault.file, fault.number) == ("villages.csv", 3)
    assert said in fault.reason
    assert "villages.csv row 3" in str(refused.value)
    assert list(Place.objects.order_by("pk").values()) == before
    assert Activity.objects.count() == logged


def test_every_fault_is_kept_though_only_twenty_are_told(county: Place, tmp_path: Path) -> None:
    lines = "".join(f"6109021{n:04d},某村委会,610902107,,,\n" for n in range(30))
    with pytest.raises(ImpossibleRows) as refused:
        take_over(list(read_csv_folder(_with_villages(tmp_path, lines))))
    assert len(refused.value.faults) == 30
    assert "and 10 more" in str(refused.value)


def test_a_place_above_may_stand_in_the_table_instead_of_the_list(county: Place) -> None:
    rows = [Row("610902108203", "新立村委会", "", 0, "x", 2)]
    assert take_over(rows).added.count == 1


def test_a_place_above_that_has_ended_does_not_count(county: Place) -> None:
    take_over(county_rows(c610902108="", c610902108201="", c610902108202=""))
    with pytest.raises(ImpossibleRows, match="610902108"):
        take_over([Row("610902108203", "新立村委会", "", 0, "x", 2)])


def test_parents_may_come_after_their_children(db: None) -> None:
    assert take_over(county_rows()[::-1]).added.count == 14


def test_an_empty_list_is_refused(db: None) -> None:
    with pytest.raises(Invalid):
        take_over([])


def test_only_the_administrator_imports(cast: Cast) -> None:
    for actor in (cast.county_staff, cast.county_leader, cast.auditor, cast.resident, ANONYMOUS):
        with pytest.raises(Forbidden):
            import_places([], by=actor, source="x")
    report = import_places([Row("62", "甘肃省", "", 0, "x", 2)], by=cast.administrator, source="x")
    assert report.added.count == 1
