"""``cunlian places import`` as somebody at a console uses it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cunlian.cli import main
from cunlian.places.models import Place
from tests.places.conftest import COUNTY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COUNTY, tmp_path / "list"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["places", "import", *arguments])


def test_a_folder_is_taken_over_and_told(db: None, folder: Path) -> None:
    result = run("--csv", str(folder))
    assert result.exit_code == 0
    assert "14" in result.stdout
    assert Place.objects.count() == 14


def test_json_is_for_programs(db: None, folder: Path) -> None:
    run("--csv", str(folder))
    villages = folder / "villages.csv"
    villages.write_text(villages.read_text().replace("棋盘村委会", "新棋盘村委会"))
    report = json.loads(run("--csv", str(folder), "--json").stdout)
    assert report["renamed"]["count"] == 1
    assert report["renamed"]["shown"] == [{"code": "610902107269", "name": "新棋盘村委会", "before": "棋盘村委会"}]
    assert (report["added"]["count"], report["unchanged"]) == (0, 13)


def test_impossible_rows_leave_with_1_and_name_themselves(db: None, folder: Path) -> None:
    with (folder / "villages.csv").open("a") as file:
        file.write("6109,x,,,,\n")
    result = run("--csv", str(folder))
    assert result.exit_code == 1
    assert "villages.csv" in result.stderr
    assert "11" in result.stderr
    assert not Place.objects.exists()
    (fault,) = json.loads(run("--csv", str(folder), "--json").stdout)["faults"]
    assert (fault["file"], fault["number"], fault["code"]) == ("villages.csv", 11, "6109")


@pytest.mark.parametrize("arguments", [("--within", "12"), ("--within", "610902107")])
def test_within(db: None, folder: Path, arguments: tuple[str, str]) -> None:
    result = run("--csv", str(folder), *arguments)
    assert result.exit_code == (0 if arguments[1] == "610902107" else 1)
    assert Place.objects.count() == (11 if result.exit_code == 0 else 0)


@pytest.mark.parametrize("arguments", [("--within", "61090"), ("--within", "６１"), ("--csv", "/nowhere"), ("--what",)])
def test_wrong_use_leaves_with_2(db: None, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_two_sources_are_one_too_many(db: None, folder: Path) -> None:
    assert run("--csv", str(folder), "--xlsx", str(folder / "villages.csv")).exit_code == 2
