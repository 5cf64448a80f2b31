"""Which part of the district a page is about: the whole, an area, a township or a village, kept in the
address. What a viewer works for is what they see first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.cases.querysets import READERS
from cunlian.desk.places.seen import AREA_ORDER
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.coverage.objects import Scope, scope_of
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import Area, AreaMembership, Level, Place, code_range, on

MINE = _("where I work")
ALL, WHOLE = "all", _("the whole district")
Ranges = tuple[tuple[str, str], ...]


def choices(actor: Actor) -> list[tuple[str, Any]]:
    """For a select: the whole, areas, townships, villages. Three queries."""
    scope = scope_of(actor)
    areas = Area.objects.filter(on(scope.day), scope.inside("root__")).order_by(*AREA_ORDER)
    places = (
        Place.objects.current().filter(scope.inside(""), level__in=(Level.TOWNSHIP, Level.VILLAGE)).order_by("code")
    )
    by_level: dict[int, list[tuple[str, str]]] = {Level.TOWNSHIP: [], Level.VILLAGE: []}
    for place in places:
        by_level[place.level].append((place.code, str(place)))
    groups: list[tuple[str, Any]] = [(ALL, WHOLE)]
    for label, rows in (
        (_now("Areas"), [(str(area.pk), str(area)) for area in areas]),
        (_now("Townships"), by_level[Level.TOWNSHIP] if len(by_level[Level.TOWNSHIP]) > 1 else []),
        (_now("Villages"), by_level[Level.VILLAGE]),
    ):
        groups += [(label, rows)] if rows else []
    return groups


def ranges_of(actor: Actor, where: str) -> Ranges | None:
    """The codes chosen; None: the whole district. Nothing chosen: what the actor works for, the whole for who works for
    no place."""
    if where == ALL:
        return None
    if not where:
        return tuple(sorted({(grant.low, grant.high) for grant in actor.grants if grant.role in READERS})) or None
    if where.isdigit():
        return (code_range(where),)
    villages = AreaMembership.objects.filter(of_own_county(actor), on(clock.today()), area=UUID(where))
    return tuple(code_range(code) for code in villages.values_list("place__code", flat=True))


def is_narrow(scope: Scope) -> bool:
    """Whether there is more of the district to be seen."""
    if scope.ranges is None or scope.district is None:
        return False
    low, high = scope.district
    return not any(first <= low and last >= high for first, last in scope.ranges)


def scope_in(actor: Actor, where: str) -> Scope:
    return scope_of(actor, ranges=ranges_of(actor, where))
