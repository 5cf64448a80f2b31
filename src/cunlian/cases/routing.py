"""To whom a request goes: place, category and duty, with the gaps found on the way.

What the law keeps from grids (licences, penalties, coercion) goes to the department that holds the power; a complaint goes
past the one complained of and their direct reports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from cunlian.accounts.roles import Role
from cunlian.cases.models import Case, Category
from cunlian.cases.rules import FIELD, WORKERS
from cunlian.kernel import clock
from cunlian.organisations.above import complained_of, next_up_past, posts_above, posts_above_each
from cunlian.organisations.chain import present, responsible_for, seats
from cunlian.organisations.desks import DISPATCH, dispatch_desks
from cunlian.organisations.models import Capacity, Duty, Organisation, Post, Posting, Rank
from cunlian.places.models import Place, on

BELOW_POWER = frozenset(
    {Role.GRID_WORKER, Role.LANE_LEADER, Role.SOCIAL_WORKER, Role.VILLAGE_CADRE, Role.VILLAGE_SUPERVISOR, Role.MEDIATOR}
)

VILLAGE = 12  # digits of a village's code


@dataclass(frozen=True)
class Unanswered:
    """Where somebody is missing: at which place, for which matter; without a rank the chain of the place tells it."""

    place: Place
    matter: str = ""
    rank: str = ""


@dataclass(frozen=True)
class Route:
    """The post it goes to (None: nobody in the whole chain), and who was missing on the way."""

    post: Post | None
    gaps: tuple[Unanswered, ...] = ()


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
    whole = found is not None and found == posts[0]
    return Route(found, () if whole else (Unanswered(place, matter),))


def dispatch_desk(place: Place, withheld: Collection[UUID] = ()) -> Route:
    """The dispatch desk whose territory covers the place, that somebody is on; with nobody at any, who handles requests
    above the nearest, at last a county leader. ``withheld``: posts it must not come to."""
    day = clock.today()
    desks = [post for post in dispatch_desks(place, day) if post.pk not in withheld]
    if not desks:
        return Route(_leader(place, withheld))
    there = present((post.pk for post in desks), day)
    found = next((post for post in desks if post.pk in there), None)
    if found is None:
        above = (one for one in posts_above(desks[0], day) if one.role in WORKERS and one.pk not in withheld)
        found = next(above, None) or _leader(place, withheld)
    return Route(found, () if found == desks[0] else (Unanswered(desks[0].place, DISPATCH, Rank.DEPARTMENT),))


def _leader(place: Place, withheld: Collection[UUID], *, away: bool = False) -> Post | None:
    """A county leader over the place, at the top of every chain, who is there; ``away``: or at least holds the post."""
    day = clock.today()
    leaders = Post.objects.filter(on(day), role=Role.COUNTY_LEADER).exclude(pk__in=withheld).select_related("place")
    over = [one for one in leaders.order_by("rank", "pk") if place.code.startswith(one.place.code)]
    seated = seats((one.pk for one in over), day)
    return next((one for one in over if one.pk in seated and (away or not seated[one.pk].away)), None)


def back_from(case: Case) -> Route:
    """Where a request goes that its holder cannot keep: the dispatch desk, but never to the one it complains of."""
    withheld = complained_of(case.about_post, case.about_organisation)
    return dispatch_desk(case.place, withheld)


def route(place: Place, category: Category | None) -> Route:
    """Where a new request about ``place`` goes today."""
    matter = category.code if category else ""
    if category is not None and category.needs_power:
        found = _department(place, matter)
    else:
        answering = responsible_for(place, matter, clock.today())
        found = Route(answering.post, (Unanswered(place, matter),) if answering.gap else ())
    if found.post:
        return found
    desk = dispatch_desk(place)
    return Route(desk.post, found.gaps + desk.gaps)


def route_complaint(place: Place, *, post: Post | None, organisation: Organisation | None) -> Post | None:
    """The next post up, past the one complained of and their direct reports; at the top of the chain a county leader who
    is not one of them. None: nobody in the district stands above. It starts from the head of a unit, of today if there is
    one: who sits on a post that has ended sits there no more, and is passed over wherever they sit now."""
    of_unit = Post.objects.filter(organisation=organisation)
    start = post or of_unit.current().order_by("rank", "pk").first() or of_unit.order_by("-ends_on", "rank").first()
    found = next_up_past(start, organisation=organisation) if start else None
    if found is not None:
        return found
    withheld = complained_of(post, organisation)
    return _leader(place, withheld) or _leader(place, withheld, away=True)


BURDEN = "burden"


def burden_office(root: Place, person_id: UUID | None) -> Route:
    """The office that answers what staff say burdens them, not through a post the person holds themself. With nobody there
    the next up from it, but never a superior of the person: then it waits at the office."""
    day = clock.today()
    duties = Duty.objects.filter(on(day), matter=BURDEN, place=root).select_related("post__organisation", "post__place")
    held = Posting.objects.filter(on(day), person=person_id).select_related("post__organisation", "post__place")
    mine = {posting.post_id: posting.post for posting in held} if person_id else {}
    offices = [duty.post for duty in duties.order_by("starts_on", "pk") if duty.post_id not in mine]
    if not offices:
        return Route(None)
    there = present((post.pk for post in offices), day)
    if offices[0].pk in there:
        return Route(offices[0])
    ladders = posts_above_each([offices[0], *mine.values()], day)
    superiors = {one.pk for pk in mine for one in ladders[pk]}
    seated = [one for one in offices if one.pk in there] + ladders[offices[0].pk]
    free = (one for one in seated if one.role in WORKERS and one.pk not in superiors and one.pk not in mine)
    return Route(next(free, offices[0]), (Unanswered(root, BURDEN, Rank.DEPARTMENT),))


def receivers(case: Case, posts: Iterable[Post]) -> list[Post]:
    """Those of ``posts`` that may be given the case at all: they can handle requests, those of a village only its own; the law
    of powers; and never the one complained of."""
    withheld = complained_of(case.about_post, case.about_organisation) if case.confidential else set()
    village = case.place.code[:VILLAGE]
    return [
        post
        for post in posts
        if post.role in WORKERS
        and (post.role not in FIELD or post.place.code[:VILLAGE] == village)
        and may_hold(post, case.category)
        and post.pk not in withheld
    ]
