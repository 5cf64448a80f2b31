"""Reading points of places from CSV (code, latitude, longitude, accuracy) or GeoJSON (points with a property "code"),
and road times from CSV (from, to, minutes). Degrees (WGS 84) become whole ten-millionths without passing a float."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Invalid
from cunlian.places.models.position import E7
from cunlian.places.sources import encoding_of

TITLES = {
    "code": ("code", "代码", "区划代码"),
    "latitude": ("latitude", "lat", "纬度"),
    "longitude": ("longitude", "lon", "lng", "经度"),
    "accuracy": ("accuracy", "accuracy_m", "精度"),
    "from": ("from", "起", "起点"),
    "to": ("to", "止", "终点"),
    "minutes": ("minutes", "分钟"),
}


class Point(NamedTuple):
    """A line as it stands: ``latitude_e7`` and ``longitude_e7`` None where what stands there is no number."""

    code: str
    latitude_e7: int | None
    longitude_e7: int | None
    accuracy_m: int | None
    number: int


class Road(NamedTuple):
    from_code: str
    to_code: str
    minutes: int | None
    number: int


def read_points(path: Path) -> list[Point]:
    """Points of a .csv or .geojson/.json file. Invalid when the file cannot be read as such."""
    return read_points_geojson(path) if path.suffix.lower() in (".json", ".geojson") else read_points_csv(path)


def read_points_csv(path: Path) -> list[Point]:
    def point(cell: Callable[[str], str], number: int) -> Point:
        latitude, longitude = degrees_e7(cell("latitude")), degrees_e7(cell("longitude"))
        return Point(cell("code"), latitude, longitude, _whole(cell("accuracy")), number)

    return [point(cell, number) for number, cell in _rows(path, ("code", "latitude", "longitude"))]


def read_points_geojson(path: Path) -> list[Point]:
    try:
        features = json.loads(path.read_text("utf-8-sig"), parse_float=Decimal)["features"]
        return [_feature(feature, number) for number, feature in enumerate(features, start=1)]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise Invalid(
            _("%(file)s cannot be read as GeoJSON points with a property “code”.") % {"file": path.name}
        ) from error


def _feature(feature: dict[str, Any], number: int) -> Point:
    longitude, latitude = feature["geometry"]["coordinates"][:2]
    properties = feature["properties"]
    accuracy = _whole(str(properties.get("accuracy", "")))
    return Point(str(properties["code"]), degrees_e7(str(latitude)), degrees_e7(str(longitude)), accuracy, number)


def read_roads(path: Path) -> list[Road]:
    return [
        Road(cell("from"), cell("to"), _whole(cell("minutes")), number)
        for number, cell in _rows(path, ("from", "to", "minutes"))
    ]


def _rows(path: Path, wanted: Iterable[str]) -> Iterator[tuple[int, Callable[[str], str]]]:
    try:
        with path.open(encoding=encoding_of(path), newline="") as file:
            reader = csv.reader(file)
            titles = [title.strip().lower() for title in next(reader, [])]
            places = {name: _index(titles, names) for name, names in TITLES.items()}
            missing = [name for name in wanted if places[name] is None]
            if missing:
                raise Invalid(
                    _("The first row of %(file)s must name these columns: %(columns)s.")
                    % {"file": path.name, "columns": ", ".join(missing)}
                )
            for cells in reader:
                if cells:
                    yield reader.line_num, _cell(cells, places)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(_("%(file)s cannot be read as CSV: %(why)s.") % {"file": path.name, "why": error}) from error


def _index(titles: list[str], names: tuple[str, ...]) -> int | None:
    return next((index for index, title in enumerate(titles) if title in names), None)


def _cell(cells: list[str], places: dict[str, int | None]) -> Callable[[str], str]:
    def read(name: str) -> str:
        index = places[name]
        return cells[index].strip() if index is not None and index < len(cells) else ""

    return read


def degrees_e7(text: str) -> int | None:
    """Degrees as whole ten-millionths; None when ``text`` is no number."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return round(number * E7) if number.is_finite() and abs(number) <= 360 else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
