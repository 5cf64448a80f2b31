"""What a post answers for, and who stands in for it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import BY_HAND
from cunlian.kernel import clock, days, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.actions.gaps import close_gaps
from cunlian.organisations.carried import carry_roles
from cunlian.organisations.models import Capacity, Duty, Post, StandIn
from cunlian.organisations.period import check_dates, check_end
from cunlian.people.models import Household
from cunlian.places.models import Area, Lane, Place, VillagerGroup


def place_of(
    *, area: Area | None, household: Household | None, lane: Lane | None, group: VillagerGroup | None
) -> Place | None:
    """The place a duty for one of these lies in; None when it is for a whole place."""
    if household:
        return household.place
    if lane or group:
        return (lane or group).village  # type: ignore[union-attr]
    return area.root if area else None


@transaction.atomic
def assign_duty(
    post: Post,
    *,
    by: Actor,
    capacity: str,
    place: Place | None = None,
    area: Area | None = None,
    household: Household | None = None,
    lane: Lane | None = None,
    group: VillagerGroup | None = None,
    matter: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Duty:
    """Make a post answer for a place, an area's villages, one household, lane or group, or one matter there. Gaps it
    covers close."""
    post = lock(post)
    where = place or place_of(area=area, household=household, lane=lane, group=group) or post.place
    duty = Duty(
        post=post, place=where, area=area, household=household, lane=lane, group=group, capacity=capacity,
        matter=matter.strip(), starts_on=starts_on or clock.today(), ends_on=ends_on,
    )  # fmt: skip
    require(by, "organisations.assign_duty", duty)
    check_dates(duty.starts_on, ends_on)
    if capacity not in Capacity.values:
        raise Invalid(_("Please choose in what capacity the post answers."), field="capacity")
    if household and household.place_id != where.pk:
        raise Invalid(_("This household is in another village."), field="household")
    if any(part and part.village_id != where.pk for part in (lane, group)):
        raise Invalid(_("This lane or group is in another village."), field="place")
    if Duty.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=duty.starts_on), post=post, place=where, area=area, household=household,
        lane=lane, group=group, capacity=capacity, matter=duty.matter,
    ).exists():  # fmt: skip
        raise Conflict(_("The post has this duty already."))
    duty.save(force_insert=True)
    carry_roles(post)
    close_gaps(by=SYSTEM, place=where)
    log.record(by, "organisations.duty_assigned", duty)
    return duty


@transaction.atomic
def end_duty(duty: Duty, *, by: Actor, ends_on: date | None = None) -> Duty:
    """The post answers up to the day before ``ends_on`` (at once when none is said). Ended on its first day it never began."""
    duty = lock(duty)
    require(by, "organisations.end_duty", duty)
    day = ends_on or max(clock.today(), duty.starts_on)
    if duty.ends_on and duty.ends_on <= day:
        raise Invalid(_("This duty has ended already."), field="ends_on")
    check_end(duty.starts_on, day)
    changed = change(duty, ends_on=day)
    carry_roles(duty.post)
    log.record(by, "organisations.duty_ended", duty, changed=changed)
    return duty


LONGEST = timedelta(days=365)
"""Nobody stands in for longer, nor is it arranged further ahead: whoever is away longer is followed by somebody."""


def _last_day(post: Post, day: date) -> date | None:
    """Until when (that day no longer) whoever holds the post on ``day`` does; a term that is over is none that ends it."""
    posting = post.postings.on(day).first()
    ends = [posting.ends_on, posting.term_to] if posting else []
    return min((end for end in ends if end and end > day), default=None)


def _check_end(post: Post, by_post: Post, starts_on: date, ends_on: date) -> None:
    """It ends within a year, within the time of whoever stands in, and with the time of whoever is away."""
    day = max(starts_on, clock.today())
    longest = min(starts_on, clock.today()) + LONGEST
    if ends_on > longest:
        raise Invalid(
            _("A stand-in is for a year at most: until %(day)s. For longer, somebody is appointed to the post.")
            % {"day": days.day(longest)},
            field="ends_on",
        )
    own, away = _last_day(by_post, day), _last_day(post, day)
    if own and ends_on > own:
        raise Invalid(
            _("Whoever stands in holds their own post until %(day)s. Choose that day or an earlier one.")
            % {"day": days.day(own)},
            field="ends_on",
        )
    if away and ends_on > away:
        raise Invalid(
            _(
                "Whoever is away holds the post until %(day)s. Choose that day or an earlier one; then somebody follows them."
            )
            % {"day": days.day(away)},
            field="ends_on",
        )


@transaction.atomic
def arrange_stand_in(
    post: Post, *, by: Actor, by_post: Post, starts_on: date, ends_on: date, reason: str = ""
) -> StandIn:
    """While a holder is away another post does its duties, with its role, for at most a year; ``ends_on`` is the
    first day it is the holder's again."""
    post = lock(post)
    require(by, "organisations.arrange_stand_in", post)
    check_dates(starts_on, ends_on)
    if by_post.pk == post.pk:
        raise Invalid(_("A post cannot stand in for itself. Please choose another one."), field="by_post")
    if by_post.role in BY_HAND or not by_post.postings.on(max(starts_on, clock.today())).exists():
        raise Invalid(_("Nobody holds that post on these days. Please choose another one."), field="by_post")
    _check_end(post, by_post, starts_on, ends_on)
    if StandIn.objects.filter(post=post, starts_on__lt=ends_on, ends_on__gt=starts_on).exists():
        raise Conflict(_("Somebody stands in on some of these days already."), field="starts_on")
    stand_in = StandIn.objects.create(
        post=post, by_post=by_post, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    carry_roles(post)
    close_gaps(by=SYSTEM, place=post.place)
    log.record(by, "organisations.stand_in_arranged", stand_in)
    return stand_in


@transaction.atomic
def end_stand_in(stand_in: StandIn, *, by: Actor) -> None:
    """The holder is back earlier: from today on the post is theirs alone. One that never began is taken out."""
    stand_in = lock(stand_in)
    require(by, "organisations.end_stand_in", stand_in)
    post, today = stand_in.post, clock.today()
    if stand_in.ends_on <= today:
        raise Invalid(_("This standing in has ended already."))
    log.record(by, "organisations.stand_in_ended", stand_in, changed={"ends_on": (stand_in.ends_on, today)})
    if stand_in.starts_on < today:
        change(stand_in, ends_on=today)
    else:
        stand_in.delete()
    carry_roles(post)
