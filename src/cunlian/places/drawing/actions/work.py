"""Working areas out, and putting them right by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, jobs, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Job
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.places.drawing import solve
from cunlian.places.drawing.actions.ask import today_of, working_on
from cunlian.places.drawing.labels import Label, label
from cunlian.places.drawing.states import PREPARE, State
from cunlian.places.models import AreaDrawing, DrawnArea, DrawnVillage, FixedPair, Place, Way
from cunlian.places.ways import neighbours, table

JOB = "places.draw"
NAMED = 5
Progress = Callable[..., None]


class Fact(NamedTuple):
    """What is known of a village today; None is not known."""

    households: int | None
    hollow: int | None


def _quiet(done: int, total: int | None = None) -> None:
    return None


@transaction.atomic
def order_drawing(drawing: AreaDrawing, *, by: Actor) -> Job:
    """Start working the areas out in the background (``flows.areas`` runs it); what was put by hand is drawn anew."""
    drawing = working_on(drawing, by)
    job = jobs.start(JOB, _now("Drawing areas · %(title)s") % {"title": drawing.title}, by, drawing=str(drawing.pk))
    change(drawing, job=job)
    log.record(by, "places.drawing_ordered", drawing)
    return job


@transaction.atomic
def draw_areas(
    drawing: AreaDrawing,
    *,
    by: Actor,
    facts: Mapping[UUID, Fact],
    progress: Progress = _quiet,
    work: float = solve.WORK,
) -> AreaDrawing:
    """Work the areas out from ``facts`` (by village) and keep them beside today's; where there are none, why."""
    drawing = lock(drawing)
    require(by, PREPARE, drawing)
    if drawing.state != State.DRAFT:
        raise Conflict(_("Only a drawing that is being worked on can be changed. Take it back to work first."))
    rows = list(DrawnVillage.objects.filter(drawing=drawing).select_related("village").order_by("village__code"))
    today = today_of(drawing)
    for row in rows:
        row.households, row.hollow = facts.get(row.village_id, Fact(None, None))
        row.area_before, row.drawn, row.by_hand = today.get(row.village_id), None, False
    DrawnArea.objects.filter(drawing=drawing).delete()
    task, trouble = task_of(drawing, rows)
    found = None
    if task and not trouble:
        found, trouble = _drawn(task, progress, work)
    if found:
        for row, drawn in zip(rows, _areas_of(drawing, rows, found.centre), strict=True):
            row.drawn = drawn
    DrawnVillage.objects.bulk_update(rows, ["households", "hollow", "area_before", "drawn", "by_hand"], batch_size=200)
    changed = change(
        drawing, cost=found.cost if found else None, bound=found.bound if found else None, trouble=trouble,
        drawn_at=clock.now(),
    )  # fmt: skip
    changed.pop("trouble", None)
    log.record(by, "places.areas_drawn", drawing, changed=changed)
    return drawing


def _drawn(task: solve.Task, progress: Progress, work: float) -> tuple[solve.Drawn | None, str]:
    try:
        return solve.draw(task, progress, work), ""
    except solve.NoDrawing as none:
        if none.late:
            return None, _now("No drawing was found in the time there is. Free a pair, or ask for fewer areas.")
        return None, _now(
            "There is no drawing of %(n)s areas that keeps every fixed pair and leaves no area in two pieces. Free a pair,"
            " or ask for another number of areas."
        ) % {"n": task.areas}


def task_of(drawing: AreaDrawing, rows: Sequence[DrawnVillage]) -> tuple[solve.Task | None, str]:
    """The arithmetic of a drawing, or in words why there can be none. A village whose households nobody knows counts as
    many as the mean of the others; one whose index nobody knows is not hollow."""
    places = [row.village for row in rows]
    index = {place.pk: i for i, place in enumerate(places)}
    far = table(drawing.way, places, places)
    if trouble := _lost(drawing, places, far):
        return None, trouble
    known = [row.households for row in rows if row.households is not None]
    mean = sum(known) // len(known) if known else 1
    together, apart = _pairs(drawing, index)
    if trouble := _contradiction(drawing, places, together, apart):
        return None, trouble
    marks = {
        key: number for number, key in enumerate(sorted({row.area_before_id for row in rows if row.area_before_id}))
    }
    task = solve.Task(
        areas=drawing.areas,
        households=tuple(mean if row.households is None else row.households for row in rows),
        hollow=tuple(row.hollow is not None and row.hollow >= drawing.hollow_from for row in rows),
        far=tuple(tuple(metres or 0 for metres in line) for line in far),
        tolerance=drawing.tolerance,
        together=together,
        apart=apart,
        touching=touching_of(places, index),
        today=tuple(marks.get(row.area_before_id, -1) if row.area_before_id else -1 for row in rows),
    )
    return task, ""


def touching_of(places: Sequence[Place], index: Mapping[UUID, int]) -> tuple[frozenset[int], ...]:
    """Who touches whom; nothing where a village has no border entered, for then they are not known."""
    graph = neighbours(places)
    if any(not graph.get(place.pk) for place in places):
        return ()
    return tuple(frozenset(index[key] for key in graph[place.pk]) for place in places)


def _lost(drawing: AreaDrawing, places: Sequence[Place], far: Any) -> str:
    """Villages no way leads to from the others, by name."""
    lost = [place for place, line in zip(places, far, strict=True) if sum(one is None for one in line) * 2 >= len(line)]
    if not lost and any(one is None for line in far for one in line):
        lost = [place for place, line in zip(places, far, strict=True) if None in line]
    if not lost:
        return ""
    names = _now(", ").join(place.short_name for place in lost[:NAMED])
    said = {
        Way.POINTS: _now("%(n)s villages have no point yet: %(names)s. Enter them, or count in another way."),
        Way.MINUTES: _now("No road time leads to %(n)s villages: %(names)s. Enter them, or count in another way."),
        Way.STEPS: _now("No border leads to %(n)s villages: %(names)s. Enter them, or count in another way."),
    }[Way(drawing.way)]
    return said % {"n": len(lost), "names": names + ("…" if len(lost) > NAMED else "")}


def _pairs(drawing: AreaDrawing, index: Mapping[UUID, int]) -> tuple[frozenset[solve.Pair], frozenset[solve.Pair]]:
    rows = list(FixedPair.objects.filter(drawing=drawing))

    def kept(together: bool) -> frozenset[solve.Pair]:
        return frozenset((index[row.one_id], index[row.other_id]) for row in rows if row.together == together)

    return kept(True), kept(False)


def _contradiction(
    drawing: AreaDrawing, places: Sequence[Place], together: frozenset[solve.Pair], apart: frozenset[solve.Pair]
) -> str:
    """A pair fixed apart that other pairs hold together; more areas than groups."""
    group = solve.groups_of(len(places), together)
    for one, other in sorted(apart):
        if group[one] == group[other]:
            names = {"one": places[one].short_name, "other": places[other].short_name}
            return _now("%(one)s and %(other)s are fixed apart, and other pairs hold them together. Free one.") % names
    if len(set(group)) < drawing.areas:
        return _now("So many pairs are fixed together that there cannot be %(n)s areas. Free one.") % {
            "n": drawing.areas
        }
    return ""


def _areas_of(drawing: AreaDrawing, rows: Sequence[DrawnVillage], centre: Sequence[int]) -> list[DrawnArea]:
    """The area of each village: one that goes on as today's where most of it is, else a new one."""
    told: dict[int, Label] = label(centre, [row.area_before for row in rows])
    last = max((found.area.pk for found in told.values() if found.area), default=drawing.pk)

    def rank(j: int) -> tuple[bool, UUID, str]:
        """Those that go on in the order in which they were drawn, then the new ones."""
        area = told[j].area
        return area is None, area.pk if area else last, rows[j].village.code

    order = sorted(told, key=rank)
    areas: dict[int, DrawnArea] = {}
    new = 0
    for number, j in enumerate(order, start=1):
        new += told[j].area is None
        name = told[j].name or _now("New area %(n)s") % {"n": new}
        areas[j] = DrawnArea(drawing=drawing, number=number, name=name, area=told[j].area)
    DrawnArea.objects.bulk_create(areas.values())
    return [areas[j] for j in centre]


@transaction.atomic
def put_village(row: DrawnVillage, *, by: Actor, into: DrawnArea) -> DrawnVillage:
    """A person moves a village into another area of the drawing. What the drawing costs is then only what it is, and no
    longer said to be near the best."""
    drawing = working_on(row.drawing, by)
    row = lock(row)
    if into.drawing_id != drawing.pk or row.drawn_id is None:
        raise Invalid(_("Choose an area of this drawing."), field="into")
    if row.drawn_id == into.pk:
        raise Invalid(_("The village is in this area already."), field="into")
    if not DrawnVillage.objects.filter(drawn=row.drawn_id).exclude(pk=row.pk).exists():
        raise Invalid(_("It is the last village of its area. An area keeps at least one."), field="into")
    changed = change(row, drawn=into, by_hand=True)
    change(drawing, cost=None, bound=None)
    log.record(by, "places.drawn_village_put", drawing, changed={**changed, "village": (None, str(row.village_id))})
    return row


@transaction.atomic
def name_drawn_area(drawn: DrawnArea, *, by: Actor, name: str) -> DrawnArea:
    """What a new area is to be called. One that goes on keeps its name."""
    drawing = working_on(drawn.drawing, by)
    drawn = lock(drawn)
    if drawn.area_id is not None:
        raise Invalid(_("This area goes on from today and keeps its name."), field="name")
    if not name.strip():
        raise Invalid(_("Please give the area a name."), field="name")
    if DrawnArea.objects.filter(drawing=drawing, name=name.strip()).exclude(pk=drawn.pk).exists():
        raise Invalid(_("Another area of this drawing has this name."), field="name")
    changed = change(drawn, name=name.strip())
    log.record(by, "places.drawn_area_named", drawing, changed=changed)
    return drawn
