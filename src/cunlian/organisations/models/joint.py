"""What units have to do with one another beyond parent and child: membership of a joint body or an area, and who leads."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.records import Record
from cunlian.organisations.models.units import Organisation, Post
from cunlian.organisations.querysets import LeadQuerySet, UnitMembershipQuerySet
from cunlian.places.models import Area, ends_after_start


class UnitMembership(Record):
    """That a unit is a member of a joint body (``body``) or of an area, from a day to a day (exclusive). It keeps its own
    parent and place: joining is not moving. Villages are members of an area by ``AreaMembership``."""

    KIND = "unit_membership"

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="units")
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = UnitMembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_start("unit_membership_dates"),
            models.CheckConstraint(
                name="unit_membership_of_one",
                condition=Q(body=None, area__isnull=False) | Q(body__isnull=False, area=None),
            ),
            models.UniqueConstraint(
                fields=["unit", "body"], condition=Q(ends_on=None, area=None), name="unit_in_body_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "area"], condition=Q(ends_on=None, body=None), name="unit_in_area_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.body or self.area}"

    @property
    def place_id(self) -> UUID:
        return self.body.place_id if self.body else self.area.root_id  # type: ignore[union-attr]

    @property
    def territory_code(self) -> str:
        return (self.body or self.area).territory_code  # type: ignore[union-attr]


class Lead(Record):
    """That a unit (a cooperative, a farm, a team) is led by whoever holds a post, from a day to a day (exclusive)."""

    KIND = "lead"

    class As(models.TextChoices):
        SECRETARY = "secretary", pgettext_lazy("led by", "secretary")
        ABLE = "able", pgettext_lazy("led by", "able member")
        MENTOR = "mentor", pgettext_lazy("led by", "mentor")

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="leads")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="leads")
    led_as = models.CharField(_("led by a"), max_length=20, choices=As)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_start("lead_dates"),
            models.UniqueConstraint(fields=["unit", "post"], condition=Q(ends_on=None), name="lead_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_led_as_display()}"

    @property
    def place_id(self) -> UUID:
        return self.unit.place_id

    @property
    def territory_code(self) -> str:
        return self.unit.territory_code
