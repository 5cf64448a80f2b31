"""Entering where places lie and how long roads take: by hand, or a file at a time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import District, Place, Position, RoadMinutes
from cunlian.places.models.position import E7
from cunlian.places.points import Point, Road
from cunlian.places.report import Fault, ImpossibleRows

PERMISSION = "places.set_position"
# The country's own frame: what lies outside it has latitude and longitude changed about, most of the time.
SOUTH, NORTH, WEST, EAST = 3 * E7, 54 * E7, 73 * E7, 136 * E7
LONGEST_MINUTES = 24 * 60


@transaction.atomic
def set_position(
    place: Place,
    *,
    by: Actor,
    latitude_e7: int,
    longitude_e7: int,
    source: str = Position.Source.HAND,
    source_note: str = "",
    accuracy_m: int | None = None,
    invented: bool = False,
) -> Position:
    """Enter or correct the point of a place."""
    require(by, PERMISSION, place)
    if reason := _off(latitude_e7, longitude_e7):
        raise Invalid(reason, field="latitude")
    values: dict[str, Any] = {
        "latitude_e7": latitude_e7, "longitude_e7": longitude_e7, "source": source, "source_note": source_note,
        "accuracy_m": accuracy_m, "invented": invented, "entered_at": clock.now(),
    }  # fmt: skip
    position, made = Position.objects.update_or_create(place=place, defaults=values)
    changed = {"accuracy_m": (None, accuracy_m), "made": (None, made)}
    log.record(by, "places.position_set", position, changed=changed, place_id=place.pk)
    return position


@transaction.atomic
def import_positions(
    points: Iterable[Point], *, by: Actor, root: Place, source_note: str, invented: bool = False
) -> int:
    """Take over points of places within ``root``; returns how many. All or, with ImpossibleRows, none."""
    require(by, PERMISSION, root)
    points = list(points)
    places = _by_code(root, {point.code for point in points})
    faults = [
        Fault(source_note, point.number, point.code, reason)
        for point in points
        if (reason := _unknown(point.code, places) or _off(point.latitude_e7, point.longitude_e7))
    ]
    _refuse(faults, [point.code for point in points])
    same = {"source": Position.Source.FILE, "source_note": source_note, "invented": invented, "entered_at": clock.now()}
    measured = ("latitude_e7", "longitude_e7", "accuracy_m")
    rows = [
        Position(place=places[point.code], **same, **{name: getattr(point, name) for name in measured})
        for point in points
    ]
    _upsert(Position, rows, ["place"], [*measured, *same])
    _record_batch(by, "places.positions_imported", root, [point[:4] for point in points])
    return len(rows)


@transaction.atomic
def set_road_minutes(from_place: Place, *, by: Actor, to_place: Place, minutes: int, source: str) -> RoadMinutes:
    """Enter or correct how long the road from one place to another of the district takes."""
    require(by, PERMISSION, from_place)
    if from_place.pk == to_place.pk:
        raise Invalid(_("The road begins and ends at the same place. Choose another one."), field="to_place")
    inside = Place.objects.current().within(District.current().root)
    if inside.filter(pk__in=(from_place.pk, to_place.pk)).count() < 2:
        raise Invalid(_("Choose two places of this district that exist today."), field="to_place")
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Invalid(_("Write the time as whole minutes, from 1 to a day."), field="minutes")
    if not source.strip():
        raise Invalid(_("Please name the source: who drove it, or which map."), field="source")
    road = RoadMinutes.objects.filter(from_place=from_place, to_place=to_place).first()
    values = {"minutes": minutes, "source": source.strip()}
    if road is None:
        road = RoadMinutes.objects.create(from_place=from_place, to_place=to_place, **values)
        changed: dict[str, Any] = {"minutes": (None, minutes)}
    else:
        road = lock(road)
        changed = change(road, **values)
    changed["to_place"] = (None, to_place)
    log.record(by, "places.road_set", road, changed=changed, place_id=from_place.pk)
    return road


@transaction.atomic
def remove_road_minutes(road: RoadMinutes, *, by: Actor) -> None:
    """Take out a road time that was entered for the wrong pair."""
    road = lock(road)
    require(by, PERMISSION, road)
    changed = {"to_place": (road.to_place, None), "minutes": (road.minutes, None)}
    log.record(by, "places.road_removed", road, changed=changed, place_id=road.from_place_id)
    road.delete()


@transaction.atomic
def import_road_minutes(roads: Iterable[Road], *, by: Actor, root: Place, source: str) -> int:
    """Take over road times between places within ``root``; returns how many."""
    require(by, PERMISSION, root)
    roads = list(roads)
    places = _by_code(root, {road.from_code for road in roads} | {road.to_code for road in roads})
    faults = [
        Fault(source, road.number, _unknown_end(road, places) or road.from_code, reason)
        for road in roads
        if (reason := _no_road(road, places))
    ]
    _refuse(faults, [f"{road.from_code} {road.to_code}" for road in roads])
    rows = [
        RoadMinutes(from_place=places[start], to_place=places[end], minutes=minutes, source=source)
        for start, end, minutes, _number in roads
        if minutes is not None
    ]
    _upsert(RoadMinutes, rows, ["from_place", "to_place"], ["minutes", "source"])
    _record_batch(by, "places.roads_imported", root, [road[:3] for road in roads])
    return len(rows)


def _by_code(root: Place, codes: set[str]) -> dict[str, Place]:
    rows = Place.objects.current().within(root)
    return {place.code: place for place in rows if place.code in codes}


def _unknown(code: str, places: dict[str, Place]) -> str:
    return "" if code in places else _("no place of this district has this code today")


def _off(latitude_e7: int | None, longitude_e7: int | None) -> str:
    if latitude_e7 is None or longitude_e7 is None:
        return _("write latitude and longitude as degrees, such as 32.7361 and 108.8012")
    if SOUTH <= latitude_e7 <= NORTH and WEST <= longitude_e7 <= EAST:
        return ""
    if SOUTH <= longitude_e7 <= NORTH and WEST <= latitude_e7 <= EAST:
        return _("latitude and longitude are changed about")
    return _("this point lies outside the country")


def _unknown_end(road: Road, places: dict[str, Place]) -> str:
    return next((code for code in (road.from_code, road.to_code) if code not in places), "")


def _no_road(road: Road, places: dict[str, Place]) -> str:
    if reason := _unknown(road.from_code, places) or _unknown(road.to_code, places):
        return reason
    if road.from_code == road.to_code:
        return _("the road begins and ends at the same place")
    if road.minutes is None or not 0 < road.minutes <= LONGEST_MINUTES:
        return _("write the time as whole minutes, from 1 to a day")
    return ""


def _refuse(faults: list[Fault], keys: Sequence[str]) -> None:
    if faults:
        raise ImpossibleRows(faults)
    if not keys:
        raise Invalid(_("The file has no rows in it, so nothing was imported."), field="file")
    twice = sorted(key for key, times in Counter(keys).items() if times > 1)
    if twice:
        raise Invalid(_("These stand in the file twice: %(codes)s.") % {"codes": ", ".join(twice)}, field="file")


def _upsert(model: type[Model], rows: Sequence[Model], unique: list[str], fields: list[str]) -> None:
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=unique, update_fields=fields, batch_size=100
    )


def _record_batch(by: Actor, verb: str, root: Place, lines: Sequence[tuple[Any, ...]]) -> None:
    """One row for the whole file, with the SHA-256 of its lines, sorted."""
    whole = "\n".join(sorted("\t".join(map(str, line)) for line in lines))
    digest = hashlib.sha256(whole.encode()).hexdigest()
    log.record(by, verb, root, changed={"lines": (None, len(lines)), "digest": (None, digest)}, batch_id=uuid7())
