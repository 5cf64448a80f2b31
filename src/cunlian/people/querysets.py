"""Which persons and households: whose file it is, and who may open it; what stood in the register on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from cunlian.accounts.roles import Role
from cunlian.kernel import secrets
from cunlian.kernel.access import Actor
from cunlian.places.models import Place, PlaceVersion, on
from cunlian.places.territory import territory_q

if TYPE_CHECKING:
    from cunlian.people.models import (  # noqa: F401
        House,
        Household,
        HouseholdVersion,
        Membership,
        Person,
        PersonMerge,
    )

# An administrator manages accounts and an invited outsider works on one thing: neither opens anybody's file. A village
# supervisor watches over money and decisions, which needs no register of neighbours.
READERS = frozenset(Role) - {Role.RESIDENT, Role.ADMINISTRATOR, Role.OUTSIDER, Role.VILLAGE_SUPERVISOR}


def village_today(path: str = "place__code") -> Subquery:
    """The short name of the village that stands today where a record lies: of the successor, when its own was merged."""
    standing = Place.objects.current().filter(code=OuterRef(path)).order_by()
    return Subquery(standing.values("short_name")[:1])


def village_then(day: date) -> Coalesce:
    """What the village of a dated row was called on ``day``; its name of today where that is the same."""
    earlier = PlaceVersion.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=day), place=OuterRef("place_id"), ends_on__gt=day
    )
    return Coalesce(Subquery(earlier.order_by().values("name")[:1]), village_today())


def _standing_q(actor: Actor) -> Q:
    return territory_q(actor, READERS) | territory_q(actor, READERS, "grid__")


def use_on(day: date, path: str) -> Subquery:
    """How a house was used on ``day``."""
    states = apps.get_model("people", "HouseState").objects.filter(on(day), house=OuterRef(path)).order_by()
    return Subquery(states.values("use")[:1])


class HouseQuerySet(models.QuerySet["House"]):
    def visible_to(self, actor: Actor) -> HouseQuerySet:
        return self if actor.is_system else self.filter(_standing_q(actor))

    def current(self) -> HouseQuerySet:
        return self.filter(ends_on=None)

    def on(self, day: date) -> HouseQuerySet:
        return self.filter(on(day))

    def for_list(self, day: date) -> HouseQuerySet:
        """With the use of that day and the households that stood in it."""
        rows = apps.get_model("people", "HouseholdVersion").objects.on(day).filter(house=OuterRef("pk")).order_by()
        count = rows.values("house").annotate(n=models.Count("pk")).values("n")
        return (
            self.select_related("place", "lane", "group")
            .annotate(
                use_then=use_on(day, "pk"),
                households_then=Coalesce(Subquery(count), Value(0)),
                village=village_then(day),
            )
            .order_by("place__code", "address", "pk")
        )

    def for_detail(self) -> HouseQuerySet:
        return self.select_related("place", "grid", "lane", "group").annotate(village=village_today())


class HouseholdQuerySet(models.QuerySet["Household"]):
    def visible_to(self, actor: Actor) -> HouseholdQuerySet:
        """Households of the actor's territory; a resident's own."""
        if actor.is_system:
            return self
        seen = _standing_q(actor)
        if actor.person_id:
            seen |= Q(members__id=actor.person_id)
            return self.filter(seen).distinct()
        return self.filter(seen)

    def current(self) -> HouseholdQuerySet:
        return self.filter(ends_on=None)

    def for_list(self) -> HouseholdQuerySet:
        return self.select_related("place", "grid").annotate(members_count=models.Count("members"))

    def for_detail(self) -> HouseholdQuerySet:
        return self.select_related("place", "grid", "lane", "group", "house").annotate(village=village_today())


class HouseholdVersionQuerySet(models.QuerySet["HouseholdVersion"]):
    """``HouseholdVersion.objects.visible_to(actor).on(day)`` is the register of households of that day."""

    def visible_to(self, actor: Actor) -> HouseholdVersionQuerySet:
        """What stood in the actor's territory: a household that moved away is seen there up to that day."""
        return self if actor.is_system else self.filter(_standing_q(actor))

    def on(self, day: date) -> HouseholdVersionQuerySet:
        return self.filter(on(day))

    def for_list(self, day: date) -> HouseholdVersionQuerySet:
        """With the members and the head of that day."""
        memberships = apps.get_model("people", "Membership").objects
        then = memberships.on(day).filter(household=OuterRef("household_id")).order_by()
        count = then.values("household").annotate(n=models.Count("pk")).values("n")
        heads = memberships.on(day).filter(relation="head").with_persons(day)
        return (
            self.select_related("household", "place", "lane", "group", "house")
            .annotate(
                members_then=Coalesce(Subquery(count), Value(0)),
                head_then=Exists(then.filter(relation="head")),
                use_then=use_on(day, "house_id"),
                village=village_then(day),
            )
            .prefetch_related(Prefetch("household__memberships", queryset=heads, to_attr="heads_then"))
            .order_by("place__code", "number", "pk")
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """``Membership.objects.in_register(actor, day)`` is the register of persons of that day."""

    def visible_to(self, actor: Actor) -> MembershipQuerySet:
        """Of households seen today."""
        if actor.is_system:
            return self
        return self.filter(household__in=apps.get_model("people", "Household").objects.visible_to(actor).values("pk"))

    def on(self, day: date) -> MembershipQuerySet:
        return self.filter(on(day))

    def in_register(self, actor: Actor, day: date, where: Q | None = None) -> MembershipQuerySet:
        """Members on ``day`` of the households that stood in the actor's territory on that day, and there where
        ``where``, a condition on ``HouseholdVersion``, holds."""
        rows = apps.get_model("people", "HouseholdVersion").objects.visible_to(actor).on(day)
        if where:
            return self.on(day).filter(household__in=rows.filter(where).order_by().values("household"))
        # Over a whole county the page's rows are looked at one by one, rather than all its households first.
        return self.on(day).filter(Exists(rows.filter(household=OuterRef("household_id")).order_by()))

    def with_persons(self, day: date) -> MembershipQuerySet:
        """Joins who it is, as known on ``day`` (``person.known_then``)."""
        earlier = apps.get_model("people", "PersonVersion").objects.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), ends_on__gt=day
        )
        return self.select_related("person__place").prefetch_related(
            Prefetch("person__versions", queryset=earlier.order_by("ends_on"), to_attr="versions_then")
        )

    def for_list(self, day: date) -> MembershipQuerySet:
        """With the household of that day: by its number, the head first, the others as they were entered, which is the order
        of the household's own book. Nothing of places and persons is in the order, so that neither need be read to sort the
        ten thousand of a village."""
        rows = apps.get_model("people", "HouseholdVersion").objects.on(day)
        rows = rows.select_related("place", "lane", "group").annotate(village=village_then(day))
        absent = apps.get_model("people", "Absence").objects.filter(on(day), person=OuterRef("person_id"))
        return (
            self.with_persons(day)
            .select_related("household")
            .annotate(away_then=Exists(absent))
            .prefetch_related(Prefetch("household__versions", queryset=rows, to_attr="rows_then"))
            .order_by("household__number", head_first(), "pk")
        )


def head_first() -> Case:
    return Case(When(relation="head", then=0), default=1, output_field=IntegerField())


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Persons of the actor's territory, and everybody themself. An erased person is nobody's to see, nor, but for
        themself, who is known from a complaint alone."""
        if actor.is_system:
            return self
        seen = (territory_q(actor, READERS) | territory_q(actor, READERS, "household__grid__")) & Q(withheld=False)
        if actor.person_id:
            seen |= Q(pk=actor.person_id)
        return self.filter(seen, erased_at=None)

    def living_file(self) -> PersonQuerySet:
        """Neither erased nor found to be another's file."""
        return self.filter(erased_at=None, merged_into=None)

    def present(self) -> PersonQuerySet:
        """In no register any longer are the dead, who moved out and who was registered twice."""
        return self.filter(erased_at=None, gone_on=None)

    def registered(self) -> PersonQuerySet:
        """Members of a household today."""
        return self.present().filter(household__isnull=False)

    def without_household(self) -> PersonQuerySet:
        """Known, as who reported something or holds a post, and member of no household."""
        return self.present().filter(household=None)

    def with_phone(self, phone: str) -> PersonQuerySet:
        """Those who gave this phone (families share one), found by the blind index. Invalid when it is no phone. The dead
        are not among them: somebody else has their phone."""
        found = self.living_file().filter(phone_digest=secrets.blind(secrets.normalise_phone(phone)))
        return found.exclude(gone_because="died")

    def of_user(self, user_id: UUID | None) -> Any:
        """The key of the person an account belongs to, or None."""
        return self.living_file().filter(user_id=user_id).values_list("pk", flat=True).first() if user_id else None

    def for_list(self) -> PersonQuerySet:
        return (
            self.select_related("place", "household__grid", "household__place")
            .annotate(village=village_today())
            .order_by("place__code", "name", "pk")
        )

    def for_detail(self) -> PersonQuerySet:
        return self.select_related("place", "household__grid", "household__place", "merged_into").annotate(
            village=village_today()
        )


class PersonMergeQuerySet(models.QuerySet["PersonMerge"]):
    def visible_to(self, actor: Actor) -> PersonMergeQuerySet:
        """Where both files are seen."""
        seen = apps.get_model("people", "Person").objects.visible_to(actor).values("pk")
        return self if actor.is_system else self.filter(gone__in=seen, kept__in=seen)

    def for_list(self) -> PersonMergeQuerySet:
        return (
            self.select_related("gone__place", "kept")
            .annotate(village=village_today("gone__place__code"))
            .order_by("-entered_on", "-pk")
        )
