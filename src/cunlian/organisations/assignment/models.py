"""A proposal of who takes what: the posts that may answer, the objects to be answered for, and the pairs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.models import Job
from cunlian.kernel.records import Record
from cunlian.organisations.assignment.querysets import (
    AssignmentLineQuerySet,
    AssignmentPostQuerySet,
    AssignmentQuerySet,
)
from cunlian.organisations.assignment.states import State
from cunlian.organisations.models.units import Post
from cunlian.organisations.responsibility.models import ResponsibilityList
from cunlian.people.models import Household
from cunlian.places.models import Area, Lane, Place, VillagerGroup, Way


class Assignment(Record):
    """One for a list at a time. ``keep``: how much further, in km, minutes or villages of ``way``, somebody may be who had
    the same pair last year and keeps it."""

    KIND = "assignment"

    on_list = models.ForeignKey(ResponsibilityList, on_delete=models.CASCADE, related_name="assignments")
    way = models.CharField(_("near means"), max_length=8, choices=Way, default=Way.POINTS)
    keep = models.PositiveSmallIntegerField(_("worth of a pair of last year"), default=5)
    state = models.CharField(pgettext_lazy("assignment", "state"), max_length=9, choices=State, default=State.DRAFT)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    invented = models.BooleanField(_("invented"), default=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["on_list"], condition=Q(state__in=[State.DRAFT, State.PROPOSED]), name="assignment_one_open"
            ),
            models.CheckConstraint(
                name="assignment_ended",
                condition=Q(state__in=[State.DRAFT, State.PROPOSED], ended_on=None)
                | Q(state__in=[State.CONFIRMED, State.DROPPED], ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.on_list)

    @property
    def territory_code(self) -> str:
        return self.on_list.place.code

    @property
    def busy(self) -> bool:
        return self.job is not None and self.job.state in (Job.State.WAITING, Job.State.RUNNING)


class AssignmentPost(Record):
    """A post that may answer, and the most it takes."""

    KIND = "assignment_post"

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="posts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    ceiling = models.PositiveSmallIntegerField(_("takes at most"), null=True)

    objects = AssignmentPostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "post"], name="assignment_post_once"),
        ]

    def __str__(self) -> str:
        return str(self.post)

    @property
    def territory_code(self) -> str:
        return self.assignment.territory_code


class AssignmentLine(Record):
    """One object. ``post``: who would take it; ``before``: who has its line on the draft; ``last_year``: who answers for it
    in this capacity as it is. ``far`` and ``far_before``: metres, minutes or villages to the place of the post's unit, None
    when not known. ``fixed``: a person said who takes it."""

    KIND = "assignment_line"

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="lines")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, related_name="+")
    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(VillagerGroup, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    last_year = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    far = models.PositiveIntegerField(null=True)
    far_before = models.PositiveIntegerField(null=True)
    fixed = models.BooleanField(default=False)

    objects = AssignmentLineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="assignment_line_fixed", condition=Q(fixed=False) | Q(post__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.household or self.group or self.lane or self.area or self.place)

    @property
    def territory_code(self) -> str:
        return self.assignment.territory_code


class BarredPair(Record):
    """That a post may not take an object."""

    KIND = "barred_pair"

    line = models.ForeignKey(AssignmentLine, on_delete=models.CASCADE, related_name="barred")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "post"], name="barred_pair_once")]

    @property
    def territory_code(self) -> str:
        return self.line.territory_code
