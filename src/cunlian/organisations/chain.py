"""Who answers for a place on any day, from the door upwards, and who stands above a post.

The chain is read from dated rows (duties, postings, stand-ins, area memberships, codes of that day), so the same
question about a past day gives the answer of that day. A rank the place does not have is skipped; a rank it has and
nobody answers for is a gap, shown as one. Every function here takes a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import (
    RANK_OF_LEVEL,
    Capacity,
    Duty,
    Organisation,
    Post,
    Posting,
    Rank,
    StandIn,
)
from cunlian.people.models import Household, Person
from cunlian.places.codes import ancestor_codes
from cunlian.places.models import Area, AreaMembership, Level, Place, PlaceVersion, on

NOBODY = _("Nobody answers for this rank")
VACANT = _("The post is vacant")

RANKS = list(Rank)
CAPACITIES = list(Capacity)
# Of several at one rank, these walk along and are not the first to be sent a matter.
COMPANIONS = frozenset(
    {
        Capacity.HOUSEHOLD_CONTACT, Capacity.MEMBER_CONTACT, Capacity.GROUP_LEADER, Capacity.LANE_LEADER,
        Capacity.STATIONED_CADRE,
    }
)  # fmt: skip
# A leader who answers for an area, a village or a household keeps the rank of their own office there.
OFFICE_OF = {Capacity.TOWNSHIP_LEADER: Level.TOWNSHIP, Capacity.COUNTY_LEADER: Level.COUNTY}
# Ranks a place always has; higher ones only where the county's own organisations work.
ALWAYS = frozenset({Rank.GRID, Rank.VILLAGE, Rank.TOWNSHIP})


@dataclass(frozen=True)
class Seat:
    """Who sits on a post on a day. ``by_post``: the post that stands in, when one does."""

    person: Person
    by_post: Post | None = None


@dataclass(frozen=True)
class Link:
    """One line of the chain. ``gap``: why nobody answers; empty when ``holder`` does. ``stand_in``: the holder stands
    in
    from the post ``by_post``."""

    rank: Rank
    place: Place
    capacity: str = ""
    post: Post | None = None
    holder: Person | None = None
    stand_in: bool = False
    by_post: Post | None = None
    area: Area | None = None
    duty: Duty | None = None
    gap: Text = ""

    @property
    def label(self) -> Text:
        """What to call the line: the capacity where there is one, else the rank."""
        return Capacity(self.capacity).label if self.capacity else self.rank.label

    @property
    def matter(self) -> str:
        return self.duty.matter if self.duty else ""

    @property
    def order(self) -> tuple[int, int, int]:
        """From the door upwards."""
        capacity = CAPACITIES.index(Capacity(self.capacity)) if self.capacity else -1
        return RANKS.index(self.rank), capacity, -self.post.rank if self.post else 0

    @property
    def fitness(self) -> tuple[int, int, bool, bool, tuple[int, int, int]]:
        """The order in which a matter is offered: the most special matter, then the nearest place or office, there who
        has the household's own group, or this village, before who has all of them."""
        level = self.place.level
        if self.capacity in OFFICE_OF:
            level = min(level, OFFICE_OF[Capacity(self.capacity)])
        depth = 2 * level - (1 if self.area else 0) if self.rank != Rank.AREA else 2 * Level.VILLAGE - 1
        special = bool(self.duty and self.duty.group_id) or level < self.place.level
        return -len(self.matter), -depth, self.capacity in COMPANIONS, not special, self.order

    @property
    def aside(self) -> bool:
        """Stands in the chain to be seen, gets no matter that comes in and fills no rank: who guides the decisions of a
        village, and a department that looks after one without a matter of its own."""
        after = self.capacity == Capacity.DEPARTMENT and not self.matter and self.place.level >= Level.VILLAGE
        return after or self.capacity == Capacity.DECISION_GUIDE


@dataclass(frozen=True)
class Responsible:
    """Who gets a matter: the post (None: nobody in the whole chain), and the gaps that were passed over on the way."""

    post: Post | None
    link: Link | None
    gaps: tuple[Link, ...] = ()

    @property
    def gap(self) -> bool:
        return bool(self.gaps)

    @property
    def gap_rank(self) -> str:
        return str(self.gaps[0].rank) if self.gaps else ""

    @property
    def gap_place(self) -> Place | None:
        return self.gaps[0].place if self.gaps else None


def _code_on(place: Place, day: date) -> str:
    """The code the place had on ``day``: its own of today, unless it has changed since."""
    if place.ends_on is None and (place.since is None or place.since <= day):
        return place.code
    then = PlaceVersion.objects.filter(Q(starts_on=None) | Q(starts_on__lte=day), ends_on__gt=day, place=place)
    return then.values_list("code", flat=True).first() or place.code


def lineage(place: Place, day: date) -> list[Place]:
    """``place`` and every place above it as the tree was on ``day``, from the deepest upwards. At most two queries."""
    code = _code_on(place, day)
    above = ancestor_codes(code)
    standing = Q(code__in=above, ends_on=None) & (Q(since=None) | Q(since__lte=day))
    changed = PlaceVersion.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=day), ends_on__gt=day, code__in=above
    ).values("place_id")
    found = {one.pk: one for one in Place.objects.filter(standing | Q(pk__in=changed))}
    found[place.pk] = place
    return sorted(found.values(), key=lambda one: -one.level)


def _areas(places: Iterable[Place], day: date) -> list[Area]:
    rows = AreaMembership.objects.filter(on(day), on(day, "area__"), place__in=list(places))
    return [row.area for row in rows.select_related("area__root").order_by("area__name", "area_id")]


def _duties(places: list[Place], areas: list[Area], household: Household | None, day: date) -> list[Duty]:
    where = Q(place__in=places, area=None) | Q(area__in=areas)
    whose = Q(household=None, lane=None, group=None)
    if household:
        whose |= Q(household=household) | Q(household=None, place=household.place_id) & (
            Q(lane__isnull=False, lane=household.lane_id) | Q(group__isnull=False, group=household.group_id)
        )
    found = Duty.objects.filter(on(day), on(day, "post__"), where, whose)
    return list(found.select_related("post__organisation", "post__place", "place", "area").order_by("pk"))


def seats(post_ids: Iterable[UUID], day: date) -> dict[UUID, Seat]:
    """Who sits on each of the posts on ``day``: the stand-in before the holder, nobody when neither is there."""
    ids = set(post_ids)
    away = list(
        StandIn.objects.filter(on(day), post__in=ids).select_related("by_post__organisation").order_by("starts_on")
    )
    sought = ids | {row.by_post_id for row in away}
    held = {
        row.post_id: row.person for row in Posting.objects.filter(on(day), post__in=sought).select_related("person")
    }
    found = {post_id: Seat(held[post_id]) for post_id in ids if post_id in held}
    for row in away:
        if row.by_post_id in held:
            found[row.post_id] = Seat(held[row.by_post_id], row.by_post)
    return found


def _rank_of(duty: Duty) -> Rank:
    office = OFFICE_OF.get(Capacity(duty.capacity))
    if office and (duty.area_id or duty.place.level > office):
        return RANK_OF_LEVEL[office]
    if duty.household_id:
        return Rank.HOUSEHOLD
    if duty.area_id or duty.capacity == Capacity.AREA_HEAD:
        return Rank.AREA
    if duty.lane_id or duty.capacity == Capacity.LANE_LEADER:
        return Rank.LANE
    return RANK_OF_LEVEL[Level(duty.place.level)]


def _links(duties: list[Duty], day: date) -> list[Link]:
    seated = seats({duty.post_id for duty in duties}, day)
    found = []
    for duty in duties:
        seat = seated.get(duty.post_id)
        found.append(
            Link(
                _rank_of(duty), duty.place, duty.capacity, duty.post, seat.person if seat else None,
                bool(seat and seat.by_post), seat.by_post if seat else None, duty.area, duty, "" if seat else VACANT,
            )
        )  # fmt: skip
    return found


def _empty_ranks(places: list[Place], areas: list[Area], links: list[Link], day: date) -> list[Link]:
    """Ranks the place has and no general duty fills. Above the township a rank is there only where units work."""
    filled = {link.rank for link in links if not link.matter and not link.aside}
    high = [place for place in places if RANK_OF_LEVEL[Level(place.level)] not in ALWAYS | filled]
    working = set(
        Organisation.objects.filter(on(day), place__in=high).values_list("place_id", flat=True) if high else ()
    )
    empty = [
        Link(rank, place, gap=NOBODY)
        for place in places
        if (rank := RANK_OF_LEVEL[Level(place.level)]) not in filled and (rank in ALWAYS or place.pk in working)
    ]
    if areas and Rank.AREA not in filled:
        empty.append(Link(Rank.AREA, areas[0].root, area=areas[0], gap=NOBODY))
    return empty


def _fits(link: Link, matter: str) -> bool:
    return matter.startswith(link.matter)


def _most_special(links: list[Link]) -> list[Link]:
    """At one rank and in one capacity, who has the special matter stands for the general one."""
    longest: dict[tuple[str, str], int] = {}
    for link in links:
        key = (link.rank, link.capacity)
        longest[key] = max(longest.get(key, 0), len(link.matter))
    return [link for link in links if len(link.matter) == longest[(link.rank, link.capacity)]]


def _all_links(place: Place, day: date, matter: str, household: Household | None) -> list[Link]:
    places = lineage(place, day)
    areas = _areas(places, day)
    links = [link for link in _links(_duties(places, areas, household, day), day) if _fits(link, matter)]
    return links + _empty_ranks(places, areas, links, day)


def chain_for(place: Place, day: date, matter: str = "", household: Household | None = None) -> list[Link]:
    """Who answers for ``place`` on ``day``, from the door upwards, with the gaps. With ``matter`` (a category code)
    those who have it as their special duty stand for the general ones of their rank."""
    return sorted(_most_special(_all_links(place, day, matter, household)), key=lambda link: link.order)


def responsible_for(place: Place, matter: str, day: date, household: Household | None = None) -> Responsible:
    """Who gets a matter: the post with the most special duty for it, then the nearest to the place, that somebody sits
    on. ``gaps``: whoever should have come before, and is not there."""
    passed: list[Link] = []
    links = [link for link in _all_links(place, day, matter, household) if not link.aside]
    for link in sorted(links, key=lambda link: link.fitness):
        if link.post and not link.gap:
            return Responsible(link.post, link, tuple(passed))
        passed.append(link)
    return Responsible(None, None, tuple(passed))


def _head_above(post: Post, posts: dict[UUID, Post]) -> Post | None:
    """The next higher in the same unit."""
    higher = [one for one in posts.values() if one.organisation_id == post.organisation_id and one.rank < post.rank]
    return max(higher, key=lambda one: (one.rank, one.pk.int)) if higher else None


def _next_in_chain(post: Post, chain: list[Link], seen: set[UUID]) -> Post | None:
    """The first of a higher rank in the chain of the post's place."""
    own = [RANKS.index(link.rank) for link in chain if link.post and link.post.pk == post.pk]
    height = max(own, default=RANKS.index(RANK_OF_LEVEL[Level(post.place.level)]))
    above = (link.post for link in chain if link.post and RANKS.index(link.rank) > height)
    return next((one for one in above if one.pk not in seen), None)


def _parent_head(post: Post, posts: dict[UUID, Post], seen: set[UUID]) -> Post | None:
    parent = post.organisation.parent_id
    heads = [one for one in posts.values() if one.organisation_id == parent and one.pk not in seen]
    return min(heads, key=lambda one: (one.rank, one.pk.int)) if parent and heads else None


def _climb(post: Post, day: date) -> list[Post]:
    """All posts above, held or not, nearest first."""
    places = lineage(post.place, day)
    near = Q(place__in=places) | Q(organisation=post.organisation_id)
    posts = {one.pk: one for one in Post.objects.filter(on(day), near).select_related("organisation", "place")}
    chain = chain_for(post.place, day)
    above: list[Post] = []
    seen, current = {post.pk}, post
    while True:
        ways = (
            posts.get(current.reports_to_id) if current.reports_to_id else None,
            _head_above(current, posts),
            _next_in_chain(current, chain, seen),
            _parent_head(current, posts, seen),
        )
        step = next((one for one in ways if one and one.pk not in seen), None)
        if step is None:
            return above
        above.append(step)
        seen.add(step.pk)
        current = step


def _seated_above(post: Post, day: date) -> list[tuple[Post, Seat]]:
    above = _climb(post, day)
    seated = seats([one.pk for one in above], day)
    return [(one, seated[one.pk]) for one in above if one.pk in seated]


def posts_above(post: Post, day: date | None = None) -> list[Post]:
    """The ladder above a post, nearest first: whom it reports to, else the next higher of its unit, else the next up
    the chain. Posts nobody sits on are passed over."""
    return [one for one, _seat in _seated_above(post, day or clock.today())]


def next_up_past(post: Post, day: date | None = None, organisation: Organisation | None = None) -> Post | None:
    """Who gets a complaint about ``post`` (or about its whole ``organisation``): the first above that is neither the
    one complained of, nor one of their direct reports, nor held by any of these in another post."""
    day = day or clock.today()
    about = Q(pk=post.pk) | Q(reports_to=post)
    if organisation:
        about |= Q(organisation=organisation) | Q(organisation__parent=organisation)
    involved = set(Post.objects.filter(about).values_list("pk", flat=True))
    persons = {seat.person.pk for seat in seats(involved, day).values()}
    holders = set(Posting.objects.filter(on(day), post__in=involved).values_list("person", flat=True))
    for one, seat in _seated_above(post, day):
        if one.pk not in involved and seat.person.pk not in persons | holders:
            return one
    return None
