"""Users and what was granted to them by hand. Posts grant roles too: see organisations."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.records import Record
from cunlian.places.models import Area, Place


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Record, AbstractBaseUser):
    """An account. Staff log in with a name, a password and a second factor; residents with a one-time code to their
    phone and have no password. The account says nothing about a person beyond this: name and phone lie with
    ``people``."""

    KIND = "user"
    PERSONAL = frozenset({"username", "email", "display_name", "phone_digest"})

    username = models.CharField(_("user name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    display_name = models.CharField(_("name shown"), max_length=60, blank=True)
    phone_digest = models.CharField(
        max_length=64, blank=True, help_text=_("Residents only: the blind index of the phone the code is sent to.")
    )
    is_resident = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    password_given = models.BooleanField(
        default=False, help_text=_("Somebody else chose the password and knows it: the desk opens once it is changed.")
    )
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phone_digest"], condition=~Q(phone_digest=""), name="user_phone_once"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username


class RoleGrant(Record):
    """A role over a place or an area, from a day to a day (exclusive). Given by hand only to administrators, auditors
    and invited outsiders; all other roles come from a post or a duty, named by ``source``."""

    KIND = "role_grant"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=30, choices=Role)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True, db_index=True)
    post_id = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["post_id"], name="role_grant_of_post")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="role_grant_place_or_area",
                condition=Q(place__isnull=False, area=None) | Q(place=None, area__isnull=False),
            ),
            models.CheckConstraint(name="role_grant_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))),
        ]

    @property
    def territory_code(self) -> str:
        where = self.place or self.area
        return where.territory_code if where else ""


class ServiceKey(Record):
    """An API key: its secret is shown once and kept as a digest; ``scopes`` are permission names. With ``post_id`` it acts
    as that post, whose role it has over the post's place, or over the villages of its ``area``."""

    KIND = "service_key"

    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True)
    role = models.CharField(max_length=30, choices=Role)
    post_id = models.UUIDField(null=True, db_index=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)
    made_at = models.DateTimeField()
    ends_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.place.code


class LoginCode(Record):
    """A one-time code sent to a phone. Neither phone nor code nor address is kept, only keyed digests of them; rows are
    thrown away a day after."""

    KIND = "login_code"
    PERSONAL = frozenset({"phone_digest", "address_digest"})

    phone_digest = models.CharField(max_length=64)
    address_digest = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["phone_digest", "sent_at"], name="login_code_of_phone"),
            models.Index(fields=["address_digest", "sent_at"], name="login_code_of_address"),
        ]


class CodeAsker(Record):
    """A phone or an address that asked for a code, one row each, locked while its requests are counted: without it two at
    once would count neither the other. A keyed digest only; thrown away a day after."""

    KIND = "code_asker"
    PERSONAL = frozenset({"digest"})

    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(db_index=True)
