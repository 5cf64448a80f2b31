"""Which persons and households: whose file it is, and who may open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from cunlian.accounts.roles import Role
from cunlian.kernel import secrets
from cunlian.kernel.access import Actor
from cunlian.places.territory import territory_q

if TYPE_CHECKING:
    from cunlian.people.models import Household, Person  # noqa: F401

# An administrator manages accounts and an invited outsider works on one thing: neither opens anybody's file. A village
# supervisor watches over money and decisions, which needs no register of neighbours.
READERS = frozenset(Role) - {Role.RESIDENT, Role.ADMINISTRATOR, Role.OUTSIDER, Role.VILLAGE_SUPERVISOR}


class HouseholdQuerySet(models.QuerySet["Household"]):
    def visible_to(self, actor: Actor) -> HouseholdQuerySet:
        """Households of the actor's territory; a resident's own."""
        if actor.is_system:
            return self
        seen = territory_q(actor, READERS) | territory_q(actor, READERS, "grid__")
        if actor.person_id:
            seen |= Q(members__id=actor.person_id)
            return self.filter(seen).distinct()
        return self.filter(seen)

    def current(self) -> HouseholdQuerySet:
        return self.filter(ends_on=None)

    def for_list(self) -> HouseholdQuerySet:
        return self.select_related("place", "grid").annotate(members_count=models.Count("members"))


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Persons of the actor's territory, and everybody themself. An erased person is nobody's to see."""
        if actor.is_system:
            return self
        seen = territory_q(actor, READERS) | territory_q(actor, READERS, "household__grid__")
        if actor.person_id:
            seen |= Q(pk=actor.person_id)
        return self.filter(seen, erased_at=None)

    def living_file(self) -> PersonQuerySet:
        """Not erased."""
        return self.filter(erased_at=None)

    def with_phone(self, phone: str) -> PersonQuerySet:
        """Those who gave this phone (families share one), found by the blind index. Invalid when it is no phone."""
        return self.living_file().filter(phone_digest=secrets.blind(secrets.normalise_phone(phone)))

    def of_user(self, user_id: UUID | None) -> Any:
        """The key of the person an account belongs to, or None."""
        return self.living_file().filter(user_id=user_id).values_list("pk", flat=True).first() if user_id else None

    def for_list(self) -> PersonQuerySet:
        return self.select_related("place", "household__grid", "household__place").order_by("place__code", "name", "pk")
