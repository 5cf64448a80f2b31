"""Reads of accounts."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from cunlian.accounts.models import RoleGrant, ServiceKey, User
from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.places.models import on
from cunlian.places.territory import territory_q


def administrators() -> list[User]:
    """Who manages accounts today: whom to ask when one does not work."""
    running = RoleGrant.objects.filter(on(clock.today()), role=Role.ADMINISTRATOR)
    return list(User.objects.filter(pk__in=running.values("user_id"), is_active=True).order_by("display_name")[:5])


KEEPERS = (Role.ADMINISTRATOR, Role.AUDITOR)


def staff_accounts(actor: Actor) -> Any:
    """Staff accounts with a role in the actor's territory, and those with no role yet. ``running_grants``: of today."""
    running = RoleGrant.objects.filter(on(clock.today())).select_related("place", "area").order_by("role", "pk")
    own = running.filter(user=OuterRef("pk"))
    near = own.filter(territory_q(actor, KEEPERS) | territory_q(actor, KEEPERS, "area__root__"))
    if not actor.holds(KEEPERS):
        return User.objects.none()
    seen = User.objects.filter(is_resident=False).filter(Exists(near) | ~Exists(own))
    return seen.prefetch_related(Prefetch("role_grants", running, to_attr="running_grants")).order_by("username")


def service_keys(actor: Actor) -> Any:
    """Keys of programs over the actor's territory, newest first."""
    return (
        ServiceKey.objects.filter(territory_q(actor, KEEPERS))
        .select_related("place", "area")
        .order_by("-made_at", "pk")
    )


def grants_given(actor: Actor) -> Any:
    """Roles given by hand in the actor's territory."""
    near = territory_q(actor, KEEPERS) | territory_q(actor, KEEPERS, "area__root__")
    return RoleGrant.objects.filter(near, source_kind="").select_related("user", "place", "area__root")
