"""What stands in a place, and what becomes of it when the place changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.models import Dispute
from cunlian.cases.models import Case
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Post
from cunlian.people.models import Household
from cunlian.places.models import AreaMembership, Grid, Level, Place, RosterEntry, VillagerGroup, on
from cunlian.places.querysets import code_q


class Fate(Enum):
    """``STAYS``: where it is, under the same code. ``MOVES``: along, under another code. ``ENDS``: the place ends, split
    up. ``MERGED``: it ends in another. ``REDRAWN``: only its grids end."""

    STAYS = "stays"
    MOVES = "moves"
    ENDS = "ends"
    MERGED = "merged"
    REDRAWN = "redrawn"


USUAL: dict[Fate, Text] = {
    Fate.STAYS: _("stays as it is"),
    Fate.MOVES: _("goes along"),
    Fate.ENDS: _("ends on that day"),
    Fate.MERGED: _("ends on that day"),
    Fate.REDRAWN: _("stays as it is"),
}
SPECIAL: dict[tuple[str, Fate], Text] = {
    ("grids", Fate.MOVES): _("go along, each with a new code"),
    ("grids", Fate.ENDS): _("end on that day"),
    ("grids", Fate.REDRAWN): _("end on that day; draw the new ones next"),
    ("groups", Fate.ENDS): _("stay on record; enter those that go on where they belong now"),
    ("groups", Fate.MERGED): _("go on in %(heir)s, numbered after its own, in no grid yet"),
    ("groups", Fate.REDRAWN): _("are in no grid until you put them into a new one"),
    ("households", Fate.ENDS): _("stay on record and are found under %(heir)s"),
    ("households", Fate.REDRAWN): _("keep the old grid on record until they are put into a new one"),
    ("cases", Fate.ENDS): _("are found under %(heir)s; their posts end, so pass them on first"),
    ("disputes", Fate.ENDS): _("are found under %(heir)s; their mediators' posts end, so settle or pass them on first"),
    ("posts", Fate.ENDS): _("end on that day, with their holders' roles"),
    ("posts", Fate.REDRAWN): _("stay; those of the old grids need a duty for a new one"),
    ("areas", Fate.ENDS): _("are left on that day"),
    ("roster", Fate.ENDS): _("counts no longer from that day"),
}


@dataclass(frozen=True)
class Line:
    """``value`` with its list, or ``links`` (name and page) where there are few. ``then``: what becomes of it."""

    label: Text
    then: str
    value: int | None = None
    url: str = ""
    links: tuple[tuple[str, str], ...] = ()


def standing(place: Place, fate: Fate, heir: Place | None, actor: Actor) -> list[Line]:
    """One line for each sort of thing that is there. ``heir``: under which place what ended is found."""
    here, day = code_q(place.code, "place__"), clock.today()
    village = place.level == Level.VILLAGE

    def then(kind: str) -> str:
        ends = Fate.ENDS if fate == Fate.MERGED else fate
        return str(SPECIAL.get((kind, fate)) or SPECIAL.get((kind, ends), USUAL[fate])) % {"heir": heir or ""}

    lines = [
        Line(_("Grids"), then("grids"), Grid.objects.filter(on(day), here).count(), _of(place, "desk:grids", "village")),
        Line(_("Open requests"), then("cases"), Case.objects.visible_to(actor).open().filter(here).count(),
             _of(place, "desk:cases", "village")),
        Line(_("Open disputes"), then("disputes"), Dispute.objects.visible_to(actor).open().filter(here).count(),
             _of(place, "desk:disputes", "village")),
    ]  # fmt: skip
    if village:
        groups = VillagerGroup.objects.filter(on(day), village=place).count()
        posts = Post.objects.visible_to(actor).current().filter(here, area=None).count()
        page = reverse("desk:place", args=[place.code])
        lines.append(Line(_("Villager groups"), then("groups"), groups, f"{page}#groups"))
        lines.append(Line(_("Posts"), then("posts"), posts, _of(place, "desk:responsibility", "place")))
        homes = Household.objects.visible_to(actor).current().filter(here).count()
        lines.append(Line(_("Households there"), then("households"), homes, _of(place, "desk:households", "village")))
    found = [line for line in lines if line.value]
    return [*found, *_memberships(here, day, then), *_roster(place, day, then)]


def _of(place: Place, name: str, field: str) -> str:
    return f"{reverse(name)}?{field}={place.code}"


def _memberships(here: Q, day: date, then: Callable[[str], str]) -> list[Line]:
    rows = AreaMembership.objects.filter(here, on(day)).select_related("area").order_by("area__name", "area_id")
    areas = {row.area_id: str(row.area) for row in rows}
    links = tuple((name, reverse("desk:area", args=[key])) for key, name in areas.items())
    return [Line(_("Areas"), then("areas"), links=links)] if links else []


def _roster(place: Place, day: date, then: Callable[[str], str]) -> list[Line]:
    counted = RosterEntry.objects.filter(on(day), place=place, counted=True).exists()
    return [Line(_("Counted by the district"), then("roster"))] if counted else []
