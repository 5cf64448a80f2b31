"""Plans for reserve cadres, persons being cultivated, mentoring with its meetings, education upgrades."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models import CountyDecision, Post
from cunlian.organisations.querysets import CountyDecisionQuerySet
from cunlian.people.models import Person
from cunlian.places.models import Place
from cunlian.talent.mentoring.querysets import (
    CultivationQuerySet,
    EducationQuerySet,
    MenteeQuerySet,
    MentoringQuerySet,
    ReservePlanQuerySet,
)
from cunlian.talent.mentoring.rhythm import MOST_MONTHS
from cunlian.talent.mentoring.states import MentoringState, PlanState, Stage, StudyState


class MentoringRhythm(CountyDecision):
    """How often mentor and mentees meet here unless they agree on something else, and why."""

    KIND = "mentoring_rhythm"

    every_months = models.PositiveSmallIntegerField(_("they meet every … months"))
    reason = models.CharField(_("reason"), max_length=200)

    objects = CountyDecisionQuerySet["MentoringRhythm"].as_manager()

    class Meta(CountyDecision.Meta):
        constraints: ClassVar = [
            *CountyDecision.Meta.constraints,
            models.CheckConstraint(
                name="mentoring_rhythm_some_months", condition=Q(every_months__range=(1, MOST_MONTHS))
            ),
        ]


class ReservePlan(Record):
    """How many reserve cadres (后备干部) ``place`` means to cultivate in a year, on a paper. ``declared_count``: a number
    somebody reports without names, with its source; it is never added to the persons counted."""

    KIND = "reserve_plan"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="reserve_plans")
    year = models.PositiveSmallIntegerField(_("year"))
    wanted = models.PositiveSmallIntegerField(_("how many are wanted"))
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    declared_count = models.PositiveSmallIntegerField(_("declared number"), null=True)
    declared_source = models.CharField(_("source of the number"), max_length=200, blank=True)
    state = models.CharField(
        pgettext_lazy("reserve plan", "state"), max_length=10, choices=PlanState, default=PlanState.DRAFT
    )
    invented = models.BooleanField(_("invented"), default=False)

    objects = ReservePlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "year"], name="reserve_plan_once"),
            models.CheckConstraint(
                name="reserve_plan_declared_with_source", condition=Q(declared_count=None) | ~Q(declared_source="")
            ),
            models.CheckConstraint(name="reserve_plan_on_paper", condition=Q(state=PlanState.DRAFT) | ~Q(paper="")),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.year}"

    @property
    def territory_code(self) -> str:
        return self.place.code


class CultivationKind(models.TextChoices):
    RESERVE_CADRE = "reserve_cadre", pgettext_lazy("cultivation", "Reserve cadre")
    INDUSTRY_LEADER = "industry_leader", pgettext_lazy("cultivation", "Leader of an industry")
    LOCAL_EXPERT = "local_expert", pgettext_lazy("cultivation", "Local expert")
    NEW_FARMER = "new_farmer", pgettext_lazy("cultivation", "New farmer")


class Outcome(models.TextChoices):
    """What came of it."""

    POST = "post", pgettext_lazy("cultivation", "Took a post")
    BUSINESS = "business", pgettext_lazy("cultivation", "Started or leads a business")
    STANDS = "stands", pgettext_lazy("cultivation", "Stands on their own feet and helps others")
    STOPPED = "stopped", pgettext_lazy("cultivation", "Stopped")


class Cultivation(Record):
    """That a person is being cultivated in one kind, from a day on. ``plan``: of a reserve cadre. ``post``: the one they
    took, where that is the outcome."""

    KIND = "talent_cultivation"
    PERSONAL = frozenset({"person", "aim", "outcome"})

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="cultivations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cultivations")
    cultivation_kind = models.CharField(_("kind"), max_length=16, choices=CultivationKind)
    plan = models.ForeignKey(ReservePlan, on_delete=models.PROTECT, null=True, blank=True, related_name="cultivations")
    aim = models.CharField(_("what for"), max_length=200, blank=True)
    starts_on = models.DateField(_("since"))
    ended_on = models.DateField(null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="cultivations")
    state = models.CharField(
        pgettext_lazy("cultivation", "stage"), max_length=10, choices=Stage, default=Stage.PROPOSED
    )
    by_consent = models.BooleanField(default=True)

    objects = CultivationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "cultivation_kind"], condition=Q(ended_on=None), name="cultivation_running_once"
            ),
            models.CheckConstraint(
                name="cultivation_dates", condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cultivation_kind_display()} · {self.person}"

    @property
    def territory_code(self) -> str:
        return self.place.code


class MentoringKind(models.TextChoices):
    NEW_CADRE = "new_cadre", pgettext_lazy("mentoring", "New member of a village's two committees")
    RESERVE_CADRE = "reserve_cadre", pgettext_lazy("mentoring", "Reserve cadre")
    SKILL = "skill", pgettext_lazy("mentoring", "Skill")
    BUSINESS = "business", pgettext_lazy("mentoring", "Starting a business")


class Mentoring(Record):
    """One mentor and one or more mentees for a term. The mentor is a post, a member of the village or an outside expert:
    one of the three; none after that member was erased. ``ends_on``: the day the term ends, as agreed. They meet
    ``every_months``, next on ``meet_next_on``; ``promise``: the meeting that is owed, once that day has come."""

    KIND = "mentor_pair"
    PERSONAL = frozenset({"mentor_person", "expert", "goals", "result"})

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="mentorings")
    mentoring_kind = models.CharField(_("kind"), max_length=16, choices=MentoringKind)
    mentor_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="mentorings")
    mentor_person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentorings"
    )
    expert = models.CharField(_("outside expert"), max_length=120, blank=True)
    goals = models.CharField(_("goals"), max_length=500)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("until"))
    every_months = models.PositiveSmallIntegerField(_("they meet every … months"))
    meet_next_on = models.DateField(null=True)
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    result = models.CharField(_("result"), max_length=500, blank=True)
    state = models.CharField(
        pgettext_lazy("mentoring", "state"), max_length=12, choices=MentoringState, default=MentoringState.RUNNING
    )
    by_consent = models.BooleanField(default=False)

    objects = MentoringQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["meet_next_on"], name="mentoring_meets_next", condition=Q(state=MentoringState.RUNNING)
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="mentoring_dates", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="mentoring_meets", condition=Q(every_months__range=(1, MOST_MONTHS))),
            models.CheckConstraint(
                name="mentoring_one_mentor",
                condition=Q(mentor_post=None, mentor_person=None)
                | (Q(expert="") & (Q(mentor_post=None) | Q(mentor_person=None))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mentoring_kind_display()} · {self.mentor}"

    @property
    def mentor(self) -> str:
        return str(self.mentor_post or self.mentor_person or self.expert or "—")

    @property
    def territory_code(self) -> str:
        return self.place.code


class Mentee(Record):
    """Who is mentored."""

    KIND = "mentee"
    PERSONAL = frozenset({"person"})

    mentoring = models.ForeignKey(Mentoring, on_delete=models.CASCADE, related_name="mentees")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentees")
    joined_on = models.DateField()
    by_consent = models.BooleanField(default=False)

    objects = MenteeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mentoring", "person"], name="mentee_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.mentoring.get_mentoring_kind_display()}"

    @property
    def territory_code(self) -> str:
        return self.mentoring.place.code


class MentorMeeting(Record):
    """A day on which mentor and mentees met, and what was agreed."""

    KIND = "mentor_meeting"
    PERSONAL = frozenset({"agreed"})

    mentoring = models.ForeignKey(Mentoring, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("day"))
    agreed = models.CharField(_("what was agreed"), max_length=500)

    @property
    def territory_code(self) -> str:
        return self.mentoring.place.code


class Programme(models.TextChoices):
    VOCATIONAL = "vocational", pgettext_lazy("education", "Vocational secondary school")
    COLLEGE = "college", pgettext_lazy("education", "Junior college")
    BACHELOR = "bachelor", pgettext_lazy("education", "Bachelor")
    OTHER = "other", pgettext_lazy("education", "Another course of study")


class EducationUpgrade(Record):
    """That a person was won over to raise their schooling: ``won_on``; enrolled from–``until`` as planned; and how it
    ended."""

    KIND = "education_upgrade"
    PERSONAL = frozenset({"person", "school"})

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="education_upgrades")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="education_upgrades")
    programme = models.CharField(_("programme"), max_length=12, choices=Programme)
    school = models.CharField(_("school"), max_length=120, blank=True)
    won_on = models.DateField(_("won over on"))
    starts_on = models.DateField(_("begins on"), null=True)
    until = models.DateField(_("until"), null=True)
    ended_on = models.DateField(null=True)
    state = models.CharField(
        pgettext_lazy("education", "state"), max_length=12, choices=StudyState, default=StudyState.WON_OVER
    )
    by_consent = models.BooleanField(default=True)

    objects = EducationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "programme"], condition=Q(ended_on=None), name="education_running_once"
            ),
            models.CheckConstraint(
                name="education_dates", condition=Q(until=None) | Q(starts_on=None) | Q(until__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_programme_display()} · {self.person}"

    @property
    def territory_code(self) -> str:
        return self.place.code
