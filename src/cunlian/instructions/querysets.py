"""Which copies of instructions and which programmes: whose, where, how they stand. ``visible_to`` is the only door."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from cunlian.accounts.roles import STAFF, Role
from cunlian.instructions.states import CARRIED, DELIVERED, OPEN, STEERED, State
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.querysets import CountyDecisionQuerySet, of_own_county
from cunlian.places.models import Place, on
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from cunlian.instructions.models import Copy, InstructionRule, Measure, Programme  # noqa: F401

GIVERS = (Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.DISPATCHER, Role.COUNTY_STAFF, Role.COUNTY_LEADER)
# Who sees, within their territory, what posts there were told to do: offices above it, the village's own heads, audit.
READERS = frozenset({*GIVERS, Role.VILLAGE_CADRE, Role.VILLAGE_SUPERVISOR, Role.AUDITOR})
# Whoever may be sent one has their own to see; an administrator holds no post.
POSTED = STAFF - {Role.ADMINISTRATOR}
VILLAGE_DIGITS = 12


def month_bounds(day: date) -> tuple[datetime, datetime]:
    """Half-open instants of the Shanghai month ``day`` lies in."""
    first = day.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return clock.at(first), clock.at(after)


def _values(states: Iterable[State]) -> list[str]:
    return sorted(str(state) for state in states)


class CopyQuerySet(models.QuerySet["Copy"]):
    def visible_to(self, actor: Actor) -> CopyQuerySet:
        """Copies of the actor's territory, those their posts gave or hold, and those of which their posts were informed.
        A receiver does not see what others beside them were sent."""
        if actor.is_system:
            return self
        posts = actor.post_ids
        told = apps.get_model("instructions", "Informed").objects.filter(post_id__in=posts).values("copy")
        mine = Q(post_id__in=posts) | Q(instruction__giver_id__in=posts) | Q(pk__in=told)
        return self.filter(territory_q(actor, READERS) | mine)

    def open(self) -> CopyQuerySet:
        """Neither done nor ended."""
        return self.filter(state__in=_values(OPEN), ended_at=None)

    def carried(self) -> CopyQuerySet:
        """With a receiver who has work with it."""
        return self.filter(state__in=_values(CARRIED), ended_at=None)

    def delivered(self) -> CopyQuerySet:
        return self.filter(state__in=_values(DELIVERED))

    def lasting(self) -> CopyQuerySet:
        """Sent and not taken back: what counts as sent."""
        return self.exclude(state=str(State.WITHDRAWN))

    def held_by(self, actor: Actor) -> CopyQuerySet:
        return self.filter(post_id__in=actor.post_ids)

    def given_by(self, actor: Actor) -> CopyQuerySet:
        return self.filter(instruction__giver_id__in=actor.post_ids)

    def waiting_for(self, actor: Actor) -> CopyQuerySet:
        """What this actor's posts must do something about: work with them, or word from them as givers."""
        held = Q(post_id__in=actor.post_ids, state__in=_values(CARRIED))
        steered = Q(instruction__giver_id__in=actor.post_ids, state__in=_values(STEERED))
        return self.filter(held | steered, ended_at=None)

    def told_to(self, actor: Actor) -> CopyQuerySet:
        """Copies that passed over this actor's posts, who were informed."""
        return self.filter(informed__post_id__in=actor.post_ids).distinct()

    def at(self, place: Place) -> CopyQuerySet:
        """At ``place`` and below it."""
        return self.filter(code_q(place.code, "place__"))

    def sent_in(self, month: date) -> CopyQuerySet:
        """First sent in the Shanghai month ``month`` lies in."""
        start, end = month_bounds(month)
        return self.filter(sent_at__gte=start, sent_at__lt=end)

    def overdue(self, now: datetime | None = None) -> CopyQuerySet:
        return self.open().filter(promise__state="open", promise__due_at__lt=now or clock.now())

    def past_end(self, day: date) -> CopyQuerySet:
        return self.open().filter(instruction__ends_on__lt=day)

    def signed_in_time(self) -> CopyQuerySet:
        return self.filter(sign_promise__state="kept", sign_promise__settled_at__lte=F("sign_promise__due_at"))

    def done_in_time(self) -> CopyQuerySet:
        return self.delivered().filter(promise__state="kept", promise__settled_at__lte=F("promise__due_at"))

    def straight(self) -> CopyQuerySet:
        """Sent past at least one post between giver and doer, who was informed, not asked."""
        return self.filter(skipped__gt=0)

    def for_measures(self, measures: Iterable[Measure]) -> dict[UUID, int]:
        """How many serve each of these measures, by its key; one query."""
        rows = self.filter(instruction__measure__in=list(measures)).order_by().values_list("instruction__measure")
        return {key: n for key, n in rows.annotate(n=models.Count("pk")) if key}

    def by_due(self) -> CopyQuerySet:
        """What is due first stands first."""
        return self.order_by(F("promise__due_at").asc(nulls_last=True), "pk")

    def for_list(self) -> CopyQuerySet:
        return self.select_related("instruction__giver__organisation", "post__organisation", "place", "area", "promise")

    def for_detail(self) -> CopyQuerySet:
        return self.select_related(
            "instruction__giver__organisation", "instruction__measure__programme", "post__organisation", "place",
            "area", "promise", "sign_promise", "profile",
        ).prefetch_related("promise__pauses", "informed__post__organisation")  # fmt: skip


class InstructionRuleQuerySet(CountyDecisionQuerySet["InstructionRule"]):
    def for_list(self) -> InstructionRuleQuerySet:
        return super().for_list().prefetch_related("may_exceed__organisation")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Actor) -> ProgrammeQuerySet:
        """What a county has planned is known to all its staff."""
        return self.filter(of_own_county(actor, "root__"))

    def current(self, day: date | None = None) -> ProgrammeQuerySet:
        return self.filter(on(day or clock.today()))

    def for_list(self) -> Any:
        running = Q(measures__ends_on=None) | Q(measures__ends_on__gt=clock.today())
        counted = self.annotate(lines=models.Count("measures", filter=running))
        return counted.select_related("root").order_by("-starts_on", "name", "pk")


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, actor: Actor) -> MeasureQuerySet:
        return self.filter(of_own_county(actor, "programme__root__"))

    def current(self, day: date | None = None) -> MeasureQuerySet:
        """Lines in force of programmes in force."""
        day = day or clock.today()
        return self.filter(on(day), on(day, "programme__"))

    def of_form(self, form: str) -> MeasureQuerySet:
        return self.filter(programme__form=form)

    def for_list(self) -> MeasureQuerySet:
        return self.select_related("programme__root", "owner__organisation").order_by("programme", "number", "pk")
