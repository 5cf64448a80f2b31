"""What is asked of a drawing: how many areas, of what, and which villages belong together or apart."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.places.drawing.states import PREPARE, State
from cunlian.places.models import Area, AreaDrawing, District, DrawnVillage, FixedPair, Place, Way, on

MOST_AREAS = 60


@transaction.atomic
def begin_drawing(
    root: Place,
    *,
    by: Actor,
    title: str,
    areas: int,
    area_kind: str = Area.AreaKind.MANAGEMENT,
    way: str = Way.POINTS,
    tolerance: int = 10,
    hollow_from: int = 50,
    invented: bool = False,
) -> AreaDrawing:
    """Ask for ``areas`` areas over the villages the district counts under ``root``. Nothing is worked out yet."""
    require(by, PREPARE, root)
    villages = list(District.current().counted().within(root).order_by("code"))
    if not title.strip():
        raise Invalid(_("Give the drawing a title, so that it can be told from others."), field="title")
    if area_kind not in Area.AreaKind.values or way not in Way.values:
        raise Invalid(_("Choose one of the kinds of area, and one of the ways to count."), field="area_kind")
    if not 1 <= areas <= min(MOST_AREAS, len(villages)):
        raise Invalid(
            _now("There are %(n)s villages here: write a number of areas from 1 to %(most)s.")
            % {"n": len(villages), "most": min(MOST_AREAS, len(villages))},
            field="areas",
        )
    if not 0 <= tolerance <= 100 or not 0 <= hollow_from <= 100:
        raise Invalid(_("Write a whole number from 0 to 100."), field="tolerance")
    drawing = AreaDrawing.objects.create(
        root=root, title=title.strip(), areas=areas, area_kind=area_kind, way=way, tolerance=tolerance,
        hollow_from=hollow_from, begun_at=clock.now(), invented=invented,
    )  # fmt: skip
    DrawnVillage.objects.bulk_create(DrawnVillage(drawing=drawing, village=village) for village in villages)
    log.record(by, "places.drawing_begun", drawing, changed={"areas": (None, areas), "villages": (None, len(villages))})
    return drawing


def working_on(drawing: AreaDrawing, by: Actor) -> AreaDrawing:
    """The drawing, locked: it is being worked on, ``by`` may, and no run is at it."""
    drawing = lock(drawing)
    require(by, PREPARE, drawing)
    if drawing.state != State.DRAFT:
        raise Conflict(_("Only a drawing that is being worked on can be changed. Take it back to work first."))
    if drawing.busy:
        raise Conflict(_("The areas are being worked out. Wait until that is through."))
    return drawing


@transaction.atomic
def fix_pair(drawing: AreaDrawing, *, by: Actor, one: Place, other: Place, together: bool) -> FixedPair:
    """The two are to be in one area, or in two, the next time areas are worked out."""
    drawing = working_on(drawing, by)
    inside = DrawnVillage.objects.filter(drawing=drawing, village__in=[one, other]).count()
    if inside < 2:
        raise Invalid(_("Choose two different villages of this drawing."), field="other")
    first, second = sorted((one, other), key=lambda place: place.pk)
    pair, made = FixedPair.objects.get_or_create(
        drawing=drawing, one=first, other=second, defaults={"together": together}
    )
    if not made:
        raise Conflict(_("This pair is fixed already. Free it first."), field="other")
    log.record(by, "places.pair_fixed", drawing, changed={"pair": (None, str(pair.pk)), "together": (None, together)})
    return pair


@transaction.atomic
def free_pair(pair: FixedPair, *, by: Actor) -> None:
    """The pair is not fixed any more."""
    drawing = working_on(pair.drawing, by)
    log.record(by, "places.pair_freed", drawing, changed={"pair": (str(pair.pk), None)})
    pair.delete()


def today_of(drawing: AreaDrawing) -> dict[object, Area]:
    """Today's area of each village, of the drawing's kind; of several the first."""
    day = clock.today()
    held = Area.objects.filter(on(day), on(day, "memberships__"), area_kind=drawing.area_kind)
    rows = held.order_by("-starts_on", "-name", "-pk").values_list("memberships__place_id", "pk")
    areas = {area.pk: area for area in Area.objects.filter(pk__in={pk for _place, pk in rows})}
    return {place_id: areas[pk] for place_id, pk in rows}
