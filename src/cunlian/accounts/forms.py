"""allauth's forms in the manner of the house: label above, no placeholder, our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm as BaseChangePasswordForm
from allauth.account.forms import LoginForm as BaseLoginForm
from allauth.account.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as BaseResetPasswordKeyForm
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseFactorForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateForm
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.factors import DEMO_SECRET, DemoAccount, demo_accounts, demo_code
from cunlian.accounts.models import User

CODE_HINT = _("Six digits from the app on your phone, or one of your recovery codes.")


class Plain(forms.Form):
    """Takes placeholders and linked help texts away and puts the given labels."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.hints.get(name, "")
            if name in self.labels:
                field.label = self.labels[name]


class LoginForm(Plain, BaseLoginForm):
    labels = {"login": _("User name"), "password": _("Password")}

    @property
    def demo_accounts(self) -> list[DemoAccount]:
        return demo_accounts()


class ReauthenticateForm(Plain, BaseReauthenticateForm):
    labels = {"password": _("Password")}


class ChangePasswordForm(Plain, BaseChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {"password1": _("At least 10 characters, not a common word, not your name.")}

    def clean_password1(self) -> str:
        chosen = str(self.cleaned_data["password1"])
        if chosen == self.cleaned_data.get("oldpassword"):
            raise forms.ValidationError(_("This is your present password. Please choose another."))
        return chosen


class ResetPasswordForm(Plain, BaseResetPasswordForm):
    labels = {"email": _("Your e-mail address")}


class ResetPasswordKeyForm(Plain, BaseResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": _("At least 10 characters, not a common word, not your name.")}


class _Demo:
    """The code of a demonstration account is shown, and works for two visitors within one half minute."""

    user: User
    data: Any

    @property
    def demo_code(self) -> str:
        return demo_code(self.user)

    def _clean_demo(self) -> Authenticator | None:
        code = str(self.data.get("code", "")).strip()
        if demo_code(self.user) and validate_totp_code(DEMO_SECRET, code):
            return Authenticator.objects.get(user=self.user, type=Authenticator.Type.TOTP)
        return None


class AuthenticateForm(_Demo, Plain, BaseAuthenticateForm):
    labels = {"code": _("Code")}
    hints = {"code": CODE_HINT}

    def clean_code(self) -> str:
        if factor := self._clean_demo():
            self.authenticator = factor
            return str(self.cleaned_data["code"])
        return str(super().clean_code())


class FactorForm(_Demo, Plain, BaseFactorForm):
    """The second factor once more, inside a session."""

    labels = {"code": _("Code")}
    hints = {"code": CODE_HINT}

    def clean_code(self) -> str:
        if factor := self._clean_demo():
            self.authenticator = factor
            return str(self.cleaned_data["code"])
        return str(super().clean_code())


class ActivateForm(Plain, BaseActivateForm):
    """Setting up the second factor shows it as well: nobody is asked for a second code in the same minute."""

    labels = {"code": _("Code")}
    hints = {"code": _("Six digits the app shows after you have read the picture with it.")}

    def clean_code(self) -> str:
        code = str(super().clean_code())
        record_authentication(context.request, self.user, method="mfa", type=str(Authenticator.Type.TOTP))
        return code
