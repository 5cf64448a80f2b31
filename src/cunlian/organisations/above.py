"""Who stands above a post: whom it reports to, else the next higher of its unit, else the next up the chain of its place.

Every function here takes a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from cunlian.kernel import clock
from cunlian.organisations.chain import RANKS, Ground, Link, Seat, present, seats
from cunlian.organisations.models import RANK_OF_LEVEL, Organisation, Post, Posting, Rank
from cunlian.places.models import Level, on

A_YEAR = timedelta(days=365)


def _head_above(post: Post, posts: dict[UUID, Post]) -> Post | None:
    """The next higher in the same unit."""
    higher = [one for one in posts.values() if one.organisation_id == post.organisation_id and one.rank < post.rank]
    return max(higher, key=lambda one: (one.rank, one.pk.int)) if higher else None


def _next_in_chain(post: Post, chain: list[Link], seen: set[UUID]) -> Post | None:
    """The first of a higher rank in the chain of the post's place."""
    own = [RANKS.index(link.rank) for link in chain if link.post and link.post.pk == post.pk]
    at_home = Rank.AREA if post.area_id else RANK_OF_LEVEL[Level(post.place.level)]
    height = max(own, default=RANKS.index(at_home))
    above = (link.post for link in chain if link.post and RANKS.index(link.rank) > height)
    return next((one for one in above if one.pk not in seen), None)


def _parent_head(post: Post, posts: dict[UUID, Post], seen: set[UUID]) -> Post | None:
    parent = post.organisation.parent_id
    heads = [one for one in posts.values() if one.organisation_id == parent and one.pk not in seen]
    return min(heads, key=lambda one: (one.rank, one.pk.int)) if parent and heads else None


def _climb(post: Post, posts: dict[UUID, Post], chain: list[Link]) -> list[Post]:
    """All posts above, held or not, nearest first."""
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


def _seated_above(lower: Iterable[Post], day: date) -> dict[UUID, list[tuple[Post, Seat]]]:
    lower = {post.pk: post for post in lower}.values()
    ground = Ground.read({post.place_id: post.place for post in lower}.values(), day)
    places = {one.pk for line in ground.lines.values() for one in line}
    near = Q(place__in=places) | Q(organisation__in={post.organisation_id for post in lower})
    posts = list(Post.objects.filter(on(day), near).select_related("organisation", "place"))
    climbed = {}
    for post in lower:
        line = {one.pk for one in ground.lines[post.place_id]}
        around = {one.pk: one for one in posts if one.place_id in line or one.organisation_id == post.organisation_id}
        climbed[post.pk] = _climb(post, around, ground.chain(post.place))
    there = present({one.pk for above in climbed.values() for one in above}, day)
    return {pk: [(one, there[one.pk]) for one in above if one.pk in there] for pk, above in climbed.items()}


def posts_above_each(lower: Iterable[Post], day: date) -> dict[UUID, list[Post]]:
    """The ladder above each of several posts, by key; as many queries as for one."""
    return {pk: [one for one, _seat in above] for pk, above in _seated_above(lower, day).items()}


def posts_above(post: Post, day: date | None = None) -> list[Post]:
    """The ladder above a post, nearest first: whom it reports to, else the next higher of its unit, else the next up
    the chain. Posts nobody sits on, or only somebody on leave, are passed over."""
    return posts_above_each([post], day or clock.today())[post.pk]


def complained_of(post: Post | None, organisation: Organisation | None, day: date | None = None) -> set[UUID]:
    """Posts a complaint must never reach: the one complained of with its direct reports, or every post of the unit and of those
    under it; and whatever else those hold now whom it may mean, of the first with its direct reports too."""
    day = day or clock.today()
    theirs = {post.pk} | _held_now(meant_by(post, day), day) if post else set()
    about = Q(pk__in=theirs) | Q(reports_to__in=theirs)
    if organisation:
        of_unit = Q(organisation=organisation) | Q(organisation__parent=organisation)
        held = _held_within_the_year(day).filter(post__in=Post.objects.filter(of_unit))
        about |= of_unit | Q(pk__in=_held_now(held.values_list("person", flat=True), day))
    return set(Post.objects.filter(about).values_list("pk", flat=True))


def meant_by(post: Post, day: date) -> list[UUID]:
    """Persons somebody may mean who complains of a post: nobody is asked of which day they speak, so its holder of the day
    and whoever held it within the year before; where that is nobody, the last there was. The newest first."""
    newest = ("-starts_on", "-pk")
    within = _held_within_the_year(day).filter(post=post).order_by(*newest).values_list("person", flat=True)
    last = Posting.objects.filter(post=post, starts_on__lte=day).order_by(*newest).values_list("person", flat=True)
    return list(within) or list(last[:1])


def _held_within_the_year(day: date) -> QuerySet[Posting]:
    return Posting.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day - A_YEAR), starts_on__lte=day)


def _held_now(persons: Iterable[UUID], day: date) -> set[UUID]:
    return set(Posting.objects.filter(on(day), person__in=list(persons)).values_list("post", flat=True))


def next_up_past(post: Post, day: date | None = None, organisation: Organisation | None = None) -> Post | None:
    """Who gets a complaint about ``post`` (or about its whole ``organisation``): the first above that is neither the
    one complained of, nor one of their direct reports, nor held by any of these in another post."""
    day = day or clock.today()
    involved = complained_of(post, organisation, day)
    persons = {seat.person.pk for seat in seats(involved, day).values()} | set(meant_by(post, day))
    holders = set(Posting.objects.filter(on(day), post__in=involved).values_list("person", flat=True))
    for one, seat in _seated_above([post], day)[post.pk]:
        if one.pk not in involved and seat.person.pk not in persons | holders:
            return one
    return None
