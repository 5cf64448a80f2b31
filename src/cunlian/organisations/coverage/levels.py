"""The five levels of lead: county, township, area, village, grid and lane; who leads at each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import pgettext_lazy

from cunlian.kernel.access import Actor
from cunlian.organisations.coverage.objects import Scope
from cunlian.organisations.coverage.seated import answered
from cunlian.organisations.models import Capacity, Duty
from cunlian.places.models import District, Level, Place

C = Capacity


class Lead(models.TextChoices):
    """A level at which somebody leads, from the county down."""

    COUNTY = "county", pgettext_lazy("level of lead", "County")
    TOWNSHIP = "township", pgettext_lazy("level of lead", "Township")
    AREA = "area", pgettext_lazy("level of lead", "Area")
    VILLAGE = "village", pgettext_lazy("level of lead", "Village")
    GRID = "grid", pgettext_lazy("level of lead", "Grid and lane")


CAPACITIES: dict[Lead, tuple[Capacity, ...]] = {
    Lead.COUNTY: (C.COUNTY_LEADER,),
    Lead.TOWNSHIP: (C.TOWNSHIP_LEADER,),
    Lead.AREA: (C.AREA_HEAD,),
    Lead.VILLAGE: (C.VILLAGE_HEAD, C.VILLAGE_CADRE),
    Lead.GRID: (C.GRID_WORKER, C.LANE_LEADER),
}
ALL = tuple(capacity for known in CAPACITIES.values() for capacity in known)


def of_level(lead: Lead) -> Q:
    return Q(capacity__in=CAPACITIES[lead], matter="", household=None, group=None)


def leading(scope: Scope) -> QuerySet[Any]:
    """Duties by which somebody who is there leads today, with ``lead``: at which level. For one household or group nobody
    leads."""
    whens = [When(capacity__in=known, then=Value(str(lead.value))) for lead, known in CAPACITIES.items()]
    found = Duty.objects.on(scope.day).filter(
        answered(scope.day), scope.inside("place__"), capacity__in=ALL, matter="", household=None, group=None
    )
    return found.annotate(lead=Case(*whens, output_field=CharField()))


def led_on_all_levels(viewer: Actor, scope: Scope) -> QuerySet[Place]:
    """Districts (counties, where none is set up) in which somebody leads at each of the five levels."""
    served = District.objects.values("root_id")
    roots = Place.objects.current(scope.day).filter(scope.inside(""))
    found = roots.filter(pk__in=served) if scope.district else roots.filter(level=Level.COUNTY)
    here = Duty.objects.on(scope.day).filter(answered(scope.day), place__code__startswith=OuterRef("code"))
    for lead in Lead:
        found = found.filter(Exists(here.filter(of_level(lead))))
    return found
