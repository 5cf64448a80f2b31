"""A change of places is rehearsed: what it would do is told, and nothing is done."""

from __future__ import annotations

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Invalid
from cunlian.places.actions.grids import create_grid, open_grid_set
from cunlian.places.actions.reorganising import Part, merge_places, rename_place, split_place, transfer_place
from cunlian.places.models import Place, PlaceVersion, Succession
from cunlian.places.rehearsal import Difference, rehearse
from tests.places.conftest import DAY, place

SAID = {"by": SYSTEM, "day": DAY, "paper": "汉政函〔2026〕1号"}


def told(found: list[Difference]) -> list[tuple[str, str, bool]]:
    return [(one.before.code if one.before else "", one.after.code, one.ends) for one in found]


@pytest.fixture
def grid(village: Place) -> Place:
    return create_grid(village, by=SYSTEM, name="一网格", starts_on=DAY).place


def test_nothing_stays_changed(village: Place, grid: Place) -> None:
    rows = Activity.objects.count()
    rehearse(lambda: rename_place(village, name="新村委会", **SAID), [village])  # type: ignore[arg-type]
    rehearse(lambda: open_grid_set(village, by=SYSTEM, starts_on=DAY), [village])
    village.refresh_from_db()
    assert village.name == "棋盘村委会"
    assert Activity.objects.count() == rows
    assert not PlaceVersion.objects.exists() and not Succession.objects.exists()


def test_a_rename_touches_the_one_place(village: Place, grid: Place) -> None:
    (one,) = rehearse(lambda: rename_place(village, name="新村委会", **SAID), [village])  # type: ignore[arg-type]
    assert one.renamed and not one.recoded and not one.ends
    assert one.before is not None and (one.before.name, one.after.name) == ("棋盘村委会", "新村委会")


def test_a_transfer_tells_every_new_code(village: Place, grid: Place) -> None:
    move = {"parent": place("610902108"), "code": "610902108203"}
    found = rehearse(lambda: transfer_place(village, **move, **SAID), [village])  # type: ignore[arg-type]
    assert told(found) == [
        ("610902107269", "610902108203", False), ("610902107269001", "610902108203001", False)]  # fmt: skip


def test_a_merger_tells_what_ends_and_under_which_code_it_is_found(village: Place, grid: Place) -> None:
    into = place("610902107313")
    found = rehearse(lambda: merge_places([village], into=into, **SAID), [village, into])  # type: ignore[arg-type]
    assert told(found) == [(village.code, into.code, True), (grid.code, into.code, True)]


def test_a_split_tells_the_new_village_and_not_those_that_came_out_before(village: Place) -> None:
    goes_on = Part(village.code, village.name)
    split_place(village, parts=[goes_on, Part("610902107400", "甲村委会")], **SAID)  # type: ignore[arg-type]
    parts = [goes_on, Part("610902107401", "乙村委会")]
    found = rehearse(lambda: split_place(village, parts=parts, **SAID), [village])  # type: ignore[arg-type]
    assert told(found) == [("", "610902107401", False)]


def test_what_would_be_refused_is_refused(village: Place) -> None:
    with pytest.raises(Invalid):
        rehearse(lambda: rename_place(village, by=SYSTEM, name="新村", day=DAY, paper=""), [village])
