"""The county's map service, 天地图 (Tianditu): the point of a place by its name, and the tiles of its map.

What leaves the house is the name of a place, the point the service gave for it, and numbers of tiles; never anything about a
person. The key is the county's and goes nowhere else: the library's errors carry the whole address, so none is passed on.
A service that fails is left alone for a minute, so that nobody waits for it in a row.
"""

from __future__ import annotations

import json
import logging
from math import atan, degrees, pi, sinh
from typing import Any, Final, NamedTuple

import urllib3
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cunlian.kernel.refusals import Invalid, Missing, Refusal
from cunlian.places.models import District, Place, Position
from cunlian.places.pointing import frame_of
from cunlian.places.points import degrees_e7

LARGEST: Final = 1024 * 1024
"""Bytes of an answer; a tile has some 20,000."""
PAUSE: Final = 60
LAYERS: Final = ("vec", "cva")
"""The land, and over it the names."""
CLOSEST, FURTHEST = 18, 5
AROUND: Final = 0.1
"""Degrees around the places whose point is known, some ten kilometres: as far as the map reaches."""
PICTURES: Final = {b"\x89PN": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""By the first three bytes."""
TROUBLE: Final = "map_service.trouble"
NO_NAMES: Final = ("市辖区", "县")
"""Ranks the national list keeps without a name of their own."""
COUNTY: Final = 6
SILENT, REFUSED = "silent", "refused"
SENTENCES = {
    SILENT: gettext_lazy(
        "The map service does not answer. Try again in a minute, or point at the sketch or write the degrees."
    ),
    REFUSED: gettext_lazy(
        "The map service does not accept the county's key, or today's share of it is used up. The administrator finds the "
        "key in the data of the district; until then point at the sketch or write the degrees."
    ),
}

# What it writes down of each request is the whole address, and in it the key.
logging.getLogger("urllib3").setLevel(logging.WARNING)
# Named as what it is: the service lets a key for servers in only where no browser asks.
_http = urllib3.PoolManager(
    maxsize=8, retries=False, timeout=urllib3.Timeout(connect=2, read=4), headers={"User-Agent": "Cunlian"}
)


class Unanswered(Refusal):
    """The map service gave nothing that can be used; the sentence says what else to do."""

    status = 502
    code = "map-service"


class Found(NamedTuple):
    """A point the service proposes: what it says lies there, the kind of thing it found, its score of 100 ("" unsaid)."""

    latitude_e7: int
    longitude_e7: int
    address: str
    kind: str
    score: str


class Box(NamedTuple):
    """What the map reaches over, in degrees."""

    west: float
    south: float
    east: float
    north: float


class Tile(NamedTuple):
    data: bytes
    media_type: str


def box_of(district: District) -> Box | None:
    """Around the places of the district whose point is known; None where there are not two to tell it by."""
    frame = frame_of(Position.objects.filter(place__in=Place.objects.current().within(district.root)))
    if frame is None:
        return None
    south, east = frame.north - frame.tall, frame.west + frame.wide
    return Box(frame.west - AROUND, south - AROUND, east + AROUND, frame.north + AROUND)


def tile_of(district: District, layer: str, z: int, x: int, y: int) -> Tile:
    """One square of the map. Missing where the service has none and outside what the map of the district reaches over:
    no other part of the country is fetched with the county's key."""
    if not district.map_service_key or layer not in LAYERS or not _reached(box_of(district), z, x, y):
        raise Missing(_("The map does not reach there."))
    fields = {
        "SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", "LAYER": layer, "STYLE": "default",
        "TILEMATRIXSET": "w", "FORMAT": "tiles", "TILEMATRIX": str(z), "TILEROW": str(y), "TILECOL": str(x),
        "tk": district.map_key,
    }  # fmt: skip
    status, body = _answer(f"{settings.MAP_TILES_URL}/{layer}_w/wmts", fields)
    if status == 404:
        raise Missing(_("The map does not reach there."))
    media_type = PICTURES.get(body[:3])
    if media_type is None:
        raise _trouble(SILENT)
    return Tile(body, media_type)


def _reached(box: Box | None, z: int, x: int, y: int) -> bool:
    """Whether the tile (numbered as the web does, in Mercator's projection) touches the box."""
    if box is None or not FURTHEST <= z <= CLOSEST or max(x, y) >= 2**z:
        return False
    west, east = (360 * across / 2**z - 180 for across in (x, x + 1))
    north, south = (degrees(atan(sinh(pi * (1 - 2 * down / 2**z)))) for down in (y, y + 1))
    return west < box.east and box.west < east and south < box.north and box.south < north


def look_up(place: Place, key: str) -> Found:
    """The point the service has for a place of this name, when it lies in the county of the place."""
    name = full_name(place)
    spot = _asked(key, ds=json.dumps({"keyWord": name}, ensure_ascii=False)).get("location")
    if not isinstance(spot, dict):
        raise Invalid(
            _("The map service knows no place called %(name)s. Point at the sketch or write the degrees.")
            % {"name": name}
        )
    longitude, latitude = (degrees_e7(str(spot.get(axis))) for axis in ("lon", "lat"))
    if latitude is None or longitude is None:
        raise _trouble(SILENT)
    there = json.dumps({"lon": spot["lon"], "lat": spot["lat"], "ver": 1})
    told = _asked(key, postStr=there, type="geocode").get("result")
    result: dict[str, Any] = told if isinstance(told, dict) else {}
    address = str(result.get("formatted_address") or "—")
    if _county(result) != place.code[:COUNTY]:
        raise Invalid(
            _("What the map service found for %(name)s does not lie in this county, but here: %(address)s. Point at the "
              "sketch or write the degrees.") % {"name": name, "address": address}
        )  # fmt: skip
    return Found(latitude, longitude, address, str(spot.get("level") or ""), str(spot.get("score") or ""))


def full_name(place: Place) -> str:
    """What is asked for: the place with all that stands above it, for names repeat."""
    above = place.above().exclude(name__in=NO_NAMES).values_list("name", flat=True)
    return "".join([*above, place.short_name])


def _county(result: dict[str, Any]) -> str:
    """The code of the county a point lies in, "" where the answer does not say. The service puts 156, China, in front."""
    parts = result.get("addressComponent")
    return str(parts.get("county_code", ""))[-COUNTY:] if isinstance(parts, dict) else ""


def _asked(key: str, **fields: str) -> dict[str, Any]:
    """What the service tells; empty where it found nothing."""
    _status, body = _answer(f"{settings.MAP_SERVICE_URL}/geocoder", {**fields, "tk": key})
    try:
        told = json.loads(body)
    except ValueError:
        raise _trouble(SILENT) from None
    if not isinstance(told, dict) or "status" not in told:
        raise _trouble(REFUSED)
    return told if str(told["status"]) == "0" else {}


def _answer(url: str, fields: dict[str, str]) -> tuple[int, bytes]:
    """Status and body. The address is the setting's alone: no redirect is followed."""
    if (trouble := cache.get(TROUBLE)) is not None:
        raise Unanswered(SENTENCES[trouble])
    try:
        answer = _http.request("GET", url, fields=fields, redirect=False, preload_content=False)
        body = answer.read(LARGEST)
    except urllib3.exceptions.HTTPError:
        raise _trouble(SILENT) from None
    if answer.status in (401, 403, 418, 429):
        raise _trouble(REFUSED)
    if answer.status not in (200, 404):
        raise _trouble(SILENT)
    return answer.status, body


def _trouble(reason: str) -> Unanswered:
    cache.set(TROUBLE, reason, PAUSE)
    return Unanswered(SENTENCES[reason])
