"""From grants to SQL: the one condition by which every list is cut to what a role covers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from cunlian.kernel.access import Actor
from cunlian.places.codes import LENGTHS
from cunlian.places.models.place import Place  # not of the package: its own models come through here

NOTHING = Q(pk__in=())
VILLAGE_DIGITS = LENGTHS[4]


def territory_q(actor: Actor, roles: Iterable[str], path: str = "place__") -> Q:
    """Records whose place, reached by ``path``, lies in a territory where ``actor`` holds one of ``roles``.

    Nothing when there is no such grant. Ranges inside another are dropped, so a role over the root is one range."""
    condition = NOTHING
    for low, high in _ranges(actor, roles):
        condition |= Q(**{f"{path}code__gte": low, f"{path}code__lt": high})
    return condition


def lying_in(actor: Actor, roles: Iterable[str], path: str = "place") -> Q:
    """As ``territory_q``, for tables of a million rows. Who works in one village is asked by the keys of its places, read
    with one query: PostgreSQL serves an OR by the index of the place only for keys it is given. Who works in more finds so
    much that walking the rows in their order is quicker."""
    roles = tuple(roles)
    match _ranges(actor, roles):
        case [(low, _high)] if len(low) >= VILLAGE_DIGITS:
            inside = Place.objects.filter(territory_q(actor, roles, path="")).order_by()
            return Q(**{f"{path}__in": list(inside.values_list("pk", flat=True))})
    return territory_q(actor, roles, f"{path}__")


def _ranges(actor: Actor, roles: Iterable[str]) -> list[tuple[str, str]]:
    """Of codes, in order, none inside another."""
    wanted = frozenset(roles)
    found: list[tuple[str, str]] = []
    for low, high in sorted({(grant.low, grant.high) for grant in actor.grants if grant.role in wanted}):
        if not found or high > found[-1][1]:
            found.append((low, high))
    return found
