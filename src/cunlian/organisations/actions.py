"""What is done with units: found them, create posts, appoint, assign duties, arrange stand-ins, record gaps."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.models import User
from cunlian.accounts.roles import BY_HAND, Role
from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.carried import carry_roles, carry_roles_around
from cunlian.organisations.chain import chain_for, responsible_for
from cunlian.organisations.models import (
    Capacity,
    Duty,
    Gap,
    Organisation,
    OrganisationKind,
    Post,
    Posting,
    Rank,
    StandIn,
)
from cunlian.people.actions import link_account
from cunlian.people.models import Household, Person
from cunlian.places.models import Area, Place, code_range

# The law keeps licences, penalties and coercion from villages and grids (泸州网格条例 Art. 15).
WITHOUT_POWER = frozenset(
    {
        OrganisationKind.VILLAGERS_COMMITTEE,
        OrganisationKind.SUPERVISION_COMMITTEE,
        OrganisationKind.MEDIATION_COMMITTEE,
        OrganisationKind.PARTY_BRANCH,
        OrganisationKind.GRID_CENTRE,
        OrganisationKind.ENTERPRISE,
        OrganisationKind.TEAM,
    }
)


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on <= starts_on:
        raise Invalid(_("The last day must lie after the first."), field="ends_on")


@transaction.atomic
def found_organisation(
    *,
    by: Actor,
    name: str,
    organisation_kind: str,
    place: Place,
    parent: Organisation | None = None,
    phone: str = "",
    holds_power: bool = False,
    starts_on: date | None = None,
) -> Organisation:
    """A unit that works for ``place``. Villages, grids and teams can never hold licensing, penalty or coercive
    power."""
    require(by, "organisations.found", place)
    if not name.strip():
        raise Invalid(_("Please write the unit's name."), field="name")
    if organisation_kind not in OrganisationKind.values:
        raise Invalid(_("Please choose what kind of unit it is."), field="organisation_kind")
    if holds_power and organisation_kind in WITHOUT_POWER:
        raise Invalid(
            _("Licences, penalties and coercion stay with departments; a village, grid or team cannot hold them."),
            field="holds_power",
            rule=_("Luzhou grid regulation, Art. 15"),
        )
    organisation = Organisation.objects.create(
        name=name.strip(), organisation_kind=organisation_kind, place=place, parent=parent, phone=phone.strip(),
        holds_power=holds_power, starts_on=starts_on or clock.today(),
    )  # fmt: skip
    log.record(by, "organisations.founded", organisation)
    return organisation


@transaction.atomic
def create_post(
    *,
    by: Actor,
    organisation: Organisation,
    title: str,
    role: str,
    place: Place | None = None,
    area: Area | None = None,
    rank: int = 5,
    reports_to: Post | None = None,
    starts_on: date | None = None,
) -> Post:
    """A seat in a unit that carries ``role`` over ``place`` (the unit's own by default), or over an area's villages."""
    place = place or organisation.place
    post = Post(
        organisation=organisation, title=title.strip(), role=role, place=place, area=area, rank=rank,
        reports_to=reports_to, starts_on=starts_on or clock.today(),
    )  # fmt: skip
    require(by, "organisations.create_post", post)
    if not post.title:
        raise Invalid(_("Please write the post's title."), field="title")
    if role in BY_HAND or role == Role.RESIDENT or role not in Role.values:
        raise Invalid(_("A post cannot carry this role. Administrators and auditors are named by hand."), field="role")
    if not place.code.startswith(organisation.place.code):
        raise Invalid(_("A post lies within the territory of its unit."), field="place")
    if area and not area.territory_code.startswith(organisation.place.code):
        raise Invalid(_("This area lies outside the territory of the unit."), field="area")
    post.save(force_insert=True)
    log.record(by, "organisations.post_created", post, changed={"role": (None, role)})
    return post


@transaction.atomic
def appoint(
    post: Post,
    *,
    by: Actor,
    person: Person,
    starts_on: date | None = None,
    ends_on: date | None = None,
    basis: str = Posting.Basis.APPOINTED,
    paper: str = "",
) -> Posting:
    """Put a person on a post from a day on. The role the post carries goes to their account, now or when they get
    one."""
    post = lock(post)
    require(by, "organisations.appoint", post)
    start = starts_on or clock.today()
    _check_dates(start, ends_on)
    if by.person_id == person.pk:
        raise Invalid(_("Nobody appoints themself. Ask somebody else in the office to."), field="person")
    if person.erased_at:
        raise Invalid(_("This person's file was erased. Please choose somebody else."), field="person")
    if post.ends_on and post.ends_on <= start:
        raise Invalid(_("This post no longer exists on that day."), field="starts_on")
    clash = Posting.objects.filter(Q(ends_on=None) | Q(ends_on__gt=start), post=post)
    if ends_on:
        clash = clash.filter(starts_on__lt=ends_on)
    if clash.exclude(ends_on__isnull=False, ends_on=start).exists():
        raise Conflict(_("Somebody holds this post on these days. End their posting first."), field="starts_on")
    posting = Posting.objects.create(
        post=post, person=person, basis=basis, paper=paper.strip(), starts_on=start, ends_on=ends_on
    )
    carry_roles_around(post)
    close_gaps(by=SYSTEM, place=post.place)
    log.record(by, "organisations.appointed", posting)
    return posting


@transaction.atomic
def end_posting(posting: Posting, *, by: Actor, ends_on: date | None = None) -> Posting:
    """The person holds the post up to the day before ``ends_on`` (today: at once), and the role ends with it."""
    posting = lock(posting)
    require(by, "organisations.end_posting", posting)
    day = ends_on or clock.today()
    if posting.ends_on and posting.ends_on <= day:
        raise Invalid(_("This posting has ended already."), field="ends_on")
    changed = change(posting, ends_on=max(day, posting.starts_on))
    carry_roles_around(posting.post)
    log.record(by, "organisations.posting_ended", posting, changed=changed)
    return posting


@transaction.atomic
def assign_duty(
    post: Post,
    *,
    by: Actor,
    capacity: str,
    place: Place | None = None,
    area: Area | None = None,
    household: Household | None = None,
    matter: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Duty:
    """Make a post answer for a place, an area's villages, one household, or one matter there. Gaps it covers close."""
    post = lock(post)
    where = place or (household.place if household else area.root if area else post.place)
    duty = Duty(
        post=post, place=where, area=area, household=household, capacity=capacity, matter=matter.strip(),
        starts_on=starts_on or clock.today(), ends_on=ends_on,
    )  # fmt: skip
    require(by, "organisations.assign_duty", duty)
    _check_dates(duty.starts_on, ends_on)
    if capacity not in Capacity.values:
        raise Invalid(_("Please choose in what capacity the post answers."), field="capacity")
    if household and household.place_id != where.pk:
        raise Invalid(_("This household is in another village."), field="household")
    if Duty.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=duty.starts_on), post=post, place=where, area=area, household=household,
        capacity=capacity, matter=duty.matter,
    ).exists():  # fmt: skip
        raise Conflict(_("The post has this duty already."))
    duty.save(force_insert=True)
    carry_roles(post)
    close_gaps(by=SYSTEM, place=where)
    log.record(by, "organisations.duty_assigned", duty)
    return duty


@transaction.atomic
def end_duty(duty: Duty, *, by: Actor, ends_on: date | None = None) -> Duty:
    """The post answers up to the day before ``ends_on`` (today: at once)."""
    duty = lock(duty)
    require(by, "organisations.end_duty", duty)
    day = ends_on or clock.today()
    if duty.ends_on and duty.ends_on <= day:
        raise Invalid(_("This duty has ended already."), field="ends_on")
    changed = change(duty, ends_on=max(day, duty.starts_on))
    carry_roles(duty.post)
    log.record(by, "organisations.duty_ended", duty, changed=changed)
    return duty


@transaction.atomic
def arrange_stand_in(
    post: Post, *, by: Actor, by_post: Post, starts_on: date, ends_on: date, reason: str = ""
) -> StandIn:
    """While a holder is away another post does its duties, with its role, from a day to a day (exclusive)."""
    post = lock(post)
    require(by, "organisations.arrange_stand_in", post)
    _check_dates(starts_on, ends_on)
    if by_post.pk == post.pk:
        raise Invalid(_("A post cannot stand in for itself. Please choose another one."), field="by_post")
    if by_post.role in BY_HAND or not by_post.postings.on(max(starts_on, clock.today())).exists():
        raise Invalid(_("Nobody holds that post on these days. Please choose another one."), field="by_post")
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


@transaction.atomic
def join_account(person: Person, user: User, *, by: Actor) -> Person:
    """Say that an account is this person's, and give it the roles of the posts they hold."""
    person = link_account(person, user, by=by)
    for post in Post.objects.filter(postings__person=person).distinct():
        carry_roles_around(post)
    log.record(by, "organisations.account_joined", person)
    return person


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
    links = [link for link in chain_for(gap.place, clock.today(), gap.matter) if not link.gap]
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
    """What works for a place that ends, or answers for it, ends with it: units, posts, postings, duties, and the roles
    they carry: a role over a place that has ended would cover the one that took it over. Returns how many posts ended."""
    require(by, "organisations.wind_up", place)
    if ends_on > clock.today():
        raise Invalid(_("This day is still to come. Enter the change on the day it takes effect."), field="day")
    low, high = code_range(place.code)
    running = Q(ends_on=None) | Q(ends_on__gt=ends_on)
    here = Q(place__code__gte=low, place__code__lt=high)
    posts = {post.pk: post for post in Post.objects.filter(running, here, area=None).select_related("place")}
    duties = Duty.objects.filter(running, Q(here, area=None) | Q(post__in=posts)).select_related("post__place")
    postings = Posting.objects.filter(running, post__in=posts)
    units = Organisation.objects.filter(running, here)
    touched = {**{duty.post_id: duty.post for duty in duties}, **posts}
    for row in (*postings, *duties, *posts.values(), *units):
        change(row, ends_on=max(ends_on, row.starts_on))
    for gap in Gap.objects.open().filter(here):
        change(gap, closed_on=max(clock.today(), gap.found_on))
    for post in touched.values():
        carry_roles_around(post)
    log.record(by, "organisations.wound_up", place, changed={"posts": (len(posts), 0), "ends_on": (None, ends_on)})
    return len(posts)
