"""Settling a drawing: proposed, taken back, adopted as a dated overlay, or dropped."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.places.actions.areas import add_village_to_area, create_area, end_area, end_area_membership
from cunlian.places.drawing.actions.ask import today_of
from cunlian.places.drawing.states import MOVES, PREPARE, SETTLE
from cunlian.places.models import Area, AreaDrawing, AreaMembership, DrawnArea, DrawnVillage, on

AHEAD = timedelta(days=366)


@transaction.atomic
def propose_drawing(drawing: AreaDrawing, *, by: Actor) -> AreaDrawing:
    """Lay it before those who decide; nothing of it changes from now on."""
    drawing = lock(drawing)
    require(by, PREPARE, drawing)
    MOVES.check(drawing, "propose")
    if drawing.busy:
        raise Conflict(_("The areas are being worked out. Wait until that is through."))
    if DrawnVillage.objects.filter(drawing=drawing, drawn=None).exists():
        raise Invalid(_("There are no areas yet. Have them worked out first."))
    changed = MOVES.apply(drawing, "propose", proposed_on=clock.today())
    log.record(by, "places.drawing_proposed", drawing, changed=changed)
    return drawing


@transaction.atomic
def reopen_drawing(drawing: AreaDrawing, *, by: Actor) -> AreaDrawing:
    """Take it back and work on it."""
    drawing = lock(drawing)
    require(by, PREPARE, drawing)
    changed = MOVES.apply(drawing, "reopen", proposed_on=None)
    log.record(by, "places.drawing_reopened", drawing, changed=changed)
    return drawing


@transaction.atomic
def drop_drawing(drawing: AreaDrawing, *, by: Actor, reason: str) -> AreaDrawing:
    """It is not adopted, and stays to be read with the reason."""
    drawing = lock(drawing)
    require(by, SETTLE, drawing)
    MOVES.check(drawing, "drop")
    if not reason.strip():
        raise Invalid(_("Please write why it is dropped; whoever draws the next one reads it."), field="reason")
    changed = MOVES.apply(drawing, "drop", reason=reason.strip(), decided_on=clock.today())
    changed.pop("reason", None)
    log.record(by, "places.drawing_dropped", drawing, changed=changed)
    return drawing


@transaction.atomic
def adopt_drawing(drawing: AreaDrawing, *, by: Actor, starts_on: date, reason: str, paper: str) -> AreaDrawing:
    """From ``starts_on`` on the areas are as drawn: memberships end and begin that day, areas without a village end, new
    ones begin. What was before stays readable under its days. Use ``flows.areas.adopt_areas``, which ends duties too."""
    drawing = lock(drawing)
    require(by, SETTLE, drawing)
    MOVES.check(drawing, "adopt")
    _check(drawing, starts_on, reason, paper)
    target = _targets(drawing, by, starts_on, paper.strip())
    rows = DrawnVillage.objects.filter(drawing=drawing).select_related("village", "drawn")
    held = AreaMembership.objects.filter(area__area_kind=drawing.area_kind, ends_on=None).select_related("area__root")
    of_village: dict[object, list[AreaMembership]] = {}
    for membership in held.filter(place__in=rows.values("village")).select_related("place"):
        of_village.setdefault(membership.place_id, []).append(membership)
    for row in rows:
        assert row.drawn is not None
        goal = target[row.drawn.pk]
        running = of_village.get(row.village_id, [])
        for membership in running:
            if membership.area_id != goal.pk:
                end_area_membership(membership, by=by, ends_on=starts_on)
        if goal.pk not in {membership.area_id for membership in running}:
            add_village_to_area(goal, by=by, village=row.village, starts_on=starts_on)
    for area in emptied(drawing):
        end_area(area, by=by, ends_on=starts_on)
    changed = MOVES.apply(
        drawing, "adopt", starts_on=starts_on, reason=reason.strip(), paper=paper.strip(), decided_on=clock.today()
    )
    changed.pop("reason", None)
    log.record(by, "places.drawing_adopted", drawing, changed=changed)
    return drawing


def _check(drawing: AreaDrawing, starts_on: date, reason: str, paper: str) -> None:
    if not paper.strip():
        raise Invalid(_("Name the paper or meeting that decides it, with its number or its day."), field="paper")
    if not reason.strip():
        raise Invalid(_("Please write why the areas are drawn anew."), field="reason")
    if not clock.today() <= starts_on <= clock.today() + AHEAD:
        raise Invalid(_("Choose a day from today on, within a year."), field="starts_on")
    _check_unchanged(drawing)
    areas = Area.objects.filter(root=drawing.root, ends_on=None)
    for name in DrawnArea.objects.filter(drawing=drawing, area=None).values_list("name", flat=True):
        if areas.filter(name=name).exists():
            raise Conflict(
                _now("There is an area called %(name)s already. Name the new one otherwise.") % {"name": name}
            )


def _check_unchanged(drawing: AreaDrawing) -> None:
    """Today's areas are still those it was drawn beside."""
    today, moved = today_of(drawing), []
    for row in DrawnVillage.objects.filter(drawing=drawing).select_related("village"):
        now = today.get(row.village_id)
        if row.area_before_id != (now.pk if now else None):
            moved.append(row.village.short_name)
    if moved:
        raise Conflict(
            _now("Since this was drawn the area of %(names)s has changed. Take it back to work and draw it again.")
            % {"names": _now(", ").join(moved[:5])}
        )


def _targets(drawing: AreaDrawing, by: Actor, starts_on: date, paper: str) -> dict[UUID, Area]:
    found = {}
    for drawn in DrawnArea.objects.filter(drawing=drawing).select_related("area__root"):
        found[drawn.pk] = drawn.area or create_area(
            drawing.root, by=by, name=drawn.name, area_kind=drawing.area_kind, starts_on=starts_on, paper=paper,
            invented=drawing.invented,
        )  # fmt: skip
    return found


def emptied(drawing: AreaDrawing) -> list[Area]:
    """Today's areas none of the drawing goes on as, and that hold no village outside it: adopted, they end."""
    before = {row.area_before_id for row in DrawnVillage.objects.filter(drawing=drawing) if row.area_before_id}
    kept = set(DrawnArea.objects.filter(drawing=drawing, area__isnull=False).values_list("area_id", flat=True))
    inside = DrawnVillage.objects.filter(drawing=drawing).values("village")
    day = clock.today()
    outside = AreaMembership.objects.filter(on(day)).exclude(place__in=inside).values("area")
    gone = Area.objects.filter(pk__in=before - kept, ends_on=None).exclude(pk__in=outside)
    return list(gone.select_related("root").order_by("name", "pk"))
