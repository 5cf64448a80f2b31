"""Which places the desk opens: those of the actor's own county. Names are public; who works where there is not."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Missing
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import (
    Area,
    AreaMembership,
    Grid,
    Level,
    Place,
    PlaceQuerySet,
    RoadMinutes,
    VillagerGroup,
)

# Of one kind as they were set up: by name “第七” stands before “第三”.
AREA_ORDER = ("area_kind", "starts_on", "pk")
NOT_HERE = _("This is not here, or not for your post. Check the number, or go back to the list.")


def own_places(actor: Actor) -> PlaceQuerySet:
    return Place.objects.visible_to(actor).filter(of_own_county(actor, ""))


def village_of(actor: Actor, code: str) -> Place:
    """The village with this code that exists today; Missing when there is none in the actor's county."""
    found = own_places(actor).current().with_path().filter(code=code, level=Level.VILLAGE).first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


def place_of(actor: Actor, code: str) -> Place:
    """The town, village or grid with this code that exists today; Missing when there is none in the actor's county."""
    ranks = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)
    found = own_places(actor).current().with_path().filter(code=code, level__in=ranks).first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


def page_of_place(place: Place | None) -> str:
    """Where a place is read about: a grid on the page of its village, one that has ended in the list."""
    shown = place.parent if place and place.level == Level.GRID else place
    if shown is None or shown.ends_on is not None:
        return reverse("desk:places")
    return reverse("desk:place", args=[shown.code])


def area_of(actor: Actor, pk: UUID) -> Area:
    found = Area.objects.filter(of_own_county(actor, "root__"), pk=pk).select_related("root").first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


def membership_of(actor: Actor, pk: UUID) -> AreaMembership:
    rows = AreaMembership.objects.filter(of_own_county(actor), pk=pk).select_related("area__root", "place")
    found = rows.first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


def grid_of(actor: Actor, pk: UUID) -> Grid:
    rows = Grid.objects.filter(of_own_county(actor), pk=pk).select_related("place", "grid_set__village")
    found = rows.first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


def group_of(actor: Actor, pk: UUID) -> VillagerGroup:
    """A villager group that exists today."""
    rows = VillagerGroup.objects.filter(of_own_county(actor, "village__"), pk=pk, ends_on=None)
    found = rows.select_related("village").first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


def road_of(actor: Actor, pk: UUID) -> RoadMinutes:
    rows = RoadMinutes.objects.filter(of_own_county(actor, "from_place__"), pk=pk)
    found = rows.select_related("from_place", "to_place").first()
    if found is None:
        raise Missing(NOT_HERE)
    return found
