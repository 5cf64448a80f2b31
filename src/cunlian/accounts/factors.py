"""Second factors: whether this session showed one, and the known one of demonstration accounts."""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from cunlian.accounts.models import User

# Base32, as an authenticator app takes it. Known to everybody: it protects nothing and exists in demonstrations only.
DEMO_SECRET = "CUNLIANDEMONSTRATIONONLY2AAAAAAA"


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def has_shown_factor(request: HttpRequest, user: User) -> bool:
    """The second factor was shown in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def give_demo_factor(user: User) -> None:
    """The known second factor, so that a visitor of a demonstration can log in. Refused anywhere else."""
    if not settings.DEMO:
        raise ImproperlyConfigured("A known second factor is for demonstrations only (CUNLIAN_DEMO=1).")
    if not has_factor(user):
        TOTP.activate(user, DEMO_SECRET)


def demo_code(user: User | None) -> str:
    """The code that fits now, for an account with the known factor in a demonstration; else nothing."""
    if not settings.DEMO or user is None:
        return ""
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if factor is None or decrypt(factor.data["secret"]) != DEMO_SECRET:
        return ""
    return str(format_hotp_value(hotp_value(DEMO_SECRET, int(time.time()) // 30)))


@dataclass(frozen=True)
class DemoAccount:
    """A log-in of the demonstration: its user name, who it is, in which role and where."""

    username: str
    name: str
    role: str
    where: str


def _demo_account(user: User) -> DemoAccount:
    held = sorted(user.role_grants.all(), key=lambda grant: (grant.source_kind != "posting", grant.starts_on))
    first = held[0] if held else None
    role = first.get_role_display() if first else ""
    return DemoAccount(user.username, user.display_name, role, str((first.area or first.place) if first else ""))


def demo_accounts() -> list[DemoAccount]:
    """Staff accounts of the demonstration, for the log-in page to name; none anywhere else."""
    if not settings.DEMO:
        return []
    factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__is_active=True).select_related("user")
    factors = factors.prefetch_related("user__role_grants__place", "user__role_grants__area").order_by(
        "user__created_at"
    )
    return [_demo_account(row.user) for row in factors[:40] if decrypt(row.data["secret"]) == DEMO_SECRET]
