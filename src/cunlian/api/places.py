"""Places of the district, and by name over the whole list. They are no secret: any key reads them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from cunlian.api.paging import page_by_code
from cunlian.api.values import Plain
from cunlian.kernel.refusals import Invalid, Missing
from cunlian.places.models import Level, Place

router = Router(tags=["places"])


def place_with_code(code: str, field: str) -> Place:
    """The current place with this code, or Invalid naming the parameter."""
    place = Place.objects.current().filter(code=code).first()
    if place is None:
        raise Invalid(_("No current place has this code."), field=field)
    return place


class PlaceOut(Schema):
    """``id`` is the identity and never changes; ``code`` is today's official code, or the last one of a place that has
    ended on ``ends_on``."""

    id: UUID
    code: str
    level: int
    name: str
    short_name: str
    parent_id: UUID | None
    ends_on: date | None


class PlacePage(Schema):
    items: list[PlaceOut]
    next: str | None


@router.get("", response=PlacePage, summary="Current places at or below a code, in the order of codes")
def list_places(
    request: HttpRequest,
    within: Plain = "",
    q: Plain = "",
    level: Level | None = None,
    cursor: str = "",
    limit: int = 100,
) -> dict[str, object]:
    rows = Place.objects.current()
    if within:
        rows = rows.within(place_with_code(within, "within"))
    if level is not None:
        rows = rows.filter(level=level)
    if q:
        rows = rows.filter(short_name__startswith=q)
    items, following = page_by_code(rows, cursor, limit)
    return {"items": items, "next": following}


@router.get("/{place_id}", response=PlaceOut, summary="One place, current or ended")
def read_place(request: HttpRequest, place_id: UUID) -> Place:
    place = Place.objects.filter(pk=place_id).first()
    if place is None:
        raise Missing(_("There is no such place here."))
    return place
