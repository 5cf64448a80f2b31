"""Second factors: whether this session showed one, and the known one of demonstration accounts."""

from __future__ import annotations

import time

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


def demo_accounts() -> list[User]:
    """Staff accounts of the demonstration, for the log-in page to name; none anywhere else."""
    if not settings.DEMO:
        return []
    factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__is_active=True).select_related("user")
    return [row.user for row in factors.order_by("user__created_at")[:40] if decrypt(row.data["secret"]) == DEMO_SECRET]
