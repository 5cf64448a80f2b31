"""Units, posts in them, who holds a post and who stands in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.models import User
from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.records import Record
from cunlian.organisations.querysets import OrganisationQuerySet, PostingQuerySet, PostQuerySet, StandInQuerySet
from cunlian.people.models import Person
from cunlian.places.models import Area, Place


class OrganisationKind(models.TextChoices):
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    PARTY_BRANCH = "party_branch", _("Party branch")
    VILLAGERS_COMMITTEE = "villagers_committee", _("Villagers' committee")
    SUPERVISION_COMMITTEE = "supervision_committee", _("Village supervision committee")
    MEDIATION_COMMITTEE = "mediation_committee", _("People's mediation committee")
    GRID_CENTRE = "grid_centre", _("Grid centre")
    TOWNSHIP_OFFICE = "township_office", _("Township office")
    COUNTY_DEPARTMENT = "county_department", _("County department")
    PETITION_OFFICE = "petition_office", _("Petition office")
    ENTERPRISE = "enterprise", _("Enterprise")
    TEAM = "team", _("Team")


class Organisation(Record):
    """A unit: a committee, an office, a department, a team. ``place`` is the territory it works for. ``holds_power``:
    may decide licences, penalties and coercion, which the law keeps from grids and villages (泸州网格条例 Art. 15)."""

    KIND = "organisation"

    name = models.CharField(_("name"), max_length=120)
    organisation_kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="organisations")
    phone = models.CharField(_("office phone"), max_length=30, blank=True)
    holds_power = models.BooleanField(_("holds licensing, penalty or coercive power"), default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.place.code


class Post(Record):
    """A seat in a unit. It carries ``role`` over ``place``, or over the villages of ``area`` when one is named, to
    whoever holds it. ``rank``: 1 is the head of the unit."""

    KIND = "post"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("title"), max_length=60)
    role = models.CharField(_("role"), max_length=30, choices=Role)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="posts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    rank = models.SmallIntegerField(_("rank in the unit"), default=5)
    reports_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    objects = PostQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"

    def holder_users(self) -> list[User]:
        """Accounts that act for the post today: its holder's and whoever stands in."""
        acting = Q(post=self) | Q(post__standing_in_for__in=self.stand_ins.on(clock.today()))
        persons = Posting.objects.on(clock.today()).filter(acting).values("person")
        return list(User.objects.filter(person__in=persons, is_active=True).order_by("pk"))

    @property
    def territory_code(self) -> str:
        return self.place.code


class Posting(Record):
    """That a person holds a post, from a day to a day (exclusive), and on what basis."""

    KIND = "posting"

    class Basis(models.TextChoices):
        ELECTED = "elected", _("Elected")
        APPOINTED = "appointed", _("Appointed")
        DISPATCHED = "dispatched", _("Dispatched")
        SECONDED = "seconded", _("Seconded")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="postings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    basis = models.CharField(_("basis"), max_length=20, choices=Basis, default=Basis.APPOINTED)
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="posting_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))),
            models.UniqueConstraint(fields=["post"], condition=Q(ends_on=None), name="posting_one_holder"),
        ]

    @property
    def territory_code(self) -> str:
        return self.post.territory_code

    @property
    def place_id(self) -> object:
        return self.post.place_id


class StandIn(Record):
    """That another post does a post's duties while its holder is away, from a day to a day (exclusive)."""

    KIND = "stand_in"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="stand_ins")
    by_post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="standing_in_for")
    reason = models.CharField(_("reason"), max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = StandInQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="stand_in_dates", condition=Q(ends_on__gt=F("starts_on"))),
        ]

    @property
    def territory_code(self) -> str:
        return self.post.territory_code

    @property
    def place_id(self) -> object:
        return self.post.place_id
