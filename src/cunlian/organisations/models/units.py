"""Units, posts in them, who holds a post and who stands in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.models import User
from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.numerals import NumbersInOrder
from cunlian.kernel.records import Record
from cunlian.organisations.querysets import (
    LeaveQuerySet,
    OrganisationQuerySet,
    PostingQuerySet,
    PostQuerySet,
    StandInQuerySet,
)
from cunlian.people.models import Person
from cunlian.places.models import Area, Place


class OrganisationKind(models.TextChoices):
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    PARTY_GENERAL_BRANCH = "party_general_branch", _("General Party branch")
    PARTY_BRANCH = "party_branch", _("Party branch")
    PARTY_GROUP = "party_group", _("Party group")
    VILLAGERS_COMMITTEE = "villagers_committee", _("Villagers' committee")
    SUPERVISION_COMMITTEE = "supervision_committee", _("Village supervision committee")
    VILLAGER_GROUP = "villager_group", _("Villager group")
    COLLECTIVE = "collective", _("Rural collective economic organisation")
    COLLECTIVE_ASSEMBLY = "collective_assembly", _("Members' assembly of a collective")
    COLLECTIVE_BOARD = "collective_board", _("Board of a collective")
    COLLECTIVE_SUPERVISORS = "collective_supervisors", _("Supervisors of a collective")
    MEDIATION_COMMITTEE = "mediation_committee", _("People's mediation committee")
    GRID_CENTRE = "grid_centre", _("Grid centre")
    TOWNSHIP_OFFICE = "township_office", _("Township office")
    COUNTY_DEPARTMENT = "county_department", _("County department")
    PETITION_OFFICE = "petition_office", _("Petition office")
    ENTERPRISE = "enterprise", _("Enterprise")
    COOPERATIVE = "cooperative", _("Farmers' cooperative")
    FAMILY_FARM = "family_farm", _("Family farm")
    SOCIAL_ORGANISATION = "social_organisation", _("Social organisation")
    INSTITUTE = "institute", _("College or research institute")
    TEAM = "team", _("Team")
    WORK_STATION = "work_station", _("Work station")


K = OrganisationKind
PARTY_KINDS = frozenset({K.PARTY_COMMITTEE, K.PARTY_GENERAL_BRANCH, K.PARTY_BRANCH, K.PARTY_GROUP})
# A village's Party organisation is a branch, a general branch or a committee, by its size.
PARTY_BODIES = PARTY_KINDS - {K.PARTY_GROUP}


class SetUpOn(models.TextChoices):
    """What a Party organisation is set up on, when that is not simply its place."""

    PLACE = "", _("its place")
    AREA = "area", _("an area")
    VILLAGES = "villages", _("several villages together")
    INDUSTRY_CHAIN = "industry_chain", _("an industry chain")
    TEAM = "team", _("a team")
    GRID = "grid", _("a grid")


class Organisation(Record):
    """A unit: a committee, an office, a department, a firm, a team. ``place`` is the territory it works for, ``area`` its
    home when it was set up for one. ``set_up_on``: what a Party organisation stands on, called ``set_up_name`` (the chain,
    the team). ``holds_power``: may decide licences, penalties and coercion, which the law keeps from grids and villages
    (泸州网格条例 Art. 15). ``name_order``: the name as lists sort it, by the number in it."""

    KIND = "organisation"

    name = models.CharField(_("name"), max_length=120)
    name_order = models.GeneratedField(
        expression=NumbersInOrder("name"), output_field=models.CharField(max_length=120), db_persist=True
    )
    organisation_kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="organisations")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations")
    set_up_on = models.CharField(_("set up on"), max_length=20, choices=SetUpOn, blank=True)
    set_up_name = models.CharField(_("called"), max_length=80, blank=True)
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


class PostKind(models.TextChoices):
    """What a post is by the rules on village organisations, whatever its title says."""

    OTHER = "", _("another post")
    SECRETARY = "secretary", _("Party secretary")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy Party secretary")
    COMMITTEE_MEMBER = "committee_member", _("Member of the committee")
    DIRECTOR = "director", _("Head of the committee")
    DEPUTY_DIRECTOR = "deputy_director", _("Deputy head of the committee")
    DIRECTOR_ASSISTANT = "director_assistant", _("Assistant to the head")
    FIRST_SECRETARY = "first_secretary", _("First secretary")
    TASK_FORCE = "task_force", _("Member of the village task force")
    TOWN_LEADER = "town_leader", _("In the leadership of a town")


P = PostKind
SEATS = frozenset({P.SECRETARY, P.DEPUTY_SECRETARY, P.COMMITTEE_MEMBER, P.DIRECTOR, P.DEPUTY_DIRECTOR})
"""The posts that make up a committee."""


class Post(Record):
    """A seat in a unit. It carries ``role`` over ``place``, or over the villages of ``area`` when one is named, to
    whoever holds it. ``rank``: 1 is the head of the unit."""

    KIND = "post"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("title"), max_length=60)
    post_kind = models.CharField(_("kind of post"), max_length=20, choices=PostKind, blank=True)
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
    """That a person holds a post, from a day to a day (exclusive), and on what basis. The term runs ``term_from`` to
    ``term_to`` (exclusive): somebody may come late into it, and one who stays past it is past term. ``sent_by``: the unit
    that dispatched or lent them, where they keep their place. ``conflict``: what the person declared on the day; there is
    no register of kinship. ``filed_on``: when the county took a village secretary into its file (县级备案)."""

    KIND = "posting"
    PERSONAL = frozenset({"conflict"})

    class Basis(models.TextChoices):
        ELECTED = "elected", _("Elected")
        APPOINTED = "appointed", _("Appointed")
        DISPATCHED = "dispatched", _("Dispatched")
        SECONDED = "seconded", _("Seconded")
        RETURNED = "returned", _("Returned home")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="postings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    basis = models.CharField(_("basis"), max_length=20, choices=Basis, default=Basis.APPOINTED)
    sent_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="sent")
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    conflict = models.CharField(_("conflict declared"), max_length=300, blank=True)
    term_from = models.DateField(null=True, blank=True)
    term_to = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    filing_paper = models.CharField(_("number in the county's file"), max_length=100, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="posting_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))),
            models.UniqueConstraint(fields=["post"], condition=Q(ends_on=None), name="posting_one_holder"),
            models.CheckConstraint(
                name="posting_term", condition=Q(term_from=None) | Q(term_to=None) | Q(term_to__gt=F("term_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.person}"

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


class Leave(Record):
    """That the holder of a post is away from a day to a day (exclusive), whether or not somebody stands in. Why is nobody's
    business here: no reason is kept."""

    KIND = "leave"

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="leaves")
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = LeaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="leave_dates", condition=Q(ends_on__gt=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return str(self.posting.post)

    @property
    def territory_code(self) -> str:
        return self.posting.territory_code

    @property
    def place_id(self) -> object:
        return self.posting.place_id
