"""The actor behind an account: its grants of today and the person it belongs to."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from cunlian.accounts.actors import actor_of
from cunlian.accounts.models import User
from cunlian.kernel.access import Actor
from cunlian.people.models import Person


def actor_of_account(user_id: UUID | None) -> Actor:
    """For work done later in somebody's name, where there is no request. A closed account may nothing."""
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return actor_of(user or AnonymousUser(), Person.objects.of_user(user_id))
