"""Who calls: a program with a service key. What it may do are its scopes, which are permission names; its role and place
cut what it sees. How often it may call is counted here."""

from __future__ import annotations

from collections import Counter
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from cunlian.accounts.actors import actor_of_key
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Forbidden, TooMany
from cunlian.places.models import Place

MINUTE = 60
_calls: Counter[UUID | None] = Counter()
_minute = 0
_counting = Lock()


def _count_call(key: UUID | None) -> None:
    """One more call in this minute, of those this process answers: the limit spares the machine, it guards no secret, for a
    key of 256 random bits cannot be guessed at any rate."""
    global _minute
    with _counting:
        minute = int(clock.now().timestamp()) // MINUTE
        if minute != _minute:
            _minute = minute
            _calls.clear()
        _calls[key] += 1
        calls = _calls[key]
    if calls > settings.API_CALLS_PER_MINUTE:
        raise TooMany(
            _("This key may call %(most)s times a minute. Please go on in the next minute.")
            % {"most": settings.API_CALLS_PER_MINUTE}
        )


class Key(HttpBearer):
    """``Authorization: Bearer cl_…``"""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = actor_of_key(token)
        if actor:
            _count_call(actor.user_id)
        return actor


def caller(request: HttpRequest) -> Actor:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def ask_scope(actor: Actor, permission: str) -> None:
    """For reading, where no action asks. Forbidden with the name of the scope that is missing."""
    if permission not in actor.scopes:
        raise Forbidden(
            _("This key lacks the scope “%(name)s”. Ask the county's administrator for a key that has it.")
            % {"name": permission}
        )


def ask_place(actor: Actor, place: Place) -> None:
    """A key writes only where its own place lies, whatever the permission would allow anybody else."""
    if not any(grant.covers(place.code) for grant in actor.grants):
        raise Forbidden(
            _("This key works for another place. Ask the county's administrator for one that covers it."),
            field="place_code",
        )
