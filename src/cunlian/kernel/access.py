"""Who may do what.

Two questions, kept apart: *may I see it* is answered by ``visible_to`` on the querysets (else 404), *may I do it* by a
named permission checked inside the action (else 403). A permission is data: the roles that carry it, within the territory
of their grant, and one further condition. The page of roles in docs/ is generated from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.refusals import Forbidden, Text


@dataclass(frozen=True)
class Grant:
    """A role over a territory, today. The territory is a half-open range of place codes [low, high); a role over an area
    is one grant per village of it. ``post_id`` is the post that carries the role, if one does."""

    role: str
    low: str = ""
    high: str = "~"
    post_id: UUID | None = None

    def covers(self, code: str) -> bool:
        return self.low <= code < self.high


@dataclass(frozen=True)
class Behalf:
    """On whose word somebody acts: the way it came (phone, paper, at the door, chat, neighbour) and the person, if known."""

    channel: str
    person_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever does something. ``kind``: user, service (an API key), anonymous (a resident without an account), system.

    ``proofs``: records somebody without an account has shown to be theirs (receipt and the last digits of the phone)."""

    kind: str
    user_id: UUID | None = None
    person_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    post_id: UUID | None = None
    behalf: Behalf | None = None
    scopes: frozenset[str] = frozenset()
    proofs: frozenset[UUID] = frozenset()

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def post_ids(self) -> frozenset[UUID]:
        return frozenset(grant.post_id for grant in self.grants if grant.post_id)

    def holds(self, roles: Iterable[str], code: str | None = None) -> bool:
        """Has one of ``roles``, over the place with ``code`` when one is given."""
        wanted = frozenset(roles)
        return any(grant.role in wanted and (code is None or grant.covers(code)) for grant in self.grants)

    def for_(self, channel: str, person_id: UUID | None = None) -> Actor:
        """The same actor acting on somebody's behalf; recorded as such."""
        return replace(self, behalf=Behalf(channel, person_id))


SYSTEM = Actor("system")
ANONYMOUS = Actor("anonymous")

Where = Callable[[Actor, Any], bool]


def _always(actor: Actor, obj: Any) -> bool:
    return True


@dataclass(frozen=True)
class Permission:
    """``roles`` that carry it within their territory, ``others`` (anonymous, resident…) that may under ``where`` alone,
    ``anywhere``: the role is enough and ``where`` alone cuts the records (whoever holds a record works on it, wherever it
    lies). ``reason`` is told on refusal."""

    name: str
    label: Text
    roles: frozenset[str]
    where: Where = _always
    everyone: bool = False
    anywhere: bool = False
    reason: Text = ""

    def allows(self, actor: Actor, obj: Any = None) -> bool:
        if actor.is_system:
            return True
        if actor.kind == "service" and self.name not in actor.scopes:
            return False
        code = None if self.anywhere else getattr(obj, "territory_code", None)
        return (self.everyone or actor.holds(self.roles, code)) and self.where(actor, obj)


PERMISSIONS: dict[str, Permission] = {}


def add_permission(
    name: str,
    label: Text,
    *roles: str,
    where: Where = _always,
    everyone: bool = False,
    anywhere: bool = False,
    reason: Text = "",
) -> None:
    """Register a named permission, once, at import of the domain's ``rules.py``."""
    if name in PERMISSIONS:
        raise ValueError(f"permission {name} is registered twice")
    PERMISSIONS[name] = Permission(name, label, frozenset(roles), where, everyone, anywhere, reason)


def may(actor: Actor, permission: str, obj: Any = None) -> bool:
    return PERMISSIONS[permission].allows(actor, obj)


def require(actor: Actor, permission: str, obj: Any = None) -> None:
    """Raise Forbidden with a sentence unless ``actor`` may. KeyError for an unregistered permission."""
    rule = PERMISSIONS[permission]
    if not rule.allows(actor, obj):
        raise Forbidden(rule.reason or _("Your post does not carry “%(what)s” here.") % {"what": rule.label})
