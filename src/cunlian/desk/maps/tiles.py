"""Tiles of the map service, fetched by this server: neither the county's key nor a reader's address leaves it."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import own_places
from cunlian.kernel.refusals import Refusal
from cunlian.places.map_service import tile_of
from cunlian.places.models import District

KEPT = "private, max-age=604800"
"""A week, by the reader's browser. Nothing is kept here: the service forbids collecting its map."""


@require_GET
def tile(request: DeskRequest, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """For staff of the district's county. What is refused is answered by its number alone: a picture says no sentence."""
    district = District.current()
    if not own_places(request.actor).filter(pk=district.root_id).exists():
        return HttpResponse(status=404)
    try:
        found = tile_of(district, layer, z, x, y)
    except Refusal as refusal:
        return HttpResponse(status=refusal.status)
    return HttpResponse(found.data, content_type=found.media_type, headers={"Cache-Control": KEPT})
