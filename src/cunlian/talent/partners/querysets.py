"""Which calls, applications, agreements, results and bases: whose, where, how they stand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import on
from cunlian.places.territory import territory_q
from cunlian.talent.partners.states import NOT_COME, CallState, PartnershipState

if TYPE_CHECKING:
    from datetime import datetime

    from cunlian.talent.models import Application, PartnerCall, Partnership, ResearchResult, TeachingBase  # noqa: F401

# Who keeps agreements, who watches over village assets, audit.
READERS = frozenset(
    {
        Role.VILLAGE_CADRE, Role.VILLAGE_SUPERVISOR, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF,
        Role.COUNTY_LEADER, Role.AUDITOR,
    }
)  # fmt: skip


class PartnerCallQuerySet(models.QuerySet["PartnerCall"]):
    def visible_to(self, actor: Actor) -> PartnerCallQuerySet:
        """No secret among the staff of one county."""
        return self.filter(of_own_county(actor))

    def taking(self, day: date | None = None) -> PartnerCallQuerySet:
        """Published, and its last day has not passed: anybody may read and answer it."""
        return self.filter(state=CallState.OPEN, open_until__gte=day or clock.today())

    def for_list(self) -> PartnerCallQuerySet:
        return self.select_related("place", "area").order_by("-open_until", "-pk")


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """Those their posts review and have declared no conflict about, and one's own. Nobody else's: no office above, no
        auditor, no export."""
        if actor.is_system:
            return self
        review = self.model._meta.get_field("reviews").related_model
        conflicts = review._default_manager.filter(post__in=actor.post_ids, in_favour=None).values("application")
        seen = Q(call__reviewers__post__in=actor.post_ids) & ~Q(pk__in=conflicts)
        if actor.person_id:
            seen &= Q(person=None) | ~Q(person_id=actor.person_id)
            seen |= Q(person_id=actor.person_id)
        if actor.proofs:
            seen |= Q(pk__in=actor.proofs)
        return self.filter(seen).distinct()

    def to_forget(self, before: datetime) -> ApplicationQuerySet:
        """Came to nothing before that moment, and still tell who it was."""
        return self.filter(state__in=sorted(map(str, NOT_COME)), decided_at__lt=before, forgotten_at=None)

    def for_list(self) -> ApplicationQuerySet:
        return self.select_related("call__place", "person", "institute", "promise").order_by("sent_at", "pk")

    def for_detail(self) -> ApplicationQuerySet:
        return self.select_related("call__place", "person__user", "institute", "promise").prefetch_related(
            "reviews__post__organisation", "call__reviewers__post__organisation", "promise__pauses"
        )


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, actor: Actor) -> PartnershipQuerySet:
        """Agreements of the actor's territory, or about assets of a village there, and one's own."""
        if actor.is_system:
            return self
        seen = territory_q(actor, READERS) | territory_q(actor, READERS, "asset_village__")
        if actor.person_id:
            seen |= Q(person_id=actor.person_id)
        return self.filter(seen)

    def in_force(self, day: date | None = None) -> PartnershipQuerySet:
        return self.filter(on(day or clock.today()), state=PartnershipState.RUNNING)

    def run_out(self, day: date | None = None) -> PartnershipQuerySet:
        """Past their last day, and neither renewed nor ended: somebody must say what became of them."""
        return self.filter(state=PartnershipState.RUNNING, ends_on__lte=day or clock.today())

    def from_institutes(self) -> PartnershipQuerySet:
        return self.filter(comes_from="institute")

    def for_list(self) -> PartnershipQuerySet:
        return self.select_related(
            "call", "person", "place", "institute", "asset_village", "renews", "renewed_by"
        ).order_by("-starts_on", "-pk")


class ResearchResultQuerySet(models.QuerySet["ResearchResult"]):
    def visible_to(self, actor: Actor) -> ResearchResultQuerySet:
        return self.filter(of_own_county(actor))

    def for_list(self) -> ResearchResultQuerySet:
        return self.select_related("institute", "place").order_by("-taken_up_on", "-pk")


class TeachingBaseQuerySet(models.QuerySet["TeachingBase"]):
    def visible_to(self, actor: Actor) -> TeachingBaseQuerySet:
        return self.filter(of_own_county(actor))

    def current(self, day: date | None = None) -> TeachingBaseQuerySet:
        return self.filter(on(day or clock.today()))

    def for_list(self) -> TeachingBaseQuerySet:
        return self.select_related("institute", "place").order_by("-starts_on", "-pk")
