"""Who belonged to which household on any day, and who was away."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.records import Record
from cunlian.people.models.households import Household
from cunlian.people.models.persons import Person
from cunlian.people.querysets import MembershipQuerySet
from cunlian.places.models.dated import ends_after_start


class Relation(models.TextChoices):
    """What somebody is to the head of the household (GB/T 4761). Within a household only; there is no register of
    kinship."""

    UNKNOWN = "", _("Not stated")
    HEAD = "head", _("Head of the household")
    SPOUSE = "spouse", _("Husband or wife")
    CHILD = "child", _("Son or daughter")
    CHILD_IN_LAW = "child_in_law", _("Son- or daughter-in-law")
    GRANDCHILD = "grandchild", _("Grandchild")
    PARENT = "parent", _("Father or mother")
    GRANDPARENT = "grandparent", _("Grandparent")
    SIBLING = "sibling", _("Brother or sister")
    OTHER = "other", _("Other")


class Membership(Record):
    """That a person belonged to a household from a day to a day (exclusive). The row without an end says what
    ``Person.household`` and ``Person.is_head`` say; all are written by one action (``people.standing``)."""

    KIND = "membership"
    PERSONAL = frozenset({"person", "household", "relation"})

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("relation to the head"), max_length=12, choices=Relation, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_start("membership_dates"),
            models.UniqueConstraint(fields=["person"], condition=Q(ends_on=None), name="membership_one_household"),
            models.UniqueConstraint(
                fields=["household"], condition=Q(ends_on=None, relation="head"), name="membership_one_head"
            ),
        ]


class Absence(Record):
    """That a person lived elsewhere from a day to a day (exclusive); the row without an end makes ``Person.is_away``.
    ``back_in`` and ``ask_about`` are kept by consent "contact_away" alone: read them through ``people.away``."""

    KIND = "absence"
    PERSONAL = frozenset({"person", "whereabouts", "work", "back_in", "ask_about"})

    class Work(models.TextChoices):
        UNKNOWN = "", _("Not stated")
        FACTORY = "factory", _("Factory")
        BUILDING = "building", _("Building trade")
        SERVICES = "services", _("Shop, restaurant, delivery")
        TRANSPORT = "transport", _("Transport")
        CARE = "care", _("Housekeeping and care")
        FARMING = "farming", _("Farming elsewhere")
        OFFICE = "office", _("Office, school or clinic")
        OWN = "own", _("Business of one's own")
        STUDY = "study", _("Studying")
        FAMILY = "family", _("With the family, without work")
        OTHER = "other", pgettext_lazy("work", "Other work")

    class Season(models.TextChoices):
        UNKNOWN = "", _("Not stated")
        NEW_YEAR = "new_year", _("Spring Festival")
        SPRING = "spring", _("Spring")
        SUMMER = "summer", _("Summer")
        AUTUMN = "autumn", _("Autumn")
        WINTER = "winter", _("Winter")
        HARVEST = "harvest", _("When the fields need hands")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    whereabouts = models.CharField(_("whereabouts"), max_length=60, blank=True)
    work = models.CharField(_("kind of work"), max_length=10, choices=Work, blank=True)
    back_in = models.CharField(_("back in"), max_length=10, choices=Season, blank=True)
    ask_about = models.CharField(_("wants to be asked about"), max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("absence_dates"),
            models.UniqueConstraint(fields=["person"], condition=Q(ends_on=None), name="absence_one_now"),
        ]
