"""To whom a request goes: place, category and duty, with the gaps found on the way.

What the law keeps from grids (licences, penalties, coercion) goes to the department that holds the power; a complaint goes
past the one complained of and their direct reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from cunlian.accounts.roles import Role
from cunlian.cases.models import Case, Category
from cunlian.cases.rules import FIELD, WORKERS
from cunlian.kernel import clock
from cunlian.organisations.above import next_up_past
from cunlian.organisations.chain import present, responsible_for
from cunlian.organisations.models import Capacity, Duty, Organisation, Post, Posting
from cunlian.places.models import Place, on

BELOW_POWER = frozenset(
    {Role.GRID_WORKER, Role.LANE_LEADER, Role.SOCIAL_WORKER, Role.VILLAGE_CADRE, Role.VILLAGE_SUPERVISOR, Role.MEDIATOR}
)

VILLAGE = 12  # digits of a village's code


@dataclass(frozen=True)
class Route:
    """The post it goes to (None: nobody in the whole chain) and the place where somebody is missing, if one is."""

    post: Post | None
    gap: bool


def may_hold(post: Post, category: Category | None) -> bool:
    """Whether the law lets this post handle the category: matters of power never lie with a grid or a village
    (泸州网格条例 Art. 15)."""
    if category is None or not category.needs_power:
        return True
    return post.organisation.holds_power and post.role not in BELOW_POWER


def _department(place: Place, matter: str) -> Route:
    """The department post with a duty for the matter over the place, the most special matter first, that somebody is
    on; a gap where another should have come before, or none is there."""
    day = clock.today()
    duties = (
        Duty.objects.filter(on(day), capacity=Capacity.DEPARTMENT, post__organisation__holds_power=True)
        .filter(Q(matter=matter) | Q(matter=matter[:2]))
        .select_related("post__organisation", "place")
        .order_by("-matter", "-place__level")
    )
    posts = [duty.post for duty in duties if place.code.startswith(duty.place.code)]
    there = present((post.pk for post in posts), day)
    found = next((post for post in posts if post.pk in there), None)
    return Route(found, gap=found is None or found != posts[0])


def dispatch_desk(place: Place) -> Post | None:
    """The dispatch desk whose territory covers the place."""
    day = clock.today()
    desks = Post.objects.filter(on(day), role=Role.DISPATCHER).select_related("organisation", "place")
    covering = sorted(
        (post for post in desks if place.code.startswith(post.place.code)), key=lambda post: -len(post.place.code)
    )
    return covering[0] if covering else None


def route(place: Place, category: Category | None) -> Route:
    """Where a new request about ``place`` goes today."""
    if category is not None and category.needs_power:
        power = _department(place, category.code)
        return Route(power.post or dispatch_desk(place), power.gap)
    found = responsible_for(place, category.code if category else "", clock.today())
    return Route(found.post or dispatch_desk(place), gap=found.gap)


def withheld_posts(*, post: Post | None, organisation: Organisation | None) -> set[object]:
    """Posts a complaint must never reach: the one complained of and its direct reports, or every post of the unit."""
    if post is not None:
        return {post.pk, *Post.objects.filter(reports_to=post).values_list("pk", flat=True)}
    return set(Post.objects.filter(organisation=organisation).values_list("pk", flat=True))


def route_complaint(place: Place, *, post: Post | None, organisation: Organisation | None) -> Post | None:
    """The next post up, past the one complained of and their direct reports; at the top of the chain a county leader who
    is not one of them. None: nobody in the district stands above."""
    start = post or Post.objects.filter(organisation=organisation).order_by("rank").first()
    found = next_up_past(start, organisation=organisation) if start else None
    if found is not None:
        return found
    day = clock.today()
    leaders = Post.objects.filter(on(day), role=Role.COUNTY_LEADER, postings__in=Posting.objects.filter(on(day)))
    withheld = withheld_posts(post=post, organisation=organisation)
    free = (one for one in leaders.select_related("place").order_by("rank", "pk") if one.pk not in withheld)
    return next((one for one in free if place.code.startswith(one.place.code)), None)


BURDEN = "burden"


def burden_office(root: Place, person_id: UUID | None) -> Post | None:
    """The office that answers what staff say burdens them; not through a post the person holds themself."""
    day = clock.today()
    duties = Duty.objects.filter(on(day), matter=BURDEN, place=root).select_related("post").order_by("starts_on", "pk")
    mine = (
        set(Posting.objects.filter(on(day), person=person_id).values_list("post_id", flat=True)) if person_id else set()
    )
    return next((duty.post for duty in duties if duty.post_id not in mine), None)


def may_receive(case: Case, post: Post) -> bool:
    """Whether ``post`` may be given the case at all: one that can handle requests, those of a village only its own; the law
    of powers; and never the one complained of."""
    away = post.role in FIELD and post.place.code[:VILLAGE] != case.place.code[:VILLAGE]
    if post.role not in WORKERS or away or not may_hold(post, case.category):
        return False
    if not case.confidential:
        return True
    return post.pk not in withheld_posts(post=case.about_post, organisation=case.about_organisation)
