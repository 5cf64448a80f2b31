"""What the forms offer as receivers: villages and areas of the actor's territory, and posts of offices in it."""

from __future__ import annotations

from collections.abc import Iterable

from cunlian.desk.cases import choices
from cunlian.desk.places.seen import AREA_ORDER
from cunlian.instructions.querysets import GIVERS
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Post
from cunlian.places.models import Area, AreaMembership, Level, Place, on
from cunlian.places.territory import territory_q


def villages_for(actor: Actor) -> list[Place]:
    """Villages and grids are addressed as places: who answers there is found by the chain."""
    return [place for place in choices.villages_of(actor, GIVERS) if place.level == Level.VILLAGE]


def areas_for(actor: Actor) -> list[Area]:
    """Areas the actor's territory holds whole."""
    return list(Area.objects.filter(on(clock.today()), territory_q(actor, GIVERS, "root__")).order_by(*AREA_ORDER))


def villages_in(areas: list[Area], places: Iterable[Place]) -> list[Place]:
    """Those of ``places`` that are in one of ``areas`` today."""
    members = (
        AreaMembership.objects.filter(on(clock.today()), area__in=areas) if areas else AreaMembership.objects.none()
    )
    keys = set(members.values_list("place_id", flat=True))
    return [place for place in places if place.pk in keys]


def offices_for(actor: Actor) -> list[Post]:
    """Posts above the villages inside the actor's territory, their own left out; heads of units first."""
    above = Post.objects.visible_to(actor).current().filter(territory_q(actor, GIVERS), place__level__lt=Level.VILLAGE)
    return list(above.exclude(pk__in=actor.post_ids).for_list().with_holders())
