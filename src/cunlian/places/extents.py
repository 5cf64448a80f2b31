"""What a grid covers, in words: what was written about it, else the villager groups that belong to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cunlian.places.models import Grid, GridGroup, VillagerGroup, on


def with_groups(grids: QuerySet[Grid], day: date) -> QuerySet[Grid]:
    """Each with ``running_groups`` and ``running_parts`` (these with theirs) of ``day``."""
    rows = GridGroup.objects.filter(on(day)).select_related("group").order_by("group__number", "pk")
    held = Prefetch("group_rows", rows, to_attr="running_groups")
    parts = Grid.objects.filter(on(day)).select_related("place").order_by("place__code").prefetch_related(held)
    return grids.prefetch_related(held, Prefetch("parts", parts, to_attr="running_parts"))


def groups_of(grid: Grid) -> list[VillagerGroup]:
    """The villager groups of a grid fetched ``with_groups``; a village grid has those of the grids inside it too."""
    inside = [grid, *getattr(grid, "running_parts", [])]
    found = {row.group_id: row.group for one in inside for row in one.running_groups}
    return sorted(found.values(), key=lambda group: (group.number, group.pk))


def group_names(groups: Iterable[VillagerGroup]) -> str:
    return pgettext("between names", ", ").join(
        group.name or _("group %(n)s") % {"n": group.number} for group in groups
    )


def extent_of(grid: Grid) -> str:
    """What a grid fetched ``with_groups`` covers; "" when nobody has said and no group belongs to it."""
    return grid.boundary or group_names(groups_of(grid))
