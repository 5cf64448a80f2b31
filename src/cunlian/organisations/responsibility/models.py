"""A yearly list and its lines."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.records import Record
from cunlian.organisations.models.duties import Capacity, Duty
from cunlian.organisations.models.units import Post
from cunlian.organisations.responsibility.querysets import ResponsibilityLineQuerySet, ResponsibilityListQuerySet
from cunlian.organisations.responsibility.states import State
from cunlian.people.models import Household
from cunlian.places.models import Area, Lane, Place, VillagerGroup


class ResponsibilityList(Record):
    """Who answers in one capacity at ``place`` and below it in one ``year``, on a ``paper``."""

    KIND = "responsibility_list"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="responsibility_lists")
    year = models.PositiveSmallIntegerField(_("year"))
    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity)
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    state = models.CharField(pgettext_lazy("yearly list", "state"), max_length=10, choices=State, default=State.DRAFT)
    approved_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    invented = models.BooleanField(_("invented"), default=False)

    objects = ResponsibilityListQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "year", "capacity"], name="responsibility_list_once"),
            models.CheckConstraint(
                name="responsibility_list_on_paper",
                condition=Q(state=State.DRAFT) | (~Q(paper="") & Q(approved_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="responsibility_list_published",
                condition=Q(state__in=[State.DRAFT, State.APPROVED]) | Q(published_on__isnull=False),
            ),
            models.CheckConstraint(
                name="responsibility_list_closed",
                condition=Q(state=State.CLOSED, closed_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_on__isnull=True)),
            ),
            # One in force at a time: the next one closes it.
            models.UniqueConstraint(
                fields=["place", "capacity"],
                condition=Q(state=State.PUBLISHED),
                name="responsibility_list_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.get_capacity_display()} · {self.place}"

    @property
    def territory_code(self) -> str:
        return self.place.code


class ResponsibilityLine(Record):
    """That a post is to answer for one object. ``duty``: what it became on publication."""

    KIND = "responsibility_line"

    on_list = models.ForeignKey(ResponsibilityList, on_delete=models.CASCADE, related_name="lines")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="responsibility_lines")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, related_name="+")
    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(VillagerGroup, on_delete=models.PROTECT, null=True, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.SET_NULL, null=True, related_name="lines")

    objects = ResponsibilityLineQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.post} · {self.household or self.group or self.lane or self.area or self.place}"

    @property
    def territory_code(self) -> str:
        return self.on_list.place.code

    def as_duty(self) -> Duty:
        """The duty it stands for, unsaved and without its first day."""
        return Duty(
            post=self.post, place=self.place, area=self.area, household=self.household, lane=self.lane, group=self.group,
            capacity=self.on_list.capacity,
        )  # fmt: skip
