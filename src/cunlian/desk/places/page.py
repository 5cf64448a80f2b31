"""What the page of a village shows on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cunlian.cases.matters import matter_names
from cunlian.cases.models import Case
from cunlian.cases.querysets import READERS
from cunlian.desk.places.forms import AREAL, LABELS, MODULES
from cunlian.desk.places.works import WORKS
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.organisations.chain import Seat, chain_for, seats
from cunlian.organisations.models import Capacity, Duty
from cunlian.places.hollow import hollow_index
from cunlian.places.models import (
    AreaMembership,
    District,
    Grid,
    GridGroup,
    GridTier,
    Lane,
    Place,
    PlaceVersion,
    Position,
    RosterEntry,
    Succession,
    VillageProfile,
    VillagerGroup,
    code_range,
    module_on,
    on,
)
from cunlian.places.models.position import E7
from cunlian.places.models.profile import NUMBERS
from cunlian.ui import formats
from cunlian.ui.pieces import MoveButton


@dataclass
class GridLine:
    """A grid, who works it and which groups are in it; social workers' grids stand inside a village grid."""

    grid: Grid
    workers: list[tuple[Duty, Seat | None]] = field(default_factory=list)
    groups: list[VillagerGroup] = field(default_factory=list)
    parts: list[GridLine] = field(default_factory=list)


@dataclass(frozen=True)
class Count:
    """A number of requests and the list that shows exactly them."""

    label: str
    value: int
    url: str


def grid_lines(village: Place, day: date) -> list[GridLine]:
    """Village grids in the order of their codes, each with the social workers' grids inside it."""
    grids = Grid.objects.filter(on(day), grid_set__village=village).select_related("place", "grid_class")
    lines = {grid.pk: GridLine(grid) for grid in grids.order_by("place__code")}
    by_place = {line.grid.place_id: line for line in lines.values()}
    duties = list(
        Duty.objects.on(day)
        .filter(capacity=Capacity.GRID_WORKER, place__in=list(by_place), household=None)
        .select_related("post__organisation")
        .order_by("pk")
    )
    seated = seats({duty.post_id for duty in duties}, day)
    for duty in duties:
        by_place[duty.place_id].workers.append((duty, seated.get(duty.post_id)))
    rows = GridGroup.objects.filter(on(day), grid__in=list(lines)).select_related("group").order_by("group__number")
    for row in rows:
        lines[row.grid_id].groups.append(row.group)
    for line in lines.values():
        if line.grid.inside_id in lines:
            lines[line.grid.inside_id].parts.append(line)
    return [line for line in lines.values() if line.grid.tier == GridTier.VILLAGE]


def counts(village: Place, actor: Actor) -> list[Count]:
    """Requests the viewer may see. Whoever may see none here (an administrator) gets no number, not a false 0."""
    low, high = code_range(village.code)
    here = Case.objects.visible_to(actor).filter(place__code__gte=low, place__code__lt=high)
    if not actor.holds(READERS, village.code) and not here.exists():
        return []
    base = f"{reverse('desk:cases')}?village={village.code}"
    return [
        Count(_("Open"), here.open().count(), base),
        Count(_("Overdue"), here.overdue().count(), f"{base}&due=overdue"),
        Count(_("Answered, waiting to hear"), here.awaiting_word().count(), f"{base}&state=answered"),
        Count(_("Closed after an answer"), here.closed().count(), f"{base}&state=closed"),
        Count(_("All ever received"), here.count(), f"{base}&state=all"),
    ]


def profile_lines(profile: VillageProfile) -> list[tuple[str, str, bool]]:
    """(label, value, whether it is known) of each number."""
    lines = []
    for name in NUMBERS:
        value, label = getattr(profile, name), str(LABELS[name])
        shown = formats.no_data() if value is None else AREAL.get(name, formats.number)(value)
        lines.append((label, shown, value is not None))
    return lines


def degrees(value: int) -> str:
    return f"{'-' if value < 0 else ''}{abs(value) // E7}.{abs(value) % E7:07d}"


def modules(village: Place, district: District) -> list[tuple[Any, bool]]:
    return [(MODULES.get(code, code), module_on(village, code)) for code in district.modules]


def _history(village: Place) -> dict[str, Any]:
    versions = PlaceVersion.objects.filter(place=village).select_related("parent").order_by("-ends_on", "pk")
    came = Succession.objects.filter(to_place=village).select_related("from_place").order_by("-day", "pk")
    went = Succession.objects.filter(from_place=village).exclude(to_place=village).select_related("to_place")
    return {"versions": list(versions), "came": list(came), "went": list(went.order_by("-day", "pk"))}


def _land(village: Place) -> dict[str, Any]:
    profile = VillageProfile.objects.filter(place=village).order_by("-as_of").first()
    position = Position.objects.filter(place=village).first()
    hollow = hollow_index(profile) if profile else None
    return {
        "profile": profile, "numbers": profile_lines(profile) if profile else [], "hollow": hollow,
        "position": position, "latitude": degrees(position.latitude_e7) if position else "",
        "longitude": degrees(position.longitude_e7) if position else "",
    }  # fmt: skip


def village_page(village: Place, day: date, actor: Actor) -> dict[str, Any]:
    district = District.current()
    memberships = AreaMembership.objects.filter(on(day), place=village).select_related("area").order_by("area__name")
    lanes = Lane.objects.filter(on(day), village=village).order_by("name")
    groups = VillagerGroup.objects.filter(on(day), village=village).order_by("number")
    works = [
        MoveButton(work.title, reverse("desk:place_work", args=[village.code, name]), "quiet")
        for name, work in WORKS.items()
        if may(actor, work.permission, village)
    ]
    return {
        "title": village.short_name, "village": village, "day": day, "today": clock.today(), "district": district,
        "crumbs": [(_("Villages and areas"), reverse("desk:places")), (village.short_name, "")],
        "memberships": memberships, "lanes": lanes, "villager_groups": groups, "grids": grid_lines(village, day),
        "entry": RosterEntry.objects.filter(on(day), place=village).first(), "counts": counts(village, actor),
        "chain": chain_for(village, day), "modules": modules(village, district), "works": works,
        "may_grid": may(actor, "places.draw_grid", village), "may_print_week": actor.holds(READERS, village.code),
        "matters": matter_names(), "may_print_cards": may(actor, "people.print_cards", village),
        **_land(village), **_history(village),
    }  # fmt: skip
