"""Dividing a village: one set of grids at a time, villager groups that belong to one grid each, lanes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import count

from django.db import transaction
from django.utils.translation import gettext as _

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import (
    Area,
    Grid,
    GridClass,
    GridGroup,
    GridSet,
    GridTier,
    Lane,
    Level,
    Place,
    VillagerGroup,
)
from cunlian.places.names import initials_of
from cunlian.places.querysets import code_q

PERMISSION = "places.draw_grid"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
MOST_GRIDS = 999


@transaction.atomic
def set_grid_class(
    root: Place, *, by: Actor, label_zh: str, label_en: str, colour: str, meaning: str, code: str = ""
) -> GridClass:
    """Define a class of grids, or change the one with this code. Codes are for imports; without one it is a new class and
    gets the next number."""
    root = lock(root)
    require(by, "places.set_grid_class", root)
    taken = dict(GridClass.objects.filter(root=root).values_list("code", "label_zh"))
    code = code.strip() or next(str(number) for number in count(1) if str(number) not in taken)
    label_zh = label_zh.strip()
    if not label_zh:
        raise Invalid(_("A class needs a label."), field="label_zh")
    if label_zh in (label for other, label in taken.items() if other != code):
        raise Invalid(_("Another class has this label. Choose another, or change that class."), field="label_zh")
    if not COLOUR.fullmatch(colour):
        raise Invalid(_("Write the colour as # and six digits, such as #d94f3d."), field="colour")
    row, _made = GridClass.objects.get_or_create(root=root, code=code)
    changed = change(row, label_zh=label_zh, label_en=label_en, colour=colour, meaning=meaning)
    log.record(by, "places.grid_class_set", row, changed=changed, place_id=root.pk)
    return row


@transaction.atomic
def open_grid_set(
    village: Place, *, by: Actor, starts_on: date, paper: str = "", area: Area | None = None, invented: bool = False
) -> GridSet:
    """A new division of the village; the one before and all its grids end on that day."""
    village = lock(village)
    require(by, PERMISSION, village)
    if village.level != Level.VILLAGE or village.ends_on is not None:
        raise Invalid(_("Grids divide a village that exists today."), field="village")
    before = GridSet.objects.filter(village=village, ends_on=None).first()
    if before is not None:
        if starts_on < before.starts_on or before.grids.filter(starts_on__gt=starts_on).exists():
            raise Invalid(_("The present grids began after that day. Choose a later one."), field="starts_on")
        for grid in before.grids.filter(ends_on=None).select_related("place"):
            _end_grid(grid, starts_on)
        change(before, ends_on=starts_on)
    row = GridSet.objects.create(village=village, starts_on=starts_on, paper=paper, area=area, invented=invented)
    log.record(by, "places.grid_set_opened", row, changed={"starts_on": (None, starts_on)}, place_id=village.pk)
    return row


@transaction.atomic
def create_grid(
    village: Place,
    *,
    by: Actor,
    name: str,
    starts_on: date,
    groups: Sequence[VillagerGroup] = (),
    tier: str = GridTier.VILLAGE,
    inside: Grid | None = None,
    grid_class: GridClass | None = None,
    boundary: str = "",
    invented: bool = False,
) -> Grid:
    """A grid of the village's present set (opened when there is none), with a code of its own and its villager groups.

    Its groups must be in no grid yet, or, for a social worker's grid, in the village grid it lies ``inside``."""
    village = lock(village)
    require(by, PERMISSION, village)
    _check_grid(village, name, tier, inside)
    _check_class(grid_class, village)
    grid_set = GridSet.objects.filter(village=village, ends_on=None).first()
    if grid_set is None:
        grid_set = open_grid_set(village, by=by, starts_on=starts_on, invented=invented)
    if starts_on < grid_set.starts_on:
        raise Invalid(_("The village's present grids began after that day. Choose a later one."), field="starts_on")
    place = _grid_place(village, name.strip(), starts_on)
    grid = Grid.objects.create(
        place=place, grid_set=grid_set, tier=tier, inside=inside, grid_class=grid_class, boundary=boundary,
        starts_on=starts_on,
    )  # fmt: skip
    for group in groups:
        _put_in_grid(grid, group, starts_on)
    log.record(
        by, "places.grid_created", grid, changed={"code": (None, place.code), "groups": (None, [g.pk for g in groups])}
    )
    return grid


@transaction.atomic
def end_grid(grid: Grid, *, by: Actor, ends_on: date) -> Grid:
    """The grid and the grids inside it end; their villager groups are in no grid until they are put into another."""
    grid = lock(grid)
    require(by, PERMISSION, grid)
    if grid.ends_on is not None or ends_on < grid.starts_on:
        raise Invalid(_("Choose a day after the grid began."), field="ends_on")
    for part in grid.parts.filter(ends_on=None).select_related("place"):
        _end_grid(part, max(ends_on, part.starts_on))
    _end_grid(grid, ends_on)
    log.record(by, "places.grid_ended", grid, changed={"ends_on": (None, ends_on)})
    return grid


@transaction.atomic
def class_grid(grid: Grid, *, by: Actor, grid_class: GridClass | None) -> Grid:
    """Give the grid another class of its county, or none. As it is already: nothing happens."""
    grid = lock(grid)
    require(by, PERMISSION, grid)
    if grid.ends_on is not None:
        raise Invalid(_("This grid has ended. Choose one that exists today."), field="grid_class")
    _check_class(grid_class, grid.place)
    changed = change(grid, grid_class=grid_class)
    if changed:
        log.record(by, "places.grid_classed", grid, changed=changed)
    return grid


@transaction.atomic
def create_villager_group(
    village: Place, *, by: Actor, number: int, starts_on: date, name: str = "", invented: bool = False
) -> VillagerGroup:
    """Enter a villager group under a number that is free in the village."""
    require(by, PERMISSION, village)
    if number < 1 or VillagerGroup.objects.filter(village=village, number=number, ends_on=None).exists():
        raise Invalid(_("Choose a number from 1 that no other group of the village has."), field="number")
    group = VillagerGroup.objects.create(
        village=village, number=number, name=name, starts_on=starts_on, invented=invented
    )
    log.record(by, "places.group_created", group, changed={"number": (None, number)}, place_id=village.pk)
    return group


@transaction.atomic
def put_group_in_grid(grid: Grid, *, by: Actor, group: VillagerGroup, starts_on: date) -> GridGroup:
    """The group belongs to ``grid`` from that day, and no longer to the one before. There already: nothing happens."""
    grid = lock(grid)
    require(by, PERMISSION, grid)
    if grid.ends_on is not None or starts_on < grid.starts_on:
        raise Invalid(_("The grid does not exist on that day. Choose another grid or a later day."), field="starts_on")
    before = GridGroup.objects.filter(group=group, ends_on=None).first()
    if before is not None and before.grid_id == grid.pk:
        return before
    if before is not None:
        if starts_on < before.starts_on:
            raise Invalid(_("The group joined its present grid after that day."), field="starts_on")
        change(before, ends_on=starts_on)
    row = _put_in_grid(grid, group, starts_on)
    log.record(by, "places.group_gridded", grid, changed={"group": (None, group)})
    return row


@transaction.atomic
def create_lane(village: Place, *, by: Actor, name: str, starts_on: date, invented: bool = False) -> Lane:
    """Enter a lane under a name that is free in the village."""
    require(by, PERMISSION, village)
    name = name.strip()
    if not name or Lane.objects.filter(village=village, name=name, ends_on=None).exists():
        raise Invalid(_("Choose a name that no other lane of the village has."), field="name")
    lane = Lane.objects.create(village=village, name=name, starts_on=starts_on, invented=invented)
    log.record(by, "places.lane_created", lane, changed={"name": (None, name)}, place_id=village.pk)
    return lane


def _check_grid(village: Place, name: str, tier: str, inside: Grid | None) -> None:
    if village.level != Level.VILLAGE or village.ends_on is not None:
        raise Invalid(_("Grids divide a village that exists today."), field="village")
    if not name.strip():
        raise Invalid(_("Please give the grid a name."), field="name")
    if tier not in (GridTier.VILLAGE, GridTier.SOCIAL_WORKER):
        raise Invalid(_("A grid over several villages is an area: draw it there."), field="tier")
    if (tier == GridTier.SOCIAL_WORKER) != (inside is not None):
        raise Invalid(
            _("A social worker's grid lies inside a village grid; a village grid inside none."), field="inside"
        )
    if inside is not None:
        ours = inside.ends_on is None and inside.tier == GridTier.VILLAGE and inside.grid_set.village_id == village.pk
        if not ours:
            raise Invalid(_("Choose a village grid of this village that exists today."), field="inside")


def _check_class(grid_class: GridClass | None, place: Place) -> None:
    if grid_class is not None and not place.code.startswith(grid_class.root.code):
        raise Invalid(_("Choose one of the classes of this county."), field="grid_class")


def _grid_place(village: Place, name: str, starts_on: date) -> Place:
    """The next code below the village. Codes of grids that have ended are not given again."""
    used = Place.objects.filter(parent=village, level=Level.GRID).count()
    taken = set(Place.objects.filter(code_q(village.code), level=Level.GRID).values_list("code", flat=True))
    number = used + 1
    while f"{village.code}{number:03d}" in taken:
        number += 1
    if number > MOST_GRIDS:
        raise Invalid(_("A village can have %(count)s grids at most.") % {"count": MOST_GRIDS}, field="village")
    return Place.objects.create(
        code=f"{village.code}{number:03d}", level=Level.GRID, name=name, short_name=name, initials=initials_of(name),
        parent=village, starts_on=starts_on, since=starts_on,
    )  # fmt: skip


def _put_in_grid(grid: Grid, group: VillagerGroup, starts_on: date) -> GridGroup:
    """Put the group there, moving it down from the village grid that ``grid`` lies in."""
    if group.village_id != grid.grid_set.village_id or group.ends_on is not None:
        raise Invalid(_("Choose a villager group of this village that exists today."), field="groups")
    before = GridGroup.objects.filter(group=group, ends_on=None).first()
    if before is not None and before.grid_id != grid.inside_id:
        raise Invalid(
            _("%(group)s is in another grid already. Grids must not overlap.") % {"group": group}, field="groups"
        )
    if before is not None:
        change(before, ends_on=max(starts_on, before.starts_on))
    return GridGroup.objects.create(grid=grid, group=group, starts_on=starts_on)


def _end_grid(grid: Grid, day: date) -> None:
    GridGroup.objects.filter(grid=grid, ends_on=None).update(ends_on=day)
    change(grid, ends_on=day)
    change(grid.place, ends_on=day)
