"""Gaps: that nobody answers, and that somebody does again; what ends with a place."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.actions import revoke_service_key
from cunlian.accounts.models import ServiceKey
from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import change
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.carried import carry_roles_around
from cunlian.organisations.chain import chain_for, present, responsible_for
from cunlian.organisations.desks import DISPATCH, dispatch_desks
from cunlian.organisations.models import (
    Capacity,
    Duty,
    Gap,
    Lead,
    Organisation,
    Post,
    Posting,
    Rank,
    UnitMembership,
)
from cunlian.places.models import Place
from cunlian.places.querysets import code_q


def _gap_at(place: Place, matter: str, rank: str) -> tuple[Place, str]:
    """The place and rank somebody is missing at; the department in charge when the chain itself is whole."""
    if rank:
        return place, rank
    found = responsible_for(place, matter, clock.today())
    return (found.gap_place or place, found.gap_rank) if found.gap else (place, Rank.DEPARTMENT)


@transaction.atomic
def record_gap(*, by: Actor, place: Place, matter: str = "", rank: str = "") -> Gap:
    """That a matter came in and nobody answered at ``rank`` (found from the chain when not given). An open gap of the
    same place, matter and rank stays the one there is."""
    require(by, "organisations.record_gap", place)
    where, rank = _gap_at(place, matter, rank)
    known = Gap.objects.open().filter(place=where, matter=matter, rank=rank).first()
    if known:
        return known
    gap = Gap.objects.create(place=where, matter=matter, rank=rank, found_on=clock.today())
    log.record(by, "organisations.gap_found", gap)
    return gap


def _is_covered(gap: Gap) -> bool:
    day = clock.today()
    if gap.matter == DISPATCH:
        return bool(present((post.pk for post in dispatch_desks(gap.place, day)), day))
    links = [link for link in chain_for(gap.place, day, gap.matter) if not link.gap]
    if gap.rank == Rank.DEPARTMENT:
        return any(link.capacity == Capacity.DEPARTMENT and link.matter for link in links)
    return any(link.rank == gap.rank for link in links)


@transaction.atomic
def close_gaps(*, by: Actor, place: Place) -> list[Gap]:
    """Close the open gaps at and below ``place`` that a duty covers today. Run after every change of a duty."""
    require(by, "organisations.close_gap", place)
    closed = []
    for gap in Gap.objects.open().within(place).select_related("place"):
        if _is_covered(gap):
            changed = change(gap, closed_on=clock.today())
            log.record(by, "organisations.gap_closed", gap, changed=changed)
            closed.append(gap)
    return closed


@transaction.atomic
def wind_up(place: Place, *, by: Actor, ends_on: date) -> int:
    """What works for a place that ends, or answers for it, ends with it: units with their seats in joint bodies and areas
    (another unit joins by a decision of its own), posts, postings, duties, who is led by whom, and the roles
    they carry, and keys of programs that act as one of the posts: a role over a place that has ended would cover the one
    that took it over. Returns how many posts ended."""
    require(by, "organisations.wind_up", place)
    if ends_on > clock.today():
        raise Invalid(_("This day is still to come. Enter the change on the day it takes effect."), field="day")
    running = Q(ends_on=None) | Q(ends_on__gt=ends_on)
    here = code_q(place.code, "place__")
    posts = {post.pk: post for post in Post.objects.filter(running, here, area=None).select_related("place")}
    duties = Duty.objects.filter(running, Q(here, area=None) | Q(post__in=posts)).select_related("post__place")
    postings = Posting.objects.filter(running, post__in=posts)
    units = list(Organisation.objects.filter(running, here))
    seats = UnitMembership.objects.filter(running, Q(unit__in=units) | Q(body__in=units))
    leads = Lead.objects.filter(running, Q(unit__in=units) | Q(post__in=posts))
    touched = {**{duty.post_id: duty.post for duty in duties}, **posts}
    for row in (*postings, *duties, *posts.values(), *seats, *leads, *units):
        change(row, ends_on=max(ends_on, row.starts_on))
    for gap in Gap.objects.open().filter(here):
        change(gap, closed_on=max(clock.today(), gap.found_on))
    for post in touched.values():
        carry_roles_around(post)
    for key in ServiceKey.objects.filter(post_id__in=posts, revoked_at=None):
        revoke_service_key(key, by=SYSTEM)
    log.record(by, "organisations.wound_up", place, changed={"posts": (len(posts), 0), "ends_on": (None, ends_on)})
    return len(posts)
