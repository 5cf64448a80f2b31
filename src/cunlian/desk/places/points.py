"""Where villages lie: one pointed at on a drawing or written down, or a table of them from a file."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import REFUSED
from cunlian.desk.maps.ground import Spot, ground_under
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.bringing import bring_table
from cunlian.desk.places.looking_up import asked as ask_the_service
from cunlian.desk.places.page import degrees
from cunlian.desk.places.point_forms import PointsForm
from cunlian.desk.places.seen import village_of
from cunlian.desk.places.works import WORKS
from cunlian.kernel.access import require
from cunlian.places.actions.positions import PERMISSION, import_positions
from cunlian.places.map_service import full_name
from cunlian.places.models import District, Place, Position
from cunlian.places.pointing import Frame, frame_of
from cunlian.ui.forms import submit

GET_POST = ("GET", "POST")
WIDTHS = {"narrow": 320, "wide": 720}
"""The drawing in two widths, never scaled: a browser tells where it was pressed in pixels of what it shows."""


@dataclass(frozen=True)
class Drawing:
    """One width of the drawing as a picture that can be pressed; ``name`` is what the form sends."""

    name: str
    width: int
    height: int
    source: str


@require_http_methods(GET_POST)
def position(request: DeskRequest, code: str) -> HttpResponse:
    """The point of one village: pressed on the drawing or told by the map service, which fills the form, or written there."""
    village, work, district = village_of(request.actor, code), WORKS["position"], District.current()
    require(request.actor, work.permission, village)
    known = Position.objects.filter(place__in=district.listed()).select_related("place")
    others = [row for row in known if row.place_id != village.pk]
    frame = frame_of(others)
    pressed = _pressed(request, frame) if frame else {}
    asked = request.GET.dict() | pressed
    look = ask_the_service(village, request.POST) if district.map_service_key and "look" in request.POST else None
    sent = request.POST if request.method == "POST" and not look else None
    form = work.form(sent, village=village, initial=look.said if look else asked)
    if sent is not None and submit(form, lambda **said: work.call(village, by=request.actor, **said)):
        messages.success(request, _("It is entered."))
        return redirect("desk:place", code=village.code)
    here = _here(village, look.found if look else pressed.get("point"))
    context = {
        "title": work.title, "village": village, "form": form, "pressed": "latitude" in asked,
        "drawings": _drawings(frame, others, here) if frame else (), "district": district,
        "ground": ground_under([*_spots(others), *_own(village, here)]) if frame else None,
        "invented": any(row.invented for row in others), "back": reverse("desk:place", args=[village.code]),
        "look": look, "asked_for": full_name(village) if district.map_service_key else "",
    }  # fmt: skip
    refused = form.errors or (look and look.refusal)
    return render(request, "desk/places/position.html", context, status=REFUSED if refused else 200)


def _pressed(request: DeskRequest, frame: Frame) -> dict[str, Any]:
    """What the form says after the drawing was pressed; pressed by keyboard it tells no spot."""
    for name, width in WIDTHS.items():
        across, down = request.GET.get(f"{name}.x", ""), request.GET.get(f"{name}.y", "")
        if across.isdecimal() and down.isdecimal() and (across, down) != ("0", "0"):
            spot = min(int(across) / width, 1), min(int(down) / (width * frame.ratio), 1)
            latitude, longitude = frame.point(*spot)
            return {
                "latitude": degrees(latitude), "longitude": degrees(longitude), "accuracy_m": frame.accuracy_m,
                "source_note": _("Pointed at on the sketch"), "point": (latitude, longitude),
            }  # fmt: skip
    return {}


def _here(village: Place, proposed: tuple[Any, ...] | None) -> tuple[int, int] | None:
    """Where the village lies as the form says, else as it is kept."""
    if proposed:
        return proposed[0], proposed[1]
    own = Position.objects.filter(place=village).first()
    return (own.latitude_e7, own.longitude_e7) if own else None


def _spots(others: list[Position]) -> list[Spot]:
    return [Spot(row.place_id, row.place.short_name) for row in others]


def _own(village: Place, here: tuple[int, int] | None) -> list[Spot]:
    return [Spot(village.pk, village.short_name, here=True, point=here)] if here else []


def _drawings(frame: Frame, others: list[Position], point: tuple[int, int] | None) -> list[Drawing]:
    here = frame.spot(*point) if point else None
    spots = [(row.place.short_name, *frame.spot(row.latitude_e7, row.longitude_e7)) for row in others]
    return [_drawing(name, width, int(width * frame.ratio), spots, here) for name, width in WIDTHS.items()]


def _drawing(name: str, width: int, height: int, spots: list[Any], here: tuple[float, float] | None) -> Drawing:
    context = {
        "width": width, "height": height, "here": here and (int(here[0] * width), int(here[1] * height)),
        "spots": [(label, int(x * width), int(y * height), int(y * height) - 6) for label, x, y in spots],
        "labels": name == "wide",
    }  # fmt: skip
    drawn = render_to_string("desk/places/points.svg", context)
    return Drawing(name, width, height, f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}")


@require_http_methods(GET_POST)
def bring(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, PERMISSION, root)
    return bring_table(
        request, PointsForm, lambda rows, source: import_positions(rows, by=request.actor, root=root, source_note=source),
        title=_("Import points"), lead=_("All rows are taken in, or none. A village that has a point gets the new one."),
        back=reverse("desk:places"), crumbs=[(_("Villages and areas"), reverse("desk:places"))],
        taken=lambda n: ngettext("%(n)s point is taken in.", "%(n)s points are taken in.", n) % {"n": n},
    )  # fmt: skip
