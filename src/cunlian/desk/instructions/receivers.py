"""What the forms offer as receivers: villages and grids of the actor's territory, and posts of offices in it."""

from __future__ import annotations

from cunlian.desk.cases import choices
from cunlian.instructions.querysets import GIVERS
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Post
from cunlian.places.models import Level, Place
from cunlian.places.territory import territory_q


def villages_for(actor: Actor) -> list[Place]:
    """Villages and grids are addressed as places: who answers there is found by the chain."""
    return [place for place in choices.villages_of(actor, GIVERS) if place.level == Level.VILLAGE]


def offices_for(actor: Actor) -> list[Post]:
    """Posts above the villages inside the actor's territory, their own left out; heads of units first."""
    above = Post.objects.visible_to(actor).current().filter(territory_q(actor, GIVERS), place__level__lt=Level.VILLAGE)
    return list(above.exclude(pk__in=actor.post_ids).for_list().with_holders())
