"""Which disputes. Two doors: ``visible_to`` gives the fact (number, kind, state, days, body); ``inside_of`` gives the few
who may know what it is about and what was said. A party is never inside, whatever post they hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from cunlian.accounts.roles import Role
from cunlian.cases.disputes.states import BOUND, OPEN, SETTLED, State
from cunlian.cases.querysets import OFFICES
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import on
from cunlian.places.territory import territory_q

if TYPE_CHECKING:
    from cunlian.cases.disputes.models import (  # noqa: F401
        BodyMember,
        Dispute,
        MediationBody,
        MediationDeadline,
        MediationNote,
    )

# Who may sit in a mediation body and so look inside; offices, auditors and administrators never do.
MEMBERS = frozenset({Role.MEDIATOR, Role.VILLAGE_CADRE, Role.SOCIAL_WORKER, Role.LANE_LEADER, Role.GRID_WORKER})
# Who knows that there is a dispute in their territory, and how it stands.
KNOWERS = frozenset({*OFFICES, Role.VILLAGE_CADRE, Role.MEDIATOR, Role.AUDITOR})


def _values(states: frozenset[State]) -> list[str]:
    return sorted(str(state) for state in states)


def _running(**due: datetime) -> Q:
    """One of its two promises runs and is due then."""
    found = Q()
    for name in ("promise", "check_promise"):
        found |= Q(**{f"{name}__state": "open"}, **{f"{name}__{field}": value for field, value in due.items()})
    return found


class MediationBodyQuerySet(models.QuerySet["MediationBody"]):
    def visible_to(self, actor: Actor) -> MediationBodyQuerySet:
        """Who mediates is no secret among the staff of one county."""
        return self.filter(of_own_county(actor, "organisation__place__"))

    def current(self, day: date | None = None) -> MediationBodyQuerySet:
        return self.filter(on(day or clock.today()))

    def with_brand(self) -> MediationBodyQuerySet:
        return self.exclude(brand="")

    def working_at(self, codes: Iterable[str]) -> MediationBodyQuerySet:
        """Bodies of the places with these codes."""
        return self.filter(organisation__place__code__in=sorted(set(codes)))

    def for_list(self) -> MediationBodyQuerySet:
        return self.select_related("organisation__place").order_by("organisation__place__code", "pk")


class BodyMemberQuerySet(models.QuerySet["BodyMember"]):
    def on(self, day: date) -> BodyMemberQuerySet:
        return self.filter(on(day))

    def of(self, actor: Actor) -> BodyMemberQuerySet:
        """Seats this actor sits on, by a post they hold or in person."""
        mine = Q(post_id__in=actor.post_ids)
        if actor.person_id:
            mine |= Q(person_id=actor.person_id)
        return self.filter(mine)

    def for_list(self) -> BodyMemberQuerySet:
        return self.select_related("person", "post__organisation").order_by("-is_head", "starts_on", "pk")


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, actor: Actor) -> DisputeQuerySet:
        """Disputes of the actor's territory, as a fact, and those of the bodies they mediate in."""
        if actor.is_system:
            return self
        inside = self.model._default_manager.inside_of(actor).values("pk")
        return self.filter(territory_q(actor, KNOWERS) | Q(pk__in=inside))

    def inside_of(self, actor: Actor) -> DisputeQuerySet:
        """Those this actor mediates: named for it, or a member of its body today, and no party to it, neither in person
        nor by a post in a unit that is a party (人民调解法 Art. 15)."""
        if actor.is_system:
            return self
        if not actor.roles & MEMBERS:
            return self.none()
        bodies = apps.get_model("cases", "BodyMember").objects.of(actor).on(clock.today()).values("body")
        party = Q(organisation__posts__in=actor.post_ids)
        if actor.person_id:
            party |= Q(person_id=actor.person_id)
        own = apps.get_model("cases", "Party").objects.filter(party).values("dispute")
        return self.filter(Q(mediator_id__in=actor.post_ids) | Q(body__in=bodies)).exclude(pk__in=own)

    def readable_by(self, actor: Actor) -> DisputeQuerySet:
        """Those whose subject, parties, sessions and agreement the actor may read: the mediators, and auditors of the
        territory. Notes are not among it."""
        if actor.is_system:
            return self
        inside = self.model._default_manager.inside_of(actor).values("pk")
        return self.filter(territory_q(actor, [Role.AUDITOR]) | Q(pk__in=inside))

    def open(self) -> DisputeQuerySet:
        """Neither settled nor ended."""
        return self.filter(state__in=_values(OPEN))

    def accepted(self) -> DisputeQuerySet:
        return self.filter(accepted_at__isnull=False)

    def settled(self) -> DisputeQuerySet:
        """An agreement stands: reached, performed, or confirmed by a court. A breached one does not count."""
        return self.filter(state__in=_values(SETTLED))

    def bound(self) -> DisputeQuerySet:
        return self.filter(state__in=_values(BOUND))

    def with_enterprise(self) -> DisputeQuerySet:
        return self.filter(dispute_kind="village_enterprise")

    def waiting_for(self, actor: Actor) -> DisputeQuerySet:
        """What this actor's own posts owe: to mediate it, or to ask whether the agreement is performed; and, while it has
        no mediator, what the head of its body must see to. Never one they are a side in."""
        owed = Q(promise__isnull=False, promise__settled_at=None)
        owed |= Q(check_promise__isnull=False, check_promise__settled_at=None)
        members = apps.get_model("cases", "BodyMember").objects.of(actor).on(clock.today())
        new = Q(mediator=None, state__in=_values(OPEN), body__in=members.filter(is_head=True).values("body"))
        return self.inside_of(actor).filter((Q(mediator_id__in=actor.post_ids) & owed) | new)

    def with_due(self) -> DisputeQuerySet:
        """``due_at``: of the check of its agreement, else of its mediation; None while nothing is promised."""
        return self.annotate(due_at=Coalesce(F("check_promise__due_at"), F("promise__due_at")))

    def overdue(self, now: datetime | None = None) -> DisputeQuerySet:
        """The mediation, or the check of the agreement, is due and not done."""
        return self.filter(_running(due_at__lt=now or clock.now()))

    def due_on(self, day: date) -> DisputeQuerySet:
        low, high = clock.bounds(day)
        return self.filter(_running(due_at__gte=low, due_at__lt=high))

    def by_due(self) -> DisputeQuerySet:
        """What is due first stands first; what has no day comes last, the newest before the older."""
        return self.with_due().order_by(F("due_at").asc(nulls_last=True), "-applied_at", "pk")

    def for_list(self) -> DisputeQuerySet:
        return self.select_related("place", "body__organisation", "mediator__organisation", "promise", "check_promise")

    def for_detail(self) -> DisputeQuerySet:
        return self.select_related(
            "place__parent", "body__organisation__place", "mediator__organisation", "promise", "check_promise", "case",
            "agreement",
        ).prefetch_related("parties__person", "parties__organisation", "sessions")  # fmt: skip


class MediationNoteQuerySet(models.QuerySet["MediationNote"]):
    def visible_to(self, actor: Actor) -> MediationNoteQuerySet:
        """Notes of disputes the actor mediates, and nobody else's: no auditor, no office, no export."""
        disputes = apps.get_model("cases", "Dispute").objects.inside_of(actor).values("pk")
        return self.filter(party__dispute__in=disputes)

    def of_dispute(self, dispute: Dispute) -> MediationNoteQuerySet:
        return self.filter(party__dispute=dispute).select_related("party", "post").order_by("-written_at", "-pk")
