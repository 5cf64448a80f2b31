"""The objects a rule counts: those of today, of the district, that the viewer may know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Duty
from cunlian.organisations.querysets import of_own_county
from cunlian.organisations.responsibility.aims import AIM_OF_LEVEL, Aim
from cunlian.people.models import Circumstance, Household
from cunlian.places.models import Area, District, Lane, Level, Place, VillagerGroup, code_range, on, roster


@dataclass(frozen=True)
class Shape:
    """How an object reads in a list of any kind: paths to the code of its place and to the name of what it lies in, its own
    name, and its first day."""

    code: str
    inside: str
    name: Any
    starts_on: str = "starts_on"


SHAPES: dict[Aim, Shape] = {
    Aim.AREA: Shape("root__code", "root__short_name", F("name")),
    Aim.VILLAGE: Shape("code", "parent__short_name", F("short_name")),
    Aim.GRID: Shape("code", "parent__short_name", F("short_name")),
    Aim.LANE: Shape("village__code", "village__short_name", F("name")),
    Aim.GROUP: Shape(
        "village__code", "village__short_name",
        Coalesce(NullIf(F("name"), Value("")), Cast("number", CharField()), output_field=CharField()),
    ),
    Aim.HOUSEHOLD: Shape("place__code", "place__short_name", F("number")),
}  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """Who asks, about which day, and where: the district served here, cut to the actor's own county and to ``ranges`` of codes
    when some are chosen. ``roster``: the county has said which villages it counts."""

    actor: Actor
    day: date
    district: tuple[str, str] | None = None
    roster: bool = False
    ranges: tuple[tuple[str, str], ...] | None = None

    def inside(self, path: str) -> Q:
        """``path`` leads to the place of a row."""
        return of_own_county(self.actor, path) & self.chosen(f"{path}code")

    def chosen(self, code: str) -> Q:
        """``code``: the path to the code of a row's place."""
        found = _range(code, *self.district) if self.district else Q()
        if self.ranges is None:
            return found
        some = Q(pk__in=())
        for low, high in self.ranges:
            some |= _range(code, low, high)
        return found & some


def _range(code: str, low: str, high: str) -> Q:
    return Q(**{f"{code}__gte": low, f"{code}__lt": high})


def scope_of(actor: Actor, day: date | None = None, ranges: tuple[tuple[str, str], ...] | None = None) -> Scope:
    """Two queries."""
    day = day or clock.today()
    served = District.objects.select_related("root").first()
    return Scope(actor, day, code_range(served.root.code) if served else None, roster(day).exists(), ranges)


def _places(scope: Scope, level: Level) -> QuerySet[Any]:
    """Villages the county counts, and what lies in them."""
    found = Place.objects.current(scope.day).filter(scope.inside(""), level=level)
    if not scope.roster:
        return found
    key = "pk" if level == Level.VILLAGE else "parent"
    return found.filter(**{f"{key}__in": roster(scope.day).values("pk")})


def _households(scope: Scope) -> QuerySet[Any]:
    """Those somebody was named for, which is known to all staff; and those with a need the viewer's posts are named for: of
    others not even the number is told."""
    actor, circumstances = scope.actor, Circumstance.objects
    needs = circumstances.in_force(scope.day) if actor.is_system else circumstances.named_for(actor)
    named = Duty.objects.on(scope.day).filter(household=OuterRef("pk"))
    known = Q(Exists(named)) | Q(Exists(needs.filter(person__household=OuterRef("pk"))))
    return Household.objects.current().filter(scope.inside("place__"), known)


def objects_of(kind: Aim, scope: Scope) -> QuerySet[Any]:
    """The objects of a kind that exist on the day. An ended household, lane, group or area is none any more."""
    if kind == Aim.HOUSEHOLD:
        return _households(scope)
    if kind in (Aim.LANE, Aim.GROUP):
        model: Any = Lane if kind == Aim.LANE else VillagerGroup
        return model.objects.filter(on(scope.day), scope.inside("village__"))  # type: ignore[no-any-return]
    if kind == Aim.AREA:
        return Area.objects.filter(on(scope.day), scope.inside("root__"), area_kind=Area.AreaKind.MANAGEMENT)
    level = next(level for level, aim in AIM_OF_LEVEL.items() if aim == kind)
    return _places(scope, level)
