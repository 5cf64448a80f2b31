"""From grants to SQL: the one condition by which every list is cut to what a role covers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from cunlian.kernel.access import Actor

NOTHING = Q(pk__in=())


def territory_q(actor: Actor, roles: Iterable[str], path: str = "place__") -> Q:
    """Records whose place, reached by ``path``, lies in a territory where ``actor`` holds one of ``roles``.

    Nothing when there is no such grant. Ranges inside another are dropped, so a role over the root is one range."""
    wanted = frozenset(roles)
    ranges = sorted({(grant.low, grant.high) for grant in actor.grants if grant.role in wanted})
    condition, covered = NOTHING, ""
    for low, high in ranges:
        if high <= covered:
            continue
        covered = high
        condition |= Q(**{f"{path}code__gte": low, f"{path}code__lt": high})
    return condition
