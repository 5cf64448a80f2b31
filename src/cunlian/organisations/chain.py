"""Who answers for a place on any day, from the door upwards, and who stands above a post.

The chain is read from dated rows (duties, postings, stand-ins, area memberships, codes of that day), so the same
question about a past day gives the answer of that day. A rank the place does not have is skipped; a rank it has and
nobody answers for is a gap, shown as one. Every function here takes a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.refusals import Text
from cunlian.organisations.coverage.seated import on_leave
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
AWAY = pgettext_lazy("why nobody answers", "On leave, nobody stands in")

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
    """Who sits on a post on a day. ``by_post``: the post that stands in, when one does. ``away``: they are on leave and
    nobody stands in, so nothing new goes to them."""

    person: Person
    by_post: Post | None = None
    away: bool = False


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


def _version_of(day: date) -> Q:
    return (Q(starts_on=None) | Q(starts_on__lte=day)) & Q(ends_on__gt=day)


def _stands(place: Place, day: date) -> bool:
    return place.ends_on is None and (place.since is None or place.since <= day)


def _codes_on(places: list[Place], day: date) -> dict[UUID, str]:
    """The code each place had on ``day``: its own of today, unless it has changed since."""
    changed = [place.pk for place in places if not _stands(place, day)]
    then = PlaceVersion.objects.filter(_version_of(day), place__in=changed) if changed else PlaceVersion.objects.none()
    return {place.pk: place.code for place in places} | dict(then.values_list("place_id", "code"))


def lineages(places: list[Place], day: date) -> dict[UUID, list[Place]]:
    """By key of each place: itself and every place above it as the tree was on ``day``, from the deepest upwards. At
    most three queries."""
    above = {pk: ancestor_codes(code) for pk, code in _codes_on(places, day).items()}
    wanted = {code for codes in above.values() for code in codes}
    changed = list(PlaceVersion.objects.filter(_version_of(day), code__in=wanted).values_list("place_id", "code"))
    standing = Q(code__in=wanted, ends_on=None) & (Q(since=None) | Q(since__lte=day))
    found = {one.pk: one for one in Place.objects.filter(standing | Q(pk__in={pk for pk, _code in changed}))}
    coded = {*changed, *((pk, one.code) for pk, one in found.items() if _stands(one, day))}
    then: dict[str, list[Place]] = {}
    for pk, code in coded:
        then.setdefault(code, []).append(found[pk])
    lines = {}
    for place in places:
        line = {one.pk: one for code in above[place.pk] for one in then.get(code, ())} | {place.pk: place}
        lines[place.pk] = sorted(line.values(), key=lambda one: -one.level)
    return lines


def _areas(places: Iterable[Place], day: date) -> dict[UUID, list[Area]]:
    """By key of the place that is a member."""
    rows = AreaMembership.objects.filter(on(day), on(day, "area__"), place__in=list(places))
    found: dict[UUID, list[Area]] = {}
    for row in rows.select_related("area__root").order_by("area__name", "area_id"):
        found.setdefault(row.place_id, []).append(row.area)
    return found


def _fitting(matter: str) -> list[str]:
    """The matters of duties that have to do with ``matter``: itself, its group, and the general one, which has none."""
    return [matter[:length] for length in range(len(matter) + 1)]


def _duties(
    places: list[Place], areas: list[Area], household: Household | None, day: date, matter: str | None
) -> list[Duty]:
    where = Q(place__in=places, area=None) | Q(area__in=areas)
    if matter is not None:
        where &= Q(matter__in=_fitting(matter))
    whose = Q(household=None, lane=None, group=None)
    if household:
        whose |= Q(household=household) | Q(household=None, place=household.place_id) & (
            Q(lane__isnull=False, lane=household.lane_id) | Q(group__isnull=False, group=household.group_id)
        )
    found = Duty.objects.filter(on(day), on(day, "post__"), where, whose)
    return list(found.select_related("post__organisation", "post__place", "place", "area").order_by("pk"))


def seats(post_ids: Iterable[UUID], day: date) -> dict[UUID, Seat]:
    """Who sits on each of the posts on ``day``: the stand-in before the holder. A stand-in on leave stands in for
    nobody."""
    ids = set(post_ids)
    stand_ins = list(
        StandIn.objects.filter(on(day), post__in=ids).select_related("by_post__organisation").order_by("starts_on")
    )
    sought = ids | {row.by_post_id for row in stand_ins}
    rows = Posting.objects.filter(on(day), post__in=sought).annotate(away=on_leave(day)).select_related("person")
    held = {row.post_id: Seat(row.person, away=row.away) for row in rows}  # type: ignore[attr-defined]
    found = {post_id: held[post_id] for post_id in ids if post_id in held}
    for stand_in in stand_ins:
        by = held.get(stand_in.by_post_id)
        if by and not by.away:
            found[stand_in.post_id] = Seat(by.person, stand_in.by_post)
    return found


def present(post_ids: Iterable[UUID], day: date) -> dict[UUID, Seat]:
    """Of the posts those that can be given something on ``day``: the holder, or a stand-in, is there."""
    return {pk: seat for pk, seat in seats(post_ids, day).items() if not seat.away}


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


def _fits(link: Link, matter: str) -> bool:
    return link.matter in _fitting(matter)


def _most_special(links: list[Link]) -> list[Link]:
    """At one rank and in one capacity, who has the special matter stands for the general one."""
    longest: dict[tuple[str, str], int] = {}
    for link in links:
        key = (link.rank, link.capacity)
        longest[key] = max(longest.get(key, 0), len(link.matter))
    return [link for link in links if len(link.matter) == longest[(link.rank, link.capacity)]]


def _links(duties: list[Duty], seated: dict[UUID, Seat]) -> list[Link]:
    found = []
    for duty in duties:
        seat = seated.get(duty.post_id)
        line = Link(_rank_of(duty), duty.place, duty.capacity, duty.post, area=duty.area, duty=duty, gap=VACANT)
        if seat and seat.away:
            line = replace(line, gap=AWAY)
        elif seat:
            line = replace(line, holder=seat.person, stand_in=bool(seat.by_post), by_post=seat.by_post, gap="")
        found.append(line)
    return found


def _empty_ranks(places: list[Place], areas: list[Area], links: list[Link], working: set[UUID]) -> list[Link]:
    """Ranks the place has and no general duty fills. Above the township a rank is there only where units work."""
    filled = {link.rank for link in links if not link.matter and not link.aside}
    empty = [
        Link(rank, place, gap=NOBODY)
        for place in places
        if (rank := RANK_OF_LEVEL[Level(place.level)]) not in filled and (rank in ALWAYS or place.pk in working)
    ]
    if areas and Rank.AREA not in filled:
        empty.append(Link(Rank.AREA, areas[0].root, area=areas[0], gap=NOBODY))
    return empty


@dataclass(frozen=True)
class Ground:
    """What the chains of several places are read from on a day; read once for all of them, and for one ``matter`` where it
    is named: an office has dozens of duties, of which two or three have to do with it."""

    lines: dict[UUID, list[Place]]
    areas: dict[UUID, list[Area]]
    duties: list[Duty]
    seated: dict[UUID, Seat]
    working: set[UUID]

    @classmethod
    def read(
        cls, places: Iterable[Place], day: date, household: Household | None = None, matter: str | None = None
    ) -> Ground:
        lines = lineages(list(places), day)
        all_places = list({one.pk: one for line in lines.values() for one in line}.values())
        areas = _areas(all_places, day)
        duties = _duties(all_places, [area for held in areas.values() for area in held], household, day, matter)
        high = [one for one in all_places if RANK_OF_LEVEL[Level(one.level)] not in ALWAYS]
        # A unit without a post answers for nothing: a body of the city that only stands above one of the county's own
        # brings no rank into the chain.
        units = Organisation.objects.filter(on(day), Exists(Post.objects.filter(on(day), organisation=OuterRef("pk"))),
                                            place__in=high)  # fmt: skip
        working = set(units.values_list("place_id", flat=True)) if high else set()
        return cls(lines, areas, duties, seats({duty.post_id for duty in duties}, day), working)

    def links(self, place: Place, matter: str = "") -> list[Link]:
        """Every line of the chain of ``place``, one of those it was read for, in no order; with the gaps."""
        places = self.lines[place.pk]
        above = {one.pk for one in places}
        areas = sorted(
            {area.pk: area for one in places for area in self.areas.get(one.pk, ())}.values(),
            key=lambda area: (area.name, area.pk),
        )
        mine = {area.pk for area in areas}
        held = [d for d in self.duties if (d.area_id in mine if d.area_id else d.place_id in above)]
        links = [link for link in _links(held, self.seated) if _fits(link, matter)]
        return links + _empty_ranks(places, areas, links, self.working)

    def chain(self, place: Place, matter: str = "") -> list[Link]:
        return sorted(_most_special(self.links(place, matter)), key=lambda link: link.order)

    def responsible(self, place: Place, matter: str = "") -> Responsible:
        passed: list[Link] = []
        links = [link for link in self.links(place, matter) if not link.aside]
        for link in sorted(links, key=lambda link: link.fitness):
            if link.post and not link.gap:
                return Responsible(link.post, link, tuple(passed))
            passed.append(link)
        return Responsible(None, None, tuple(passed))


def chain_for(place: Place, day: date, matter: str = "", household: Household | None = None) -> list[Link]:
    """Who answers for ``place`` on ``day``, from the door upwards, with the gaps. With ``matter`` (a category code)
    those who have it as their special duty stand for the general ones of their rank."""
    return Ground.read([place], day, household, matter).chain(place, matter)


def responsible_for(place: Place, matter: str, day: date, household: Household | None = None) -> Responsible:
    """Who gets a matter: the post with the most special duty for it, then the nearest to the place, that somebody sits
    on. ``gaps``: whoever should have come before, and is not there."""
    return Ground.read([place], day, household, matter).responsible(place, matter)


def heads_of_areas(areas: Iterable[Area], day: date) -> dict[UUID, Post]:
    """Who answers for each area as a whole: the post with the duty of its head, else the highest post set up for it;
    of those with somebody there. An area nobody answers for is missing."""
    wanted = list(areas)
    led = Duty.objects.filter(on(day), on(day, "post__"), area__in=wanted, capacity=Capacity.AREA_HEAD, matter="")
    set_up = Post.objects.filter(on(day), Q(area__in=wanted) | Q(organisation__area__in=wanted))
    offered = [
        (row.area_id, row.post) for row in led.select_related("post__organisation", "post__place").order_by("pk")
    ]
    offered += [
        (one.area_id or one.organisation.area_id, one)
        for one in set_up.select_related("organisation", "place").order_by("rank", "pk")
    ]
    there = present({post.pk for _area, post in offered}, day)
    found: dict[UUID, Post] = {}
    for area_id, post in offered:
        if area_id and post.pk in there:
            found.setdefault(area_id, post)
    return found
