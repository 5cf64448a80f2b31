"""To whom an instruction goes: a place or an area is resolved to the post that answers for it, and the posts between are
informed. However many receivers, the number of queries is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.instructions.querysets import GIVERS
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.above import posts_above_each
from cunlian.organisations.chain import Ground, heads_of_areas
from cunlian.organisations.models import Post
from cunlian.places.models import Area, Place

# An instruction goes downward or to one's equals, never up.
_HEIGHT = {Role.COUNTY_LEADER: 4, Role.COUNTY_STAFF: 3, Role.DISPATCHER: 3, Role.TOWNSHIP_STAFF: 2, Role.AREA_STAFF: 1}


@dataclass(frozen=True)
class Receiver:
    """``post`` does it for ``place``, or for ``area`` as a whole, and then ``place`` is the root the area lies in.
    ``between``: posts it passes over, nearest to the receiver first. ``fault``: why it cannot go there; empty when it
    can."""

    place: Place
    post: Post | None
    area: Area | None = None
    between: tuple[Post, ...] = ()
    fault: Text = ""

    @property
    def where(self) -> Place | Area:
        return self.area or self.place


def _height(post: Post) -> int:
    return _HEIGHT.get(Role(post.role), 0)


def _below(post: Post | None, met: frozenset[UUID]) -> Post | None:
    """A vacancy lets a place fall to whoever answers above it: to the giver, or past them, it is nobody's."""
    return None if post is None or post.pk in met else post


def _fault(giver: Post, by: Actor, where: Place | Area, post: Post | None) -> Text:
    if not by.holds(GIVERS, where.territory_code):
        return _("“%(place)s” lies outside your territory.") % {"place": where}
    if post is None:
        return _("Below you nobody answers for “%(place)s”. Fill the post first, or choose a post.") % {"place": where}
    if post.pk == giver.pk:
        return _("“%(post)s” is your own post.") % {"post": post}
    if _height(post) > _height(giver):
        return _("“%(post)s” stands above you. Instructions go downward.") % {"post": post}
    return ""


def _between(giver: Post, ladder: list[Post], above_giver: frozenset[UUID]) -> tuple[Post, ...]:
    """Whoever stands on the ``ladder`` up to the giver, or to the first who stands above the giver."""
    met = above_giver | {giver.pk}
    return tuple(one for one in takewhile(lambda one: one.pk not in met, ladder) if _height(one) <= _height(giver))


def _answering(
    places: list[Place], areas: list[Area], met: frozenset[UUID], day: date
) -> list[tuple[Place, Area | None, Post | None]]:
    """Each place with the post that answers for it, each area with its own: its head's or its office's."""
    ground, heads = Ground.read(places, day), heads_of_areas(areas, day)
    found: list[tuple[Place, Area | None, Post | None]] = [
        (place, None, _below(ground.responsible(place).post, met)) for place in places
    ]
    return found + [(area.root, area, _below(heads.get(area.pk), met)) for area in areas]


def resolve(
    giver: Post, by: Actor, places: Iterable[Place], posts: Iterable[Post], day: date, areas: Iterable[Area] = ()
) -> list[Receiver]:
    """Every receiver once. Places first, each by the post that answers for it on ``day``, then areas, then such posts as
    do not have it by then."""
    posts = list(posts)
    ladder = frozenset(post.pk for post in posts_above_each([giver], day)[giver.pk])
    wanted = _answering(list(places), list(areas), ladder | {giver.pk}, day)
    answering = {post.pk for _place, _area, post in wanted if post}
    wanted += [(post.place, None, post) for post in posts if post.pk not in answering]
    faults = [_fault(giver, by, area or place, post) for place, area, post in wanted]
    sound = [post for (_place, _area, post), fault in zip(wanted, faults, strict=True) if post and not fault]
    above = posts_above_each(sound, day)
    found: dict[tuple[UUID, UUID | None], Receiver] = {}
    for (place, area, post), fault in zip(wanted, faults, strict=True):
        between = _between(giver, above[post.pk], ladder) if post and not fault else ()
        key = (area or place).pk, post.pk if post else None
        found.setdefault(key, Receiver(place, post, area, between, fault))
    return list(found.values())
