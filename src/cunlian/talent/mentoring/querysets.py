"""Which plans, persons being cultivated, mentoring and studies: seen by whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor
from cunlian.places.territory import territory_q
from cunlian.talent.basis import standing
from cunlian.talent.mentoring.states import GROWN, MentoringState

if TYPE_CHECKING:
    from cunlian.people.models import Person
    from cunlian.talent.models import (  # noqa: F401
        Cultivation,
        EducationUpgrade,
        Mentee,
        Mentoring,
        MentoringRhythm,
        ReservePlan,
    )

KEEPERS = (Role.VILLAGE_CADRE, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
SEERS = frozenset({*KEEPERS, Role.COUNTY_LEADER, Role.AUDITOR})
"""Who works on it, leads or audits. A grid worker needs no list of who may become a cadre."""


class ReservePlanQuerySet(models.QuerySet["ReservePlan"]):
    def visible_to(self, actor: Actor) -> ReservePlanQuerySet:
        return self if actor.is_system else self.filter(territory_q(actor, SEERS))

    def for_list(self) -> ReservePlanQuerySet:
        """With ``named``: how many persons are being cultivated by it, each once."""
        grown = Q(cultivations__state__in=GROWN) & standing("cultivations__")
        return (
            self.select_related("place")
            .annotate(named=Count("cultivations__person", filter=grown, distinct=True))
            .order_by("-year", "place__code", "pk")
        )


class CultivationQuerySet(models.QuerySet["Cultivation"]):
    def visible_to(self, actor: Actor) -> CultivationQuerySet:
        if actor.is_system:
            return self.filter(standing())
        return self.filter(territory_q(actor, SEERS) | _own(actor), standing())

    def grown(self) -> CultivationQuerySet:
        return self.filter(state__in=GROWN)

    def of_kinds(self, *kinds: str) -> CultivationQuerySet:
        return self.filter(cultivation_kind__in=kinds)

    def for_list(self) -> CultivationQuerySet:
        return self.select_related("person", "place", "plan", "post__organisation").order_by(
            "-starts_on", "place__code", "pk"
        )


class MentoringQuerySet(models.QuerySet["Mentoring"]):
    def visible_to(self, actor: Actor) -> MentoringQuerySet:
        if actor.is_system:
            return self
        seen = territory_q(actor, SEERS) | Q(mentor_post__in=actor.post_ids)
        if actor.person_id:
            mine = self.model._default_manager.filter(mentees__person=actor.person_id).order_by().values("pk")
            seen |= Q(mentor_person=actor.person_id) | Q(pk__in=mine)
        return self.filter(seen)

    def running(self) -> MentoringQuerySet:
        return self.filter(state=MentoringState.RUNNING)

    def carried_by(self, person: Person) -> MentoringQuerySet:
        """Running, and nothing is left of it without the person: they mentor, or nobody who lives is mentored besides."""
        mentees = apps.get_model("talent", "Mentee").objects.filter(mentoring=OuterRef("pk"))
        others = mentees.exclude(person=person).exclude(person__gone_because=person.Gone.DIED)
        alone = Exists(mentees.filter(person=person)) & ~Exists(others)
        return self.running().filter(Q(mentor_person=person) | alone)

    def meeting_due(self, day: date) -> MentoringQuerySet:
        """Whose next meeting has fallen due, and nobody was told yet."""
        untold = Q(promise=None) | Q(promise__settled_at__isnull=False)
        return self.running().filter(untold, meet_next_on__lte=day)

    def for_list(self) -> MentoringQuerySet:
        return (
            self.select_related("place", "mentor_post__organisation", "mentor_person", "promise")
            .annotate(
                mentee_count=Count("mentees", distinct=True),
                meeting_count=Count("meetings", distinct=True),
                last_met=Max("meetings__held_on"),
            )
            .order_by(F("meet_next_on").asc(nulls_last=True), "-starts_on", "pk")
        )


class MenteeQuerySet(models.QuerySet["Mentee"]):
    def visible_to(self, actor: Actor) -> MenteeQuerySet:
        if actor.is_system:
            return self.filter(standing())
        return self.filter(territory_q(actor, SEERS, "mentoring__place__") | _own(actor), standing())

    def for_list(self) -> MenteeQuerySet:
        return self.select_related("person", "mentoring__place").order_by("joined_on", "pk")


class EducationQuerySet(models.QuerySet["EducationUpgrade"]):
    def visible_to(self, actor: Actor) -> EducationQuerySet:
        if actor.is_system:
            return self.filter(standing())
        return self.filter(territory_q(actor, SEERS) | _own(actor), standing())

    def for_list(self) -> EducationQuerySet:
        return self.select_related("person", "place").order_by("-won_on", "place__code", "pk")


def _own(actor: Actor) -> Q:
    return Q(person=actor.person_id) if actor.person_id else Q(pk__in=())
