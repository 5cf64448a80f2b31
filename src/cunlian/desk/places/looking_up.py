"""Asking the county's map service where a village lies. What it says is proposed in the form; whoever asked sets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cunlian.desk.far import far_text
from cunlian.desk.places.page import degrees
from cunlian.kernel.refusals import Refusal
from cunlian.places.distance import kilometres
from cunlian.places.map_service import Found, look_up
from cunlian.places.models import District, Place, Position, Way

LONGEST_NOTE = Position._meta.get_field("source_note").max_length


@dataclass(frozen=True)
class Look:
    """``said``: what the form says now. ``found`` and how far it is from the town, or the ``refusal``, with all that was
    written before."""

    said: dict[str, Any]
    found: Found | None = None
    town: str = ""
    refusal: Refusal | None = None


def asked(village: Place, written: QueryDict) -> Look:
    """What the form says after the map service was asked about ``village``."""
    district = District.current()
    try:
        found = look_up(village, district.map_key)
    except Refusal as refusal:
        return Look(written.dict(), refusal=refusal)
    note = _("Tianditu, review number %(number)s: %(address)s") % {
        "number": district.map_review_number, "address": found.address,
    }  # fmt: skip
    proposed = {
        "latitude": degrees(found.latitude_e7), "longitude": degrees(found.longitude_e7), "accuracy_m": "",
        "source_note": note[:LONGEST_NOTE], "source": Position.Source.MAP_SERVICE,
    }  # fmt: skip
    return Look({**written.dict(), **proposed}, found, _from_town(village, found))


def _from_town(village: Place, found: Found) -> str:
    """How far the point lies from that of the town; "" where nobody knows where the town lies."""
    town = Position.objects.filter(place=village.parent).select_related("place").first()
    if town is None:
        return ""
    here = Position(latitude_e7=found.latitude_e7, longitude_e7=found.longitude_e7)
    words = {"km": far_text(Way.POINTS, round(kilometres(here, town) * 1000)), "town": town.place}
    if town.invented:
        return _("%(km)s from the point of %(town)s, which is invented") % words
    return _("%(km)s from the point of %(town)s") % words
