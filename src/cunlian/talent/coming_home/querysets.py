"""Which paths home, looks in and gatherings: whose, where, how they stand. ``visible_to`` is the only door to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.querysets import of_own_county
from cunlian.places.territory import territory_q
from cunlian.talent.coming_home.states import ARRIVED, ENDED, OPEN, State

if TYPE_CHECKING:
    from datetime import datetime

    from cunlian.talent.models import AfterCare, Gathering, Homecoming  # noqa: F401

# Who works with those who come home, and audit. Leaders read the figures.
READERS = frozenset(
    {Role.VILLAGE_CADRE, Role.SOCIAL_WORKER, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF, Role.AUDITOR}
)


def _values(states: Iterable[State]) -> list[str]:
    return sorted(str(state) for state in states)


class HomecomingQuerySet(models.QuerySet["Homecoming"]):
    def visible_to(self, actor: Actor) -> HomecomingQuerySet:
        """Those of the actor's territory, those their posts hold, and one's own, by account or by receipt."""
        if actor.is_system:
            return self
        seen = territory_q(actor, READERS) | Q(holder_id__in=actor.post_ids)
        if actor.person_id:
            seen |= Q(person_id=actor.person_id)
        if actor.proofs:
            seen |= Q(pk__in=actor.proofs)
        return self.filter(seen)

    def open(self) -> HomecomingQuerySet:
        return self.filter(state__in=_values(OPEN))

    def arrived(self) -> HomecomingQuerySet:
        """Came, whatever became of it later."""
        return self.filter(state__in=_values(ARRIVED))

    def firms(self) -> HomecomingQuerySet:
        return self.arrived().filter(arrived_as="firm")

    def waiting_for(self, actor: Actor) -> HomecomingQuerySet:
        """What this actor's posts owe somebody now: a talk, or a look in."""
        return self.filter(holder_id__in=actor.post_ids, promise__isnull=False, promise__settled_at=None)

    def overdue(self, now: datetime | None = None) -> HomecomingQuerySet:
        return self.filter(promise__settled_at=None, promise__due_at__lt=now or clock.now())

    def care_due(self, day: date) -> HomecomingQuerySet:
        """Whose next look in has fallen due, and nobody was told yet."""
        return self.filter(state=str(State.HOME), next_care_on__lte=day)

    def to_forget(self, before: datetime) -> HomecomingQuerySet:
        """Ended before that moment, and still tell what was said."""
        return self.filter(state__in=_values(ENDED), ended_at__lt=before, forgotten_at=None)

    def by_due(self) -> HomecomingQuerySet:
        """What is due first stands first; what is owed by no day comes last, the newest before the older."""
        owed = models.Case(models.When(promise__settled_at=None, then=F("promise__due_at")))
        return self.annotate(due_at=owed).order_by(F("due_at").asc(nulls_last=True), "-begun_at", "-pk")

    def for_list(self) -> HomecomingQuerySet:
        return self.select_related("place", "person", "holder__organisation", "promise")

    def for_detail(self) -> HomecomingQuerySet:
        return self.select_related(
            "place__parent", "person__user", "holder__organisation", "promise", "unit", "gathering"
        ).prefetch_related("promise__pauses", "talks__post__organisation", "supports", "cares__post__organisation")


class AfterCareQuerySet(models.QuerySet["AfterCare"]):
    def visible_to(self, actor: Actor) -> AfterCareQuerySet:
        seen = apps.get_model("talent", "Homecoming").objects.visible_to(actor).values("pk")
        return self.filter(homecoming__in=seen)

    def waiting(self) -> AfterCareQuerySet:
        return self.filter(looked_on=None)

    def looked(self, months: int) -> AfterCareQuerySet:
        """Somebody looked in so many months after the arrival."""
        return self.filter(months=months, looked_on__isnull=False)

    def staying(self, months: int) -> AfterCareQuerySet:
        return self.looked(months).filter(is_here=True)


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def visible_to(self, actor: Actor) -> GatheringQuerySet:
        """No secret among the staff of one county: no name stands in it."""
        return self.filter(of_own_county(actor))

    def for_list(self) -> GatheringQuerySet:
        counted = self.annotate(begun=models.Count("homecomings"))
        return counted.select_related("place", "area", "called_by").order_by("-held_on", "-pk")
