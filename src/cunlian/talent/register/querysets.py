"""Which entries, skills, searches and groups: in use, of whom, seen by whom.

The consent is asked with every read: what lost it is hidden at once, before the retention job erases it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.people.models import Consent
from cunlian.people.querysets import village_today
from cunlian.places.models import on
from cunlian.places.territory import territory_q
from cunlian.talent.register.states import HELD, State

if TYPE_CHECKING:
    from cunlian.talent.models import (  # noqa: F401
        AdvisoryGroup,
        AdvisoryMember,
        Skill,
        TalentEntry,
        TalentSearch,
        TalentSkill,
    )

PURPOSE = "talent"
OFFICES = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
# Who keeps the register of their territory: as people.rules.KEEPERS, which cannot be read from here.
KEEPERS = (Role.GRID_WORKER, Role.SOCIAL_WORKER, Role.VILLAGE_CADRE, Role.AREA_STAFF, *OFFICES)
# And who watches over it.
SEERS = (*KEEPERS, Role.COUNTY_LEADER, Role.AUDITOR)
A_YEAR = timedelta(days=365)


def of_territory(actor: Actor, path: str = "person__") -> Q:
    """Persons of the villages and grids where the actor keeps the register or watches over it."""
    return territory_q(actor, SEERS, f"{path}place__") | territory_q(actor, SEERS, f"{path}household__grid__")


def agreed() -> Q:
    """Entries the person agreed to, whose consent holds now."""
    running = Q(purpose__ends_on=None) | Q(purpose__ends_on__gt=clock.today())
    consent = Consent.objects.holding(PURPOSE).filter(running, person=OuterRef("person"))
    return Q(Exists(consent), state__in=sorted(HELD))


class SkillQuerySet(models.QuerySet["Skill"]):
    def visible_to(self, actor: Actor) -> SkillQuerySet:
        """All: the tree is public."""
        return self.all()

    def listed_on(self, day: date) -> SkillQuerySet:
        return self.filter(on(day))

    def leaves(self) -> SkillQuerySet:
        """What somebody can have; groups only order them."""
        return self.filter(parent__isnull=False)

    def for_list(self) -> SkillQuerySet:
        return self.select_related("parent", "root").order_by("code", "pk")


class TalentEntryQuerySet(models.QuerySet["TalentEntry"]):
    def living(self) -> TalentEntryQuerySet:
        """Of people whose file lives: not dead, moved out, merged or erased."""
        return self.filter(person__gone_on=None, person__erased_at=None)

    def in_register(self) -> TalentEntryQuerySet:
        """Those that are found, shown and counted: agreed to, and not resting."""
        return self.living().filter(agreed(), state=str(State.LISTED))

    def visible_to(self, actor: Actor) -> TalentEntryQuerySet:
        """One's own; and where the actor keeps the register, what is agreed to or waits for an answer. What was declined and
        what lost its consent is shown to nobody."""
        shown = self.living().filter(agreed() | Q(state=str(State.ASKED)))
        if actor.is_system:
            return shown
        seen = of_territory(actor)
        if actor.person_id:
            seen |= Q(person_id=actor.person_id)
        return shown.filter(seen)

    def with_skills(self, skills: Iterable[Skill], *, verified: bool = False) -> TalentEntryQuerySet:
        """Who has one of the skills, or one of the group when a group is named; ``verified``: and somebody made sure."""
        keys = [skill.pk for skill in skills]
        held = apps.get_model("talent", "TalentSkill").objects.filter(
            Q(skill__in=keys) | Q(skill__parent__in=keys), entry=OuterRef("pk")
        )
        return self.filter(Exists(held.filter(verified_on__isnull=False) if verified else held))

    def unconfirmed_since(self, day: date) -> TalentEntryQuerySet:
        """Last confirmed a year before ``day`` or earlier."""
        return self.filter(confirmed_on__lte=day - A_YEAR)

    def owed_nothing(self) -> TalentEntryQuerySet:
        """Of people of a village: waiting to be asked or to be looked at, and nobody owes it, as when somebody came back."""
        skills = apps.get_model("talent", "TalentSkill").objects.awaiting().filter(entry=OuterRef("pk"))
        unasked = Q(promise=None) | Q(promise__settled_at__isnull=False)
        unseen = Q(check_promise=None) | Q(check_promise__settled_at__isnull=False)
        waits = Q(unasked, state=str(State.ASKED)) | Q(unseen, Exists(skills), state=str(State.LISTED))
        return self.living().filter(waits, person__place__isnull=False)

    def owed_elsewhere(self) -> TalentEntryQuerySet:
        """What is owed is owed in another village than the one they live in now: they moved, by a page, a list brought in or
        with their household."""
        moved = Q()
        for name in ("promise", "check_promise"):
            owed = Q(**{f"{name}__isnull": False, f"{name}__settled_at": None})
            moved |= owed & ~Q(**{f"{name}__place_id": F("person__place_id")})
        return self.living().filter(moved, person__place__isnull=False)

    def owed_by(self, post_ids: Iterable[UUID]) -> TalentEntryQuerySet:
        """Somebody on these posts is to ask the person: whether they agree, or whether it still holds."""
        return self.filter(promise__settled_at=None, promise__owner_id__in=list(post_ids))

    def for_list(self) -> TalentEntryQuerySet:
        skills = apps.get_model("talent", "TalentSkill").objects.for_list()
        return (
            self.select_related(
                "person__place", "person__household__grid", "promise", "check_promise", "recommended_by__organisation"
            )
            .prefetch_related(Prefetch("skills", queryset=skills))
            .annotate(village=village_today("person__place__code"))
            .order_by("person__place__code", "person__name", "pk")
        )


class TalentSkillQuerySet(models.QuerySet["TalentSkill"]):
    def visible_to(self, actor: Actor) -> TalentSkillQuerySet:
        return self.filter(entry__in=apps.get_model("talent", "TalentEntry").objects.visible_to(actor))

    def awaiting(self) -> TalentSkillQuerySet:
        """Nobody of the staff has looked at it yet."""
        return self.filter(verified_on=None, left_on=None)

    def for_list(self) -> TalentSkillQuerySet:
        return self.select_related("skill", "looked_by__organisation").order_by("skill__code", "pk")


class TalentSearchQuerySet(models.QuerySet["TalentSearch"]):
    def visible_to(self, actor: Actor) -> TalentSearchQuerySet:
        """One's own and one's posts', and those of the territory for its offices and auditors."""
        if actor.is_system:
            return self
        own = Q(actor_id=actor.user_id) if actor.user_id else Q(pk__in=())
        own |= Q(post_id__in=actor.post_ids)
        return self.filter(own | territory_q(actor, (*OFFICES, Role.AUDITOR)))

    def for_list(self) -> TalentSearchQuerySet:
        return self.select_related("place").order_by("-searched_at", "-pk")


class AdvisoryGroupQuerySet(models.QuerySet["AdvisoryGroup"]):
    def visible_to(self, actor: Actor) -> AdvisoryGroupQuerySet:
        """Groups of the territory's places; members are shown masked."""
        return self if actor.is_system else self.filter(territory_q(actor, SEERS))

    def running(self, day: date | None = None) -> AdvisoryGroupQuerySet:
        return self.filter(on(day or clock.today()))

    def for_list(self) -> AdvisoryGroupQuerySet:
        members = apps.get_model("talent", "AdvisoryMember").objects
        sitting = members.shown().sitting().filter(group=OuterRef("pk")).order_by()
        count = sitting.values("group").annotate(n=Count("pk")).values("n")
        return (
            self.select_related("place")
            .annotate(member_count=Coalesce(Subquery(count), Value(0)))
            .order_by("place__code", "name", "pk")
        )


class AdvisoryMemberQuerySet(models.QuerySet["AdvisoryMember"]):
    def visible_to(self, actor: Actor) -> AdvisoryMemberQuerySet:
        groups = apps.get_model("talent", "AdvisoryGroup").objects.visible_to(actor)
        return self.filter(group__in=groups)

    def shown(self) -> AdvisoryMemberQuerySet:
        """Of entries whose consent holds."""
        entries = apps.get_model("talent", "TalentEntry").objects.living().filter(agreed())
        return self.filter(entry__in=entries)

    def sitting(self, day: date | None = None) -> AdvisoryMemberQuerySet:
        return self.filter(on(day or clock.today()))

    def for_list(self) -> AdvisoryMemberQuerySet:
        skills = apps.get_model("talent", "TalentSkill").objects.for_list()
        return (
            self.select_related("group__place", "entry__person__place", "entry__person__household__grid")
            .prefetch_related(Prefetch("entry__skills", queryset=skills))
            .annotate(village=village_today("entry__person__place__code"))
            .order_by("-starts_on", "pk")
        )
