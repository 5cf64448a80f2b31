"""Places that end take their offices with them, in one transaction: places keep the past, organisations and accounts end
what worked there. Otherwise a role over the place that ended would cover the one that took it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from cunlian.accounts.actions import end_grant, revoke_service_key
from cunlian.accounts.models import RoleGrant, ServiceKey
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.organisations.actions import wind_up
from cunlian.places.actions.reorganising import Part, merge_places, split_place
from cunlian.places.models import Place
from cunlian.places.querysets import code_q


@transaction.atomic
def merge_villages(places: Sequence[Place], *, into: Place, by: Actor, day: date, paper: str) -> Place:
    """As ``places.actions.reorganising.merge_places``; the offices of ``places`` end on ``day``."""
    for place in places:
        _end_offices(place, by, day)
    return merge_places(places, into=into, by=by, day=day, paper=paper)


@transaction.atomic
def split_village(place: Place, *, by: Actor, parts: Sequence[Part], day: date, paper: str) -> list[Place]:
    """As ``places.actions.reorganising.split_place``; where the village does not go on, its offices end on ``day``."""
    if place.code not in {part.code for part in parts}:
        _end_offices(place, by, day)
    return split_place(place, by=by, parts=parts, day=day, paper=paper)


def _end_offices(place: Place, by: Actor, day: date) -> None:
    """Also roles given by hand and keys of programs over the place or what lies in it."""
    wind_up(place, by=by, ends_on=day)
    here = code_q(place.code, "place__")
    running = Q(ends_on=None) | Q(ends_on__gt=day)
    for grant in RoleGrant.objects.filter(running, here, source_kind=""):
        end_grant(grant, by=SYSTEM, ends_on=day)
    for key in ServiceKey.objects.filter(here, revoked_at=None):
        revoke_service_key(key, by=SYSTEM)
