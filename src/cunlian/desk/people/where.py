"""Which villages the register is shown and kept for, and what the forms offer of one."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Missing
from cunlian.people.models import Household
from cunlian.people.querysets import READERS
from cunlian.people.rules import KEEPERS
from cunlian.places.models import Lane, Level, Place, PlaceQuerySet, VillagerGroup
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q

ALL = "all"


def villages_of(actor: Actor, roles: Any = READERS) -> PlaceQuerySet:
    """The villages of the actor's territory; of a grid, the village it lies in."""
    inside = territory_q(actor, roles, "") | Q(code__in=_villages_of_grids(actor, roles))
    return Place.objects.visible_to(actor).current().filter(inside, level=Level.VILLAGE).order_by("code")


def _villages_of_grids(actor: Actor, roles: Any) -> set[str]:
    return {grant.low[:12] for grant in actor.grants if grant.role in roles and len(grant.low) > 12}


def village_asked(actor: Actor, query: QueryDict, searched: bool = False) -> Place | None:
    """The village the address names; all of them, as None, when it says so or something is searched; else the first with
    households. A list of a whole county is nothing to read, and an empty one tells nothing."""
    code = query.get("village", "")
    if code == ALL or (searched and not code):
        return None
    villages = villages_of(actor)
    if not code:
        homes = Household.objects.visible_to(actor).filter(place=OuterRef("pk"), ends_on=None)
        return villages.filter(Exists(homes)).first() or villages.first()
    found = villages.filter(code=code).first()
    if found is None:
        raise Missing(_("There is no such village in your territory. Choose one from the list."))
    return found


def kept_village(actor: Actor, code: str) -> Place:
    """The village a form is for; Missing when the actor keeps no register there."""
    villages = villages_of(actor, KEEPERS)
    found = villages.filter(code=code).first() if code else villages.first()
    if found is None:
        raise Missing(_("There is no such village in your territory. Choose one from the list."))
    return found


def grids_of(village: Place) -> PlaceQuerySet:
    return Place.objects.current().filter(code_q(village.code), level=Level.GRID).order_by("code")


def lanes_of(village: Place) -> Any:
    return Lane.objects.filter(village__code=village.code, ends_on=None).order_by("name")


def groups_of(village: Place) -> Any:
    return VillagerGroup.objects.filter(village__code=village.code, ends_on=None).order_by("number")
