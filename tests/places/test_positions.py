"""Points and road times: by hand or by file, all or none of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.actions.positions import (
    import_positions,
    import_road_minutes,
    remove_road_minutes,
    set_position,
    set_road_minutes,
)
from cunlian.places.models import District, Place, Position, RoadMinutes
from cunlian.places.points import degrees_e7, read_points, read_roads
from cunlian.places.report import ImpossibleRows
from tests.cast import Cast
from tests.places.conftest import place


def _csv(folder: Path, text: str, name: str = "points.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@given(st.integers(-1_800_000_000, 1_800_000_000))
def test_degrees_come_through_exactly(e7: int) -> None:
    sign, whole = ("-" if e7 < 0 else ""), abs(e7)
    assert degrees_e7(f"{sign}{whole // 10**7}.{whole % 10**7:07d}") == e7


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1e99", "32°44'"])
def test_what_is_no_number_of_degrees_is_none(text: str) -> None:
    assert degrees_e7(text) is None


def test_points_come_from_csv(town: Place, village: Place, tmp_path: Path) -> None:
    path = _csv(tmp_path, "区划代码,纬度,经度,精度\n610902107269,32.7361234,108.8012345,50\n")
    assert import_positions(read_points(path), by=SYSTEM, root=town, source_note=path.name) == 1
    position = Position.objects.get()
    assert (position.latitude_e7, position.longitude_e7, position.accuracy_m) == (327361234, 1088012345, 50)
    assert (position.place, position.source, position.invented) == (village, "file", False)


def test_points_come_from_geojson(town: Place, village: Place, tmp_path: Path) -> None:
    feature = {"geometry": {"type": "Point", "coordinates": [108.8, 32.7]}, "properties": {"code": village.code}}
    path = _csv(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "points.geojson")
    import_positions(read_points(path), by=SYSTEM, root=town, source_note=path.name, invented=True)
    assert Position.objects.get().longitude_e7 == 1088000000
    assert Position.objects.get().invented


def test_a_file_again_corrects_and_does_not_double(town: Place, tmp_path: Path) -> None:
    for latitude in ("32.7", "32.8"):
        path = _csv(tmp_path, f"code,lat,lon\n610902107269,{latitude},108.8\n")
        import_positions(read_points(path), by=SYSTEM, root=town, source_note="x")
    assert Position.objects.get().latitude_e7 == 328000000
    assert Activity.objects.filter(verb="places.positions_imported").count() == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("610902107269,108.8,32.7", "changed about"),
        ("610902107269,0,0", "outside the country"),
        ("610902107269,,", "degrees"),
        ("610902107269,32.7,abc", "degrees"),
        ("610902108201,32.7,108.8", "no place of this district"),
        ("999,32.7,108.8", "no place of this district"),
    ],
)
def test_a_bad_line_is_named_and_no_point_is_entered(town: Place, tmp_path: Path, line: str, said: str) -> None:
    path = _csv(tmp_path, f"code,lat,lon\n610902107280,32.7,108.8\n{line}\n")
    with pytest.raises(ImpossibleRows) as refused:
        import_positions(read_points(path), by=SYSTEM, root=town, source_note=path.name)
    assert [fault.number for fault in refused.value.faults] == [3]
    assert said in refused.value.faults[0].reason
    assert not Position.objects.exists()


@pytest.mark.parametrize("text", ["", "code,lat\n1,2\n", "code,lat,lon\n"])
def test_a_file_of_another_kind_is_refused(town: Place, tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid):
        import_positions(read_points(_csv(tmp_path, text)), by=SYSTEM, root=town, source_note="x")


@pytest.mark.parametrize("text", ["", "[]", '{"features": [{}]}', '{"features": [{"geometry": {"coordinates": []}}]}'])
def test_json_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid, match="GeoJSON"):
        read_points(_csv(tmp_path, text, "points.geojson"))


def test_the_same_place_twice_is_refused(town: Place, tmp_path: Path) -> None:
    path = _csv(tmp_path, "code,lat,lon\n610902107269,32.7,108.8\n610902107269,32.8,108.8\n")
    with pytest.raises(Invalid, match="610902107269"):
        import_positions(read_points(path), by=SYSTEM, root=town, source_note="x")


def test_road_times_come_from_csv(town: Place, tmp_path: Path) -> None:
    path = _csv(tmp_path, "from,to,minutes\n610902107269,610902107280,25\n")
    assert import_road_minutes(read_roads(path), by=SYSTEM, root=town, source=path.name) == 1
    assert RoadMinutes.objects.get().minutes == 25


@pytest.mark.parametrize("line", ["610902107269,610902107269,5", "610902107269,610902107280,0", "610902107269,1,5"])
def test_a_road_that_cannot_be_is_refused(town: Place, tmp_path: Path, line: str) -> None:
    path = _csv(tmp_path, f"from,to,minutes\n{line}\n")
    with pytest.raises(ImpossibleRows, match="row 2"):
        import_road_minutes(read_roads(path), by=SYSTEM, root=town, source=path.name)


def test_a_point_by_hand(village: Place) -> None:
    set_position(village, by=SYSTEM, latitude_e7=327000000, longitude_e7=1088000000, accuracy_m=500)
    assert village.position.source == "hand"
    with pytest.raises(Invalid):
        set_position(village, by=SYSTEM, latitude_e7=0, longitude_e7=0)


def test_a_road_time_is_entered_corrected_and_taken_out(town: Place, village: Place) -> None:
    District.objects.create(root=town, name="恒口", receipt_mark="恒")
    other = place("610902107280")
    set_road_minutes(village, by=SYSTEM, to_place=other, minutes=25, source="开车走过")
    road = set_road_minutes(village, by=SYSTEM, to_place=other, minutes=30, source=" 修路后 ")
    assert (RoadMinutes.objects.get().minutes, road.source) == (30, "修路后")
    assert [row.changed.get("minutes") for row in Activity.objects.filter(verb="places.road_set").order_by("pk")] == [
        [None, 25], [25, 30]]  # fmt: skip
    remove_road_minutes(road, by=SYSTEM)
    assert not RoadMinutes.objects.exists()
    assert Activity.objects.get(verb="places.road_removed").changed["minutes"] == [30, None]


@pytest.mark.parametrize(
    ("field", "to", "minutes", "source"),
    [
        ("to_place", "610902107269", 5, "x"), ("to_place", "610902108201", 5, "x"), ("minutes", "610902107280", 0, "x"),
        ("minutes", "610902107280", 1441, "x"), ("source", "610902107280", 5, " "),
    ],
)  # fmt: skip
def test_a_road_time_that_cannot_be_is_refused_beside_its_field(
    town: Place, village: Place, field: str, to: str, minutes: int, source: str
) -> None:
    District.objects.create(root=town, name="恒口", receipt_mark="恒")
    with pytest.raises(Invalid) as refused:
        set_road_minutes(village, by=SYSTEM, to_place=place(to), minutes=minutes, source=source)
    assert refused.value.field == field
    assert not RoadMinutes.objects.exists()


def test_a_cadre_enters_the_roads_of_their_own_village_only(cast: Cast) -> None:
    District.objects.create(root=cast.world.county, name="区", receipt_mark="测")
    one, other = cast.world.village, cast.world.other_village
    road = set_road_minutes(one, by=cast.village_cadre, to_place=other, minutes=9, source="步行")
    with pytest.raises(Forbidden):
        set_road_minutes(other, by=cast.village_cadre, to_place=one, minutes=9, source="步行")
    with pytest.raises(Forbidden):
        remove_road_minutes(road, by=cast.neighbour_cadre)


def test_who_may(cast: Cast) -> None:
    village = cast.world.village
    for actor in (cast.neighbour_cadre, cast.grid_worker, cast.auditor, cast.stranger, cast.resident):
        with pytest.raises(Forbidden):
            set_position(village, by=actor, latitude_e7=327000000, longitude_e7=1088000000)
        with pytest.raises(Forbidden):
            import_positions([], by=actor, root=village, source_note="x")
        with pytest.raises(Forbidden):
            import_road_minutes([], by=actor, root=village, source="x")
    set_position(village, by=cast.village_cadre, latitude_e7=327000000, longitude_e7=1088000000)
    assert Position.objects.count() == 1
