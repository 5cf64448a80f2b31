"""Persons. Phone, ID number and birth date are encrypted, found again by a keyed digest, masked by default."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import secrets
from cunlian.kernel.records import Record
from cunlian.people.models.households import Household
from cunlian.people.querysets import PersonMergeQuerySet, PersonQuerySet
from cunlian.places.models import Place

VALUES = frozenset({"name", "gender", "birth_year", "birth_date", "phone", "phone_digest", "id_number", "id_digest"})
"""What is known about a person: the fields ``Person`` and ``PersonVersion`` share."""


class Known(Record):
    """Who somebody is. ``phone``, ``id_number`` and ``birth_date`` (ISO) are ciphertext; ``*_digest`` is the blind index.
    ``birth_year`` stands in the clear, for counting."""

    class Gender(models.TextChoices):
        UNKNOWN = "", _("Not stated")
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    name = models.CharField(_("person's name"), max_length=60)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    birth_year = models.SmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_date = models.BinaryField(blank=True)
    phone = models.BinaryField(blank=True)
    phone_digest = models.CharField(max_length=64, blank=True)
    id_number = models.BinaryField(blank=True)
    id_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Masked, so that a name slips into no page, message or trace by accident; ``name`` is asked for by name."""
        return self.masked_name

    @property
    def masked_name(self) -> str:
        return secrets.mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        return secrets.mask_phone(secrets.decrypt(self.phone)) if self.phone else ""

    @property
    def masked_id_number(self) -> str:
        return secrets.mask_id(secrets.decrypt(self.id_number)) if self.id_number else ""

    @property
    def has_old_id_number(self) -> bool:
        """The identity number kept is one of the old ones of 15 digits, which ended with 2012."""
        return bool(self.id_number) and len(secrets.decrypt(self.id_number)) == 15

    @property
    def has_birth_date(self) -> bool:
        return bool(self.birth_date)


class Person(Known):
    """Somebody known to the county. In the register is who is a member of a household; others are known because they
    reported something or hold a post. ``household``, ``is_head`` and ``is_away`` hold what is so today; ``Membership`` and
    ``Absence`` have every day's. ``gone_on``: since when in no register, and why. ``withheld``: known from a complaint about
    service alone; in nobody's list, count or look-up, for the row would tell who complained."""

    KIND = "person"
    PERSONAL = VALUES | {"household", "is_head", "is_away", "gone_on", "gone_because", "merged_into", "withheld"}

    class Gone(models.TextChoices):
        DIED = "died", _("Died")
        MOVED_OUT = "moved_out", _("Moved out")
        MERGED = "merged", _("Was registered twice")

    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="persons")
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    is_head = models.BooleanField(default=False)
    is_away = models.BooleanField(_("away"), default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    gone_on = models.DateField(null=True, blank=True)
    gone_because = models.CharField(max_length=10, choices=Gone, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="merged_from")
    erased_at = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)
    withheld = models.BooleanField(default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # Of all rows, the many empty ones too: SQLite does not see that a digest asked for is none of those.
            models.Index(fields=["phone_digest"], name="person_phone_digest"),
            models.Index(fields=["id_digest"], name="person_id_digest"),
            # LIKE 'x%' needs this operator class on PostgreSQL whatever its collation; SQLite pays no heed to it.
            models.Index(fields=["name"], name="person_name", opclasses=["varchar_pattern_ops"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="person_gone_for_a_reason",
                condition=Q(gone_on=None, gone_because="") | (Q(gone_on__isnull=False) & ~Q(gone_because="")),
            ),
        ]

    @property
    def territory_code(self) -> str:
        if self.household:
            return self.household.territory_code
        return self.place.code if self.place else ""

    @property
    def can_be_told(self) -> bool:
        """By text message: whoever left a phone and lives."""
        return bool(self.phone) and self.gone_because != self.Gone.DIED

    def version(self, ends_on: date) -> PersonVersion:
        """What is known now, unsaved, as a row that ends on ``ends_on``."""
        return PersonVersion(person=self, ends_on=ends_on, **{name: getattr(self, name) for name in VALUES})


class PersonVersion(Known):
    """What was known about a person before it was corrected, from a day (empty: from the first) to a day (exclusive). Only
    the past: the present stands on the person. Goes when the person is erased."""

    KIND = "person_version"
    PERSONAL = VALUES

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="versions")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "ends_on"], name="person_version_of_person")]


class PersonMerge(Record):
    """That two files were of one person: ``moved`` lists what pointed at ``gone`` and points at ``kept`` since, as
    {"app.Model.field": [keys]}; ``brought`` what else the file kept was given, by name and key, so that an undo finds it.
    Memberships, absences and corrections stay with ``gone``: they are its history. Entered on ``entered_on``, it can be
    undone for ``UNDO_DAYS``."""

    KIND = "person_merge"
    PERSONAL = frozenset({"moved", "brought", "undone_because"})
    UNDO_DAYS = 90

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_away")
    day = models.DateField()
    moved = models.JSONField(default=dict)
    brought = models.JSONField(default=dict)
    entered_on = models.DateField()
    undone_on = models.DateField(null=True, blank=True)
    undone_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = PersonMergeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="person_merge_undone_for_a_reason", condition=Q(undone_on=None) | ~Q(undone_because="")
            ),
        ]

    @property
    def undo_until(self) -> date:
        """The last day on which it can be undone."""
        return self.entered_on + timedelta(days=self.UNDO_DAYS)

    @property
    def place_id(self) -> object:
        return self.gone.place_id

    @property
    def territory_code(self) -> str:
        return self.gone.territory_code


class PersonPair(Record):
    """Two files that look alike and are of two persons: somebody looked and said so. ``first`` has the smaller key."""

    KIND = "person_pair"
    PERSONAL = frozenset({"first", "second"})

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second"], name="person_pair_once")]
