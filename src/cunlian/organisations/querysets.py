"""Which posts, postings and duties: running on a day, of whom, seen by whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from cunlian.accounts.roles import STAFF
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.places.models import Place, on
from cunlian.places.querysets import code_q

if TYPE_CHECKING:
    from cunlian.organisations.models import (  # noqa: F401
        CountyDecision,
        DeclaredNumber,
        Duty,
        Gap,
        Lead,
        Leave,
        Leaving,
        Organisation,
        Post,
        Posting,
        StandIn,
        UnitMembership,
    )

COUNTY_DIGITS = 6
D = TypeVar("D", bound="CountyDecision", covariant=True)


def of_own_county(actor: Actor, path: str = "place__") -> Q:
    """Posts and duties are no secret among the staff of one county: who answers must be found by whoever passes a
    matter on. Staff of another county, residents and strangers get nothing here; public pages show the chain
    instead."""
    if actor.is_system:
        return Q()
    seen = Q(pk__in=())
    for county in sorted({grant.low[:COUNTY_DIGITS] for grant in actor.grants if grant.role in STAFF}):
        seen |= code_q(county, path)
    return seen


class CountyDecisionQuerySet(models.QuerySet[D]):
    """Of each kind of decision; the one that holds stands first."""

    def visible_to(self, actor: Actor) -> Self:
        """The rules of a county are no secret among its staff."""
        return self.filter(of_own_county(actor, "root__"))

    def of_root(self, root: Place) -> Self:
        return self.filter(root=root)

    def for_list(self) -> Self:
        return self.select_related("root", "post__organisation")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, actor: Actor) -> OrganisationQuerySet:
        return self.filter(of_own_county(actor))

    def current(self, day: date | None = None) -> OrganisationQuerySet:
        return self.filter(on(day or clock.today()))

    def of_place(self, place: Place) -> OrganisationQuerySet:
        return self.filter(place=place)

    def for_list(self) -> OrganisationQuerySet:
        return self.select_related("place", "parent").order_by("place__code", "name_order", "pk")


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, actor: Actor) -> PostQuerySet:
        return self.filter(of_own_county(actor))

    def current(self, day: date | None = None) -> PostQuerySet:
        return self.filter(on(day or clock.today()))

    def held_by(self, user_id: UUID | None, day: date | None = None) -> PostQuerySet:
        """Posts the account's person holds on ``day`` (today)."""
        day = day or clock.today()
        running = on(day, "postings__")
        return self.filter(running, postings__person__user_id=user_id).distinct() if user_id else self.none()

    def with_holders(self, day: date | None = None) -> PostQuerySet:
        """Prefetches ``running_postings``: the holder of ``day``, if any."""
        from_model = self.model._meta.get_field("postings").related_model
        running = from_model._default_manager.filter(on(day or clock.today())).select_related("person")
        return self.prefetch_related(Prefetch("postings", queryset=running, to_attr="running_postings"))

    def for_list(self) -> PostQuerySet:
        return self.select_related("organisation", "place", "area").order_by(
            "place__code", "organisation__name_order", "rank", "pk"
        )


class PostingQuerySet(models.QuerySet["Posting"]):
    def visible_to(self, actor: Actor) -> PostingQuerySet:
        return self.filter(of_own_county(actor, "post__place__"))

    def on(self, day: date) -> PostingQuerySet:
        return self.filter(on(day))

    def taking_over(self, left: Posting) -> PostingQuerySet:
        """Who may be handed what ``left`` carried: whoever holds the post after it, or stands in for it then."""
        day = left.ends_on or clock.today()
        later = Q(ends_on=None) | Q(ends_on__gt=day)
        standing = Q(post__standing_in_for__post=left.post_id, post__standing_in_for__ends_on__gt=day)
        return self.filter(later, Q(post=left.post_id) | standing).exclude(pk=left.pk).distinct()

    def for_detail(self) -> PostingQuerySet:
        return self.select_related("post__organisation", "post__place", "person")


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, actor: Actor) -> DutyQuerySet:
        return self.filter(of_own_county(actor))

    def on(self, day: date) -> DutyQuerySet:
        return self.filter(on(day))

    def for_list(self) -> DutyQuerySet:
        return self.select_related("post__organisation", "place", "area", "household").order_by(
            "place__code", "capacity", "matter", "pk"
        )


class StandInQuerySet(models.QuerySet["StandIn"]):
    def visible_to(self, actor: Actor) -> StandInQuerySet:
        return self.filter(of_own_county(actor, "post__place__"))

    def on(self, day: date) -> StandInQuerySet:
        return self.filter(on(day))


class LeaveQuerySet(models.QuerySet["Leave"]):
    def visible_to(self, actor: Actor) -> LeaveQuerySet:
        """That somebody is away is no secret among the staff of one county: who has their work must be found."""
        return self.filter(of_own_county(actor, "posting__post__place__"))

    def on(self, day: date) -> LeaveQuerySet:
        return self.filter(on(day))


class GapQuerySet(models.QuerySet["Gap"]):
    def visible_to(self, actor: Actor) -> GapQuerySet:
        return self.filter(of_own_county(actor))

    def open(self) -> GapQuerySet:
        return self.filter(closed_on=None)

    def within(self, place: Place) -> GapQuerySet:
        """Gaps at ``place`` and below it."""
        return self.filter(place__in=Place.objects.within(place))

    def for_list(self) -> GapQuerySet:
        return self.select_related("place").order_by("found_on", "place__code", "pk")


class UnitMembershipQuerySet(models.QuerySet["UnitMembership"]):
    def visible_to(self, actor: Actor) -> UnitMembershipQuerySet:
        return self.filter(of_own_county(actor, "unit__place__"))

    def on(self, day: date) -> UnitMembershipQuerySet:
        return self.filter(on(day))

    def for_list(self) -> UnitMembershipQuerySet:
        return self.select_related("unit__place", "unit__parent", "body__place", "area__root").order_by(
            "unit__place__code", "unit__name_order", "pk"
        )


class LeadQuerySet(models.QuerySet["Lead"]):
    def visible_to(self, actor: Actor) -> LeadQuerySet:
        return self.filter(of_own_county(actor, "unit__place__"))

    def on(self, day: date) -> LeadQuerySet:
        return self.filter(on(day))

    def for_list(self) -> LeadQuerySet:
        return self.select_related("unit__place", "post__organisation").order_by("unit__name_order", "pk")


class LeavingQuerySet(models.QuerySet["Leaving"]):
    def visible_to(self, actor: Actor) -> LeavingQuerySet:
        return self.filter(of_own_county(actor, "posting__post__place__"))

    def for_list(self) -> LeavingQuerySet:
        return self.select_related(
            "posting__post__organisation", "posting__post__place", "posting__person", "to_posting__person", "audit"
        ).order_by("-posting__ends_on", "-pk")


class DeclaredNumberQuerySet(models.QuerySet["DeclaredNumber"]):
    def visible_to(self, actor: Actor) -> DeclaredNumberQuerySet:
        return self.filter(of_own_county(actor))

    def newest(self, day: date | None = None) -> DeclaredNumberQuerySet:
        """Of each number the latest one of its place or area by the day, today when None. (A place never declares the same
        beside an area of it.)"""
        by = Q(as_of__lte=day or clock.today())
        same_area = Q(area=OuterRef("area")) | Q(area=None, place=OuterRef("place"))
        after = self.model._default_manager.filter(by, same_area, what=OuterRef("what"), as_of__gt=OuterRef("as_of"))
        return self.filter(by, ~Exists(after))

    def for_list(self) -> DeclaredNumberQuerySet:
        return self.select_related("place", "area").order_by("what", "place__code", "area__name", "-as_of", "pk")
