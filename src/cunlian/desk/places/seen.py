"""Which places the desk opens: those of the actor's own county. Names are public; who works where there is not."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Missing
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import Area, AreaMembership, Grid, Level, Place, PlaceQuerySet

NOT_HERE = _("This is not here, or not for your post. Check the number, or go back to the list.")


def own_places(actor: Actor) -> PlaceQuerySet:
    return Place.objects.visible_to(actor).filter(of_own_county(actor, ""))


def village_of(actor: Actor, code: str) -> Place:
    """The village with this code that exists today; Missing when there is none in the actor's county."""
    found = own_places(actor).current().with_path().filter(code=code, level=Level.VILLAGE).first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


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
