"""Partners: the call, who reviews, an application and what each reviewer said, the agreement; research results taken up, and
teaching bases with a college."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models import Organisation, Post
from cunlian.people.models import Person
from cunlian.places.models import Area, Place, ends_after_start
from cunlian.talent.models.home import HowAgreed
from cunlian.talent.partners.querysets import (
    ApplicationQuerySet,
    PartnerCallQuerySet,
    PartnershipQuerySet,
    ResearchResultQuerySet,
    TeachingBaseQuerySet,
)
from cunlian.talent.partners.states import ApplicationState, CallState, PartnershipState


class ComesFrom(models.TextChoices):
    INSTITUTE = "institute", _("A college or research institute")
    FIRM = "firm", _("A firm or cooperative")
    ALONE = "alone", _("On their own")
    OTHER = "other", pgettext_lazy("partner", "Something else")


class PartnerCall(Record):
    """A call for partners (招募令) on a paper, for a place and perhaps an area. ``number``: its address for strangers."""

    KIND = "partner_call"

    number = models.CharField(max_length=11, unique=True)
    name = models.CharField(_("name of the call"), max_length=120)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="partner_calls")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="partner_calls")
    paper = models.CharField(_("paper"), max_length=200)
    paper_on = models.DateField(_("day of the paper"))
    wanted = models.TextField(_("who is wanted"), max_length=3000)
    offered = models.TextField(_("what is offered"), max_length=3000)
    open_until = models.DateField(_("open until"))
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    objects = PartnerCallQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-open_until", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="partner_call_published", condition=Q(state=CallState.DRAFT) | Q(published_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.place.code


class Reviewer(Record):
    """A post that reviews the applications of a call. The first one named owes the answers."""

    KIND = "partner_reviewer"

    call = models.ForeignKey(PartnerCall, on_delete=models.CASCADE, related_name="reviewers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="partner_reviews")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "post"], name="partner_reviewer_once"),
        ]

    @property
    def place_id(self) -> object:
        return self.call.place_id


class Application(Record):
    """Somebody who would like to be a partner. Only the call's reviewers see it. ``promise``: the answer owed."""

    KIND = "partner_application"
    PERSONAL = frozenset({"person", "unit_name", "offer", "contact_note", "language", "answer"})

    receipt = models.CharField(max_length=11, unique=True)
    call = models.ForeignKey(PartnerCall, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="partner_applications"
    )
    comes_from = models.CharField(_("comes from"), max_length=10, choices=ComesFrom)
    institute = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit_name = models.CharField(_("college, institute or firm"), max_length=120, blank=True)
    offer = models.TextField(_("what they would bring"), max_length=3000, blank=True)
    contact_note = models.CharField(_("when and how to reach"), max_length=100, blank=True)
    language = models.CharField(_("language of messages"), max_length=10, blank=True)
    agreed_how = models.CharField(_("how they agreed"), max_length=10, choices=HowAgreed)
    agreed_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=10, choices=ApplicationState, default=ApplicationState.SENT)
    answer = models.CharField(_("answer to the person"), max_length=500, blank=True)
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]

    def __str__(self) -> str:
        """The receipt, which tells nothing about anybody."""
        return self.receipt

    @property
    def territory_code(self) -> str:
        return self.call.place.code

    @property
    def place_id(self) -> object:
        return self.call.place_id

    @property
    def masked_name(self) -> str:
        return self.person.masked_name if self.person else ""


class Review(Record):
    """What one reviewer said of an application: a conflict, declared by themself at the time, or a word with its reason.
    ``in_favour`` is empty with a conflict."""

    KIND = "partner_review"
    PERSONAL = frozenset({"words"})

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    in_favour = models.BooleanField(_("in favour"), null=True, blank=True)
    words = models.TextField(_("reason"), max_length=1000, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["said_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "post"], name="partner_review_once"),
        ]

    @property
    def place_id(self) -> object:
        return self.application.place_id

    @property
    def is_conflict(self) -> bool:
        return self.in_favour is None


class Partnership(Record):
    """An agreement with a partner, on a paper, for days. ``touches_assets``: of ``asset_village``'s collective; then the
    decision of its own members stands here with paper and day. ``renews``: the agreement before."""

    KIND = "partnership"
    PERSONAL = frozenset({"person", "unit_name"})

    call = models.ForeignKey(PartnerCall, on_delete=models.PROTECT, related_name="partnerships")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    renews = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="partnerships")
    comes_from = models.CharField(_("comes from"), max_length=10, choices=ComesFrom)
    institute = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit_name = models.CharField(_("college, institute or firm"), max_length=120, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="partnerships")
    paper = models.CharField(_("agreement"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    touches_assets = models.BooleanField(_("touches collective assets"), default=False)
    asset_village = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("whose assets")
    )
    decision_paper = models.CharField(_("decision of the village's members"), max_length=200, blank=True)
    decision_on = models.DateField(_("day of the decision"), null=True, blank=True)
    project = models.CharField(_("project, by name"), max_length=120, blank=True)
    outcome = models.TextField(_("outcome"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PartnershipState, default=PartnershipState.RUNNING)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    invented = models.BooleanField(default=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            ends_after_start("partnership_dates"),
            models.CheckConstraint(
                name="partnership_assets_decided_by_members",
                condition=Q(touches_assets=False)
                | (
                    Q(asset_village__isnull=False, decision_on__isnull=False, decision_on__lte=F("starts_on"))
                    & ~Q(decision_paper="")
                ),
            ),
            models.CheckConstraint(
                name="partnership_ended_has_day",
                condition=Q(state=PartnershipState.RUNNING, ended_on=None)
                | (~Q(state=PartnershipState.RUNNING) & Q(ended_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        """Its paper: a thread or a trace shows this, never who it is."""
        return self.paper

    @property
    def territory_code(self) -> str:
        return self.place.code

    @property
    def masked_name(self) -> str:
        return self.person.masked_name if self.person else ""


class ResearchResult(Record):
    """A result of a college or institute that is used in a village: where, by whom, what came of it."""

    KIND = "research_result"

    name = models.CharField(_("the result"), max_length=200)
    institute = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="results_taken_up")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="results_taken_up")
    used_by = models.CharField(_("used by which unit"), max_length=120)
    taken_up_on = models.DateField(_("taken up on"))
    outcome = models.CharField(_("outcome"), max_length=500, blank=True)
    outcome_on = models.DateField(_("as of"), null=True, blank=True)
    invented = models.BooleanField(default=False)

    objects = ResearchResultQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-taken_up_on", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.place.code


class TeachingBase(Record):
    """A place where a college teaches or practises, by agreement, from a day to a day (exclusive)."""

    KIND = "teaching_base"

    name = models.CharField(_("name"), max_length=120)
    institute = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teaching_bases")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="teaching_bases")
    paper = models.CharField(_("agreement"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    invented = models.BooleanField(default=False)

    objects = TeachingBaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [ends_after_start("teaching_base_dates")]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.place.code
