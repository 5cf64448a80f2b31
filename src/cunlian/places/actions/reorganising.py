"""What the county decides about places by a paper: renaming, merging, splitting, transfer. Dated; the past is kept.

The codes of what ended follow what took it over, so every roll-up by today's tree stays one range of codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from cunlian.kernel import clock, days, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.places.codes import LENGTHS, is_code, parent_code
from cunlian.places.history import follow, recode, set_aside
from cunlian.places.models import (
    Area,
    AreaMembership,
    Grid,
    GridGroup,
    GridSet,
    Lane,
    Level,
    Place,
    RosterEntry,
    Succession,
    SuccessionKind,
    VillagerGroup,
)
from cunlian.places.names import initials_of, short_name_of
from cunlian.places.querysets import code_q

PERMISSION = "places.reorganise"


class Part(NamedTuple):
    """A place that comes out of a split: its code and official name."""

    code: str
    name: str


@transaction.atomic
def rename_place(place: Place, *, by: Actor, name: str, day: date, paper: str) -> Place:
    """Give the place another official name from ``day`` on. The same name again changes nothing."""
    place = lock(place)
    require(by, PERMISSION, place)
    name = _checked_name(name)
    _check_day(place, day, paper)
    if name == place.name:
        return place
    place.version(day, paper).save(force_insert=True)
    short = short_name_of(name)
    changed = change(place, name=name, short_name=short, initials=initials_of(short), since=day)
    _succeed([place], place, SuccessionKind.RENAMED, day, paper)
    log.record(by, "places.renamed", place, changed=changed)
    return place


@transaction.atomic
def merge_places(places: Sequence[Place], *, into: Place, by: Actor, day: date, paper: str) -> Place:
    """End ``places`` on ``day``, with their grids, their areas and their line of the roster; ``into`` takes them over: their
    past shows under it, their villager groups and lanes go on in it, and it comes into the areas they were in.

    Their offices are ended by the flow that calls this (``flows.reorganising``)."""
    into = lock(into)
    require(by, PERMISSION, into)
    merged = [lock(place) for place in sorted(places, key=lambda place: place.pk)]
    _check_mergeable(merged, into)
    for place in merged:
        require(by, PERMISSION, place)
        _check_day(place, day, paper)
        _check_below(place, day)
    _check_day(into, day, paper)
    for place in merged:
        old = place.code
        _carry_over(place, into)
        areas = _join_areas(into, place, day)
        _end(place, into.code, day, paper)
        changed = {"code": (old, into.code), "ends_on": (None, day), "areas": (None, areas)}
        log.record(by, "places.merged", place, changed=changed)
    _succeed(merged, into, SuccessionKind.MERGED, day, paper)
    return into


@transaction.atomic
def split_place(place: Place, *, by: Actor, parts: Sequence[Part], day: date, paper: str) -> list[Place]:
    """New places come out of ``place`` on ``day``. A part with the code of ``place`` means that it goes on, smaller.

    Where it does not go on it ends, keeps its code and its past: no part inherits that, the place above shows it. Each part
    comes into the areas ``place`` is in."""
    place = lock(place)
    require(by, PERMISSION, place)
    _check_day(place, day, paper)
    new = [part for part in parts if part.code != place.code]
    _check_parts(place, new)
    goes_on = len(new) < len(parts)
    if not goes_on:
        _check_below(place, day)
    made = [_create(part, place, day) for part in new]
    for part in made:
        _join_areas(part, place, day)
    values = {} if goes_on else {"ends_on": day}
    place.version(day, paper).save(force_insert=True)
    changed = change(place, since=day, **values)
    if not goes_on:
        _end_grids(place, place.code, day, paper)
        _leave(place, day)
    for part in made:
        _succeed([place], part, SuccessionKind.SPLIT, day, paper)
    changed["parts"] = (None, [part.code for part in made])
    log.record(by, "places.split", place, changed=changed)
    return made


@transaction.atomic
def transfer_place(place: Place, *, by: Actor, parent: Place, code: str, day: date, paper: str) -> Place:
    """Put the place, with all below it, under another parent and code from ``day`` on; or renumber it."""
    place, old_parent = lock(place), place.parent
    require(by, PERMISSION, place)
    require(by, PERMISSION, parent)
    _check_day(place, day, paper)
    _check_below(place, day)
    _check_code(code, place.level, parent)
    old = place.code
    for below in Place.objects.filter(code_q(old)).exclude(pk=place.pk).order_by("code"):
        recode(below, code + below.code[len(old) :], day, paper)
    place.version(day, paper).save(force_insert=True)
    changed = change(place, code=code, parent=parent, since=day)
    kind = SuccessionKind.RENUMBERED if old_parent == parent else SuccessionKind.TRANSFERRED
    _succeed([place], place, kind, day, paper)
    log.record(by, "places.transferred", place, changed=changed)
    return place


@transaction.atomic
def succeed_place(place: Place, *, by: Actor, successor: Place, day: date, paper: str) -> Place:
    """Confirm that ``successor`` took over ``place``, which an import ended: its past shows there from now on."""
    place = lock(place)
    require(by, PERMISSION, place)
    require(by, PERMISSION, successor)
    if place.ends_on is None or successor.ends_on is not None or place.level != successor.level:
        raise Invalid(
            _("Choose a place that has ended, and one of the same rank that exists today."), field="successor"
        )
    old = place.code
    recode(place, successor.code, place.ends_on, paper)
    follow(old, successor.code, place.ends_on, paper)
    kind = SuccessionKind.RENUMBERED if place.parent_id == successor.parent_id else SuccessionKind.TRANSFERRED
    _succeed([place], successor, kind, day, paper)
    log.record(by, "places.succeeded", place, changed={"code": (old, successor.code)})
    return place


def _checked_name(name: str, field: str = "name") -> str:
    name = name.strip()
    if not name or len(name) > 120:
        raise Invalid(_("Please enter the official name, up to 120 characters."), field=field)
    return name


def _check_day(place: Place, day: date, paper: str) -> None:
    if not paper.strip():
        raise Invalid(_("Please name the paper that decided this."), field="paper")
    if place.ends_on is not None:
        raise Invalid(
            _("%(place)s has ended already. Choose a place that exists today.") % {"place": place}, field="place"
        )
    if day > clock.today():
        raise Invalid(_("This day is still to come. Enter the change on the day it takes effect."), field="day")
    earliest = place.since or place.starts_on
    if earliest and day < earliest:
        raise Invalid(_("%(place)s last changed on %(day)s; choose that day or a later one.") % {
            "place": place, "day": days.day(earliest)}, field="day")  # fmt: skip


def _check_below(place: Place, day: date) -> None:
    """What changes with the place cannot have changed after that day."""
    last = Place.objects.current().filter(code_q(place.code), since__gt=day).order_by("-since").first()
    if last is not None:
        raise Invalid(_("%(place)s last changed on %(day)s; choose that day or a later one.") % {
            "place": last, "day": days.day(last.since or day)}, field="day")  # fmt: skip


def _check_mergeable(merged: Sequence[Place], into: Place) -> None:
    if not merged or into.pk in {place.pk for place in merged}:
        raise Invalid(_("Choose at least one place to merge, other than the one that remains."), field="places")
    if {place.level for place in merged} != {into.level} or into.level not in (Level.VILLAGE, Level.GRID):
        raise Invalid(_("Villages merge with villages. For a town, transfer its villages first."), field="places")


def _check_parts(place: Place, new: Sequence[Part]) -> None:
    if not new or place.level != Level.VILLAGE or place.parent is None:
        raise Invalid(_("Only a village can be split, and at least one new village must come out."), field="parts")
    if len({part.code for part in new}) < len(new):
        raise Invalid(_("Each new village needs a code of its own."), field="parts")
    for part in new:
        _checked_name(part.name, field="parts")
        _check_code(part.code, place.level, place.parent, field="parts")


def _check_code(code: str, level: int, parent: Place, field: str = "code") -> None:
    """Frees the code where only a place that has ended still holds it."""
    if not is_code(code) or len(code) != LENGTHS[level - 1] or parent_code(code) != parent.code or parent.ends_on:
        raise Invalid(
            _("The code must have %(count)s digits and begin with %(parent)s.")
            % {"count": LENGTHS[level - 1], "parent": parent.code},
            field=field,
        )
    if Place.objects.current().filter(code=code).exists():
        raise Invalid(_("The code %(code)s belongs to another place.") % {"code": code}, field=field)
    for ended in Place.objects.filter(code=code):
        set_aside(ended)


def _create(part: Part, beside: Place, day: date) -> Place:
    short = short_name_of(part.name.strip())
    return Place.objects.create(
        code=part.code, level=beside.level, name=part.name.strip(), short_name=short, initials=initials_of(short),
        parent_id=beside.parent_id, starts_on=day, since=day,
    )  # fmt: skip


def _succeed(places: Iterable[Place], to: Place, kind: SuccessionKind, day: date, paper: str) -> None:
    for place in places:
        Succession.objects.get_or_create(
            from_place=place, to_place=to, succession_kind=kind, day=day, defaults={"paper": paper}
        )


def _end(place: Place, code: str, day: date, paper: str) -> None:
    """End ``place`` and its grids; they and all that ended in it before are found under ``code``."""
    old = place.code
    _end_grids(place, code, day, paper)
    _leave(place, day)
    place.version(day, paper).save(force_insert=True)
    change(place, ends_on=day, code=code, since=day)
    follow(old, code, day, paper)


def _end_grids(place: Place, code: str, day: date, paper: str) -> None:
    for grid in Place.objects.current().filter(parent=place, level=Level.GRID):
        grid.version(day, paper).save(force_insert=True)
        change(grid, ends_on=day, code=code, since=day)


def _carry_over(place: Place, into: Place) -> None:
    """Villager groups hold land and do not end with the village: they go on under numbers after those of ``into`` and
    keep their old number in the name. Of two lanes with one name the one that comes is called after its village."""
    last = VillagerGroup.objects.filter(village=into, ends_on=None).aggregate(last=Max("number"))["last"] or 0
    groups = VillagerGroup.objects.filter(village=place, ends_on=None).order_by("number")
    for number, group in enumerate(groups, start=last + 1):
        change(group, village=into, number=number, name=group.name or f"{place}{group.number}"[-40:])
    taken = set(Lane.objects.filter(village=into, ends_on=None).values_list("name", flat=True))
    for lane in Lane.objects.filter(village=place, ends_on=None):
        change(lane, village=into, name=f"{place}{lane}"[-40:] if lane.name in taken else lane.name)


def _join_areas(successor: Place, place: Place, day: date) -> list[Area]:
    """``successor`` comes into the areas ``place`` is in that day, and stays in its own: a village has one area it is managed
    in, so that one comes only to a successor that has none. Which areas it came into."""
    here = AreaMembership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day)).select_related("area")
    own = [row.area for row in here.filter(place=successor)]
    managed = any(area.area_kind == Area.AreaKind.MANAGEMENT for area in own)
    joined = []
    for row in here.filter(place=place, ends_on=None).order_by("starts_on", "pk"):
        is_managed = row.area.area_kind == Area.AreaKind.MANAGEMENT
        if row.area in own or (is_managed and managed):
            continue
        AreaMembership.objects.create(area=row.area, place=successor, starts_on=max(day, row.starts_on))
        managed = managed or is_managed
        joined.append(row.area)
    return joined


def _leave(place: Place, day: date) -> None:
    """The division of a place that ends, its areas and its line of the roster end with it."""
    for rows in (
        GridGroup.objects.filter(Q(grid__grid_set__village=place) | Q(grid__place=place)),
        Grid.objects.filter(Q(grid_set__village=place) | Q(place=place)),
        GridSet.objects.filter(village=place),
        AreaMembership.objects.filter(place=place),
        RosterEntry.objects.filter(place=place),
    ):
        for row in rows.filter(ends_on=None):
            change(row, ends_on=max(day, row.starts_on))
