"""Persons. Phone and ID number are encrypted, found again by a keyed digest, masked by default."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import secrets
from cunlian.kernel.records import Record
from cunlian.people.models.households import Household
from cunlian.people.querysets import PersonQuerySet
from cunlian.places.models import Place


class Person(Record):
    """Somebody known to the county. ``phone`` and ``id_number`` are ciphertext; ``*_digest`` is the blind index."""

    KIND = "person"
    PERSONAL = frozenset(
        {
            "name",
            "phone",
            "phone_digest",
            "id_number",
            "id_digest",
            "birth_year",
            "gender",
            "household",
            "is_head",
            "is_away",
        }
    )

    class Gender(models.TextChoices):
        UNKNOWN = "", _("Not stated")
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    name = models.CharField(_("person's name"), max_length=60)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    birth_year = models.SmallIntegerField(_("year of birth"), null=True, blank=True)
    phone = models.BinaryField(blank=True)
    phone_digest = models.CharField(max_length=64, blank=True, db_index=True)
    id_number = models.BinaryField(blank=True)
    id_digest = models.CharField(max_length=64, blank=True, db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="persons")
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    is_head = models.BooleanField(default=False)
    is_away = models.BooleanField(_("away"), default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    erased_at = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)

    objects = PersonQuerySet.as_manager()

    def __str__(self) -> str:
        """Masked, so that a name slips into no page, message or trace by accident; ``name`` is asked for by name."""
        return self.masked_name

    @property
    def territory_code(self) -> str:
        if self.household:
            return self.household.territory_code
        return self.place.code if self.place else ""

    @property
    def masked_name(self) -> str:
        return secrets.mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        return secrets.mask_phone(secrets.decrypt(self.phone)) if self.phone else ""

    @property
    def masked_id_number(self) -> str:
        return secrets.mask_id(secrets.decrypt(self.id_number)) if self.id_number else ""
