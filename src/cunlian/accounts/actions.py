"""What is done with accounts: opening and closing them, roles by hand, keys for programs, the language."""

from __future__ import annotations

import secrets as random
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.actors import digest_of
from cunlian.accounts.models import RoleGrant, ServiceKey, User
from cunlian.accounts.roles import BY_HAND, STAFF, Role
from cunlian.kernel import clock, log, messages, outbox
from cunlian.kernel.access import PERMISSIONS, Actor, require
from cunlian.kernel.models import Message, OutboxEntry
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.places.models import Area, District, Place, on


def check_password(password: str, user: User) -> None:
    """Invalid with every rule the password breaks (settings.AUTH_PASSWORD_VALIDATORS)."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None


@transaction.atomic
def create_user(*, by: Actor, username: str, password: str, display_name: str = "", email: str = "") -> User:
    """A staff account. It carries no role until its person is appointed to a post. The password ``by`` chose is good for one
    log-in, at which its owner chooses another."""
    require(by, "accounts.create_user")
    user = User(
        username=username.strip(), display_name=display_name.strip(), email=email.strip(), password_given=not by.is_system
    )  # fmt: skip
    if not user.username:
        raise Invalid(_("Please choose a user name."), field="username")
    if User.objects.filter(username__iexact=user.username).exists():
        raise Conflict(
            _("This user name is taken. Please choose another, e.g. with the village's name."), field="username"
        )
    check_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    log.record(by, "accounts.user_created", user)
    return user


@transaction.atomic
def deactivate_user(user: User, *, by: Actor) -> User:
    """Nobody can log in with it any more, and whoever is logged in is out with the next page. Roles and history
    stay."""
    user = lock(user)
    require(by, "accounts.deactivate_user", user)
    if by.user_id == user.pk:
        raise Invalid(_("You cannot close your own account. Ask another administrator to."))
    changed = change(user, is_active=False)
    log.record(by, "accounts.user_deactivated", user, changed=changed)
    return user


@transaction.atomic
def reset_factor(user: User, *, by: Actor) -> User:
    """For somebody who lost their phone: the second factor is gone and must be set up at the next log-in."""
    user = lock(user)
    require(by, "accounts.reset_factor", user)
    if by.user_id == user.pk:
        raise Invalid(_("Nobody resets their own second factor. Ask another administrator to."))
    Authenticator.objects.filter(user=user).delete()
    log.record(by, "accounts.factor_reset", user)
    return user


@transaction.atomic
def set_password(user: User, *, by: Actor, password: str) -> User:
    """A new password from an administrator, for staff without an e-mail address who forgot theirs: at the next log-in they
    choose another. Other sessions end."""
    user = lock(user)
    require(by, "accounts.set_password", user)
    check_password(password, user)
    user.set_password(password)
    user.password_given = by.user_id != user.pk
    user.save(update_fields=["password", "password_given"])
    log.record(by, "accounts.password_set", user)
    return user


@transaction.atomic
def choose_language(user: User, *, by: Actor, language: str) -> User:
    """The language the account's pages and messages are in."""
    user = lock(user)
    require(by, "accounts.choose_language", user)
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Pages are in Chinese or English."), field="language")
    changed = change(user, language=language)
    log.record(by, "accounts.language_chosen", user, changed=changed)
    return user


@transaction.atomic
def grant_role(
    user: User,
    *,
    by: Actor,
    role: str,
    place: Place | None = None,
    area: Area | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleGrant:
    """A role by hand, over a place or an area. Only for roles no post carries; an outsider's must have an end."""
    user = lock(user)
    where = place or area
    if where is None or (place and area):
        raise Invalid(_("Please choose one place or one area."), field="place")
    require(by, "accounts.grant_role", where)
    if role not in BY_HAND:
        label = Role(role).label if role in Role.values else role
        raise Invalid(
            _("“%(role)s” comes with a post. Appoint the person to the post, and the role follows.") % {"role": label},
            field="role",
        )
    if role == Role.OUTSIDER and ends_on is None:
        raise Invalid(_("An invited outsider's role needs a last day."), field="ends_on")
    start = starts_on or clock.today()
    if ends_on and ends_on <= start:
        raise Invalid(_("The role must end after the day it starts."), field="ends_on")
    grant = RoleGrant.objects.create(user=user, role=role, place=place, area=area, starts_on=start, ends_on=ends_on)
    log.record(by, "accounts.role_granted", grant, changed={"role": (None, role)}, place_id=where.place_id)
    return grant


@transaction.atomic
def end_grant(grant: RoleGrant, *, by: Actor, ends_on: date | None = None) -> RoleGrant:
    """The role ends with the day before ``ends_on``; today by default, which means at once."""
    grant = lock(grant)
    require(by, "accounts.end_grant", grant)
    if grant.source_kind:
        raise Invalid(_("This role comes from a post. End the posting, and the role ends with it."))
    day = ends_on or clock.today()
    others = RoleGrant.objects.filter(on(clock.today()), role=Role.ADMINISTRATOR, user__is_active=True)
    if grant.role == Role.ADMINISTRATOR and not others.exclude(user_id=grant.user_id).exists():
        raise Invalid(_("This is the last administrator. Make somebody else administrator first."))
    changed = change(grant, ends_on=max(day, grant.starts_on))
    log.record(by, "accounts.grant_ended", grant, changed=changed)
    return grant


@transaction.atomic
def make_service_key(
    *,
    by: Actor,
    name: str,
    place: Place,
    role: str,
    scopes: Iterable[str],
    ends_on: date | None = None,
    area: Area | None = None,
    post_id: UUID | None = None,
) -> tuple[ServiceKey, str]:
    """A key for a program and its secret, which is shown this once and never again. It may do what ``role`` may over
    ``place``, and of that only the permissions named in ``scopes``. As a post: see ``organisations.make_post_key``."""
    require(by, "accounts.make_key", place)
    wanted = sorted(set(scopes))
    if not name.strip():
        raise Invalid(_("Please say which program the key is for."), field="name")
    if unknown := [scope for scope in wanted if scope not in PERMISSIONS]:
        raise Invalid(_("There is no permission called “%(name)s”.") % {"name": unknown[0]}, field="scopes")
    if not wanted:
        raise Invalid(_("Please choose what the program may do."), field="scopes")
    if role not in STAFF or role == Role.ADMINISTRATOR:
        raise Invalid(_("A program can hold a staff role, but not an administrator's."), field="role")
    secret = f"cl_{random.token_urlsafe(32)}"
    key = ServiceKey.objects.create(
        name=name.strip(), digest=digest_of(secret), scopes=wanted, place=place, role=role, made_by_id=by.user_id,
        made_at=clock.now(), ends_on=ends_on, area=area, post_id=post_id,
    )  # fmt: skip
    changed = {"role": (None, role), "scopes": (None, wanted), "post": (None, post_id)}
    log.record(by, "accounts.key_made", key, changed=changed)
    return key, secret


@transaction.atomic
def revoke_service_key(key: ServiceKey, *, by: Actor) -> ServiceKey:
    """Refused from now on. Revoking twice is a quiet no-op."""
    key = lock(key)
    require(by, "accounts.revoke_key", key)
    if key.revoked_at:
        return key
    changed = change(key, revoked_at=clock.now())
    log.record(by, "accounts.key_revoked", key, changed=changed)
    return key


@transaction.atomic
def retry_delivery(entry: OutboxEntry | Message, *, by: Actor) -> None:
    """Put a reaction or a message that was given up back in its queue. One that waits or was done stays as it is, and
    so does a message whose text was erased. The log tells of it at the district: queues are no place's own."""
    district = District.current()
    require(by, "deliveries.retry", district)
    entry = lock(entry)
    if entry.state != "failed":
        return
    if isinstance(entry, Message):
        messages.retry(entry)
    else:
        outbox.retry(entry)
    name = entry.channel if isinstance(entry, Message) else entry.reaction
    changed = {"delivery": (None, entry.pk), "name": (None, name), "attempts": (entry.attempts, 0)}
    log.record(by, "deliveries.retried", district, changed=changed)
