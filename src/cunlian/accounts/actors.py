"""From an account or a key to an actor: its grants of today as code ranges, resolved once per request."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Value, When

from cunlian.accounts.models import RoleGrant, ServiceKey, User
from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, Actor, Grant
from cunlian.places.models import AreaMembership, code_range, on

# A resident's role has no territory: what they may do is always bound to what is theirs by the rule's ``where``.
RESIDENT = Grant(Role.RESIDENT)


def actor_of(user: User | AnonymousUser, person_id: UUID | None = None) -> Actor:
    """The actor for ``user`` today, ``person_id`` being the person the account belongs to. One query for staff, one
    more where a role lies over an area, none for residents and strangers."""
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS
    if user.is_resident:
        return Actor("user", user_id=user.pk, person_id=person_id, grants=(RESIDENT,))
    grants = tuple(_grants(user))
    post = next((grant.post_id for grant in grants if grant.post_id), None)
    return Actor("user", user_id=user.pk, person_id=person_id, grants=grants, post_id=post)


def _grants(user: User) -> list[Grant]:
    """Today's grants, those of the user's own posts before those they stand in for."""
    day = clock.today()
    own_first = Case(When(source_kind="stand_in", then=Value(1)), default=Value(0))
    rows = list(
        RoleGrant.objects.filter(on(day), user=user).select_related("place").order_by(own_first, "starts_on", "pk")
    )
    villages = _villages({row.area_id for row in rows if row.area_id})
    grants = []
    for row in rows:
        codes = [row.place.code] if row.place else villages[row.area_id]
        grants += [Grant(row.role, *code_range(code), row.post_id) for code in codes]
    return grants


def _villages(areas: Collection[UUID]) -> dict[UUID | None, list[str]]:
    """Codes of the villages each area has today."""
    found: dict[UUID | None, list[str]] = defaultdict(list)
    if areas:
        rows = AreaMembership.objects.filter(on(clock.today()), area_id__in=areas).values_list("area_id", "place__code")
        for area, code in rows:
            found[area].append(code)
    return found


def digest_of(secret: str) -> str:
    """A key's secret as kept. Plain SHA-256 is enough: the secret has 256 random bits and cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_of_key(secret: str) -> Actor | None:
    """The actor for a program's key, or None when it is unknown, revoked or past its day."""
    key = ServiceKey.objects.select_related("place").filter(digest=digest_of(secret), revoked_at=None).first()
    if key is None or (key.ends_on and key.ends_on <= clock.today()):
        return None
    codes = _villages({key.area_id})[key.area_id] if key.area_id else [key.place.code]
    grants = tuple(Grant(key.role, *code_range(code), key.post_id) for code in codes)
    return Actor("service", user_id=key.pk, grants=grants, post_id=key.post_id, scopes=frozenset(key.scopes))
