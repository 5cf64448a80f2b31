"""What allauth asks of us: no sign-up, our words, mail through our outbox, secrets of second factors encrypted."""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.models import User
from cunlian.kernel import clock, messages, secrets
from cunlian.kernel.ids import uuid7

LOCKED_FOR = timedelta(minutes=5)
"""How long five wrong tries lock an account; ``ACCOUNT_RATE_LIMITS`` in the settings says the same to allauth."""
FRESH_SECONDS = 300
LOCKED = _(
    "Too many wrong tries. You can try again at %(time)s. If you have forgotten your password, ask your administrator "
    "for a new one."
)


class AccountAdapter(DefaultAccountAdapter):
    """Log-in of staff by user name and password. Residents log in by a code, see codes.py."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("User name and password do not fit together. Please check both."),
        "account_inactive": _("This account is closed. Please ask your administrator."),
        "enter_current_password": _("Please write your present password."),
        "incorrect_password": _("This is not your password. Please check it."),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code in ("too_many_login_attempts", "rate_limited"):
            free = (clock.now() + LOCKED_FOR + timedelta(seconds=59)).astimezone(clock.SHANGHAI)
            return ValidationError(LOCKED % {"time": f"{free:%H:%M}"}, code=code)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Staff accounts are opened by an administrator; residents need none."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/" if getattr(request.user, "is_resident", False) else "/desk/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def set_password(self, user: User, password: str) -> None:
        """Chosen by its owner, on the page of their account or by the link sent to them."""
        user.password_given = False
        super().set_password(user, password)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of logging in: nobody writes the same password twice in a row."""
        newest = get_authentication_records(context.request, context.request.user)[-1:]
        fresh = bool(newest) and time.time() - float(newest[0]["at"]) < FRESH_SECONDS
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the page itself says what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox like every other message: retried, logged on the page of failures, erased after a
        month."""
        mail = self.render_mail(template_prefix, email, context)
        messages.queue(
            key=f"account-mail:{uuid7()}", channel="email", address=email, subject=mail.subject, body=mail.body
        )


class FactorAdapter(DefaultMFAAdapter):
    """The second factor: its secret is encrypted at rest, and staff cannot switch it off."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Codes change every 30 seconds; please use the newest."),
        "cannot_delete_authenticator": _("Staff need a second factor. For a new phone, ask your administrator."),
    }

    def encrypt(self, text: str) -> str:
        return b64encode(secrets.encrypt(text)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(b64decode(encrypted_text))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return bool(authenticator.user.is_resident)

    def get_totp_label(self, user: User) -> str:
        """The user name only: the app on a phone is no place for more."""
        return user.username

    def get_totp_issuer(self) -> str:
        return "Cunlian"
