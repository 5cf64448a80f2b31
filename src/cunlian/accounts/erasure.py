"""What erasing a person leaves of their account: a key and nothing that says whose it was."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from cunlian.accounts.models import CodeAsker, LoginCode, User
from cunlian.kernel.records import change


def forget(user: User) -> None:
    """Name, address, phone, password and second factor gone for good. Called inside ``people.erase_person``, whose
    permission and activity row it shares."""
    LoginCode.objects.filter(phone_digest=user.phone_digest).exclude(phone_digest="").delete()
    CodeAsker.objects.filter(digest=user.phone_digest).delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    change(user, username=f"erased-{user.pk.hex}", email="", display_name="", phone_digest="", is_active=False)
