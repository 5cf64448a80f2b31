"""To whom an instruction goes: a place is resolved to the post that answers for it, and the posts between are informed."""

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
from cunlian.organisations.chain import posts_above, responsible_for
from cunlian.organisations.models import Post
from cunlian.places.models import Place

# An instruction goes downward or to one's equals, never up.
_HEIGHT = {Role.COUNTY_LEADER: 4, Role.COUNTY_STAFF: 3, Role.DISPATCHER: 3, Role.TOWNSHIP_STAFF: 2, Role.AREA_STAFF: 1}


@dataclass(frozen=True)
class Receiver:
    """``post`` does it for ``place``. ``between``: posts it passes over, nearest to the receiver first. ``fault``: why it
    cannot go there; empty when it can."""

    place: Place
    post: Post | None
    between: tuple[Post, ...] = ()
    fault: Text = ""


def _height(post: Post) -> int:
    return _HEIGHT.get(Role(post.role), 0)


def _below(post: Post | None, met: frozenset[UUID]) -> Post | None:
    """A vacancy lets a place fall to whoever answers above it: to the giver, or past them, it is nobody's."""
    return None if post is None or post.pk in met else post


def _fault(giver: Post, by: Actor, place: Place, post: Post | None) -> Text:
    if not by.holds(GIVERS, place.code):
        return _("“%(place)s” lies outside your territory.") % {"place": place}
    if post is None:
        return _("Below you nobody answers for “%(place)s”. Fill the post first, or choose a post.") % {"place": place}
    if post.pk == giver.pk:
        return _("“%(post)s” is your own post.") % {"post": post}
    if _height(post) > _height(giver):
        return _("“%(post)s” stands above you. Instructions go downward.") % {"post": post}
    return ""


def _between(giver: Post, post: Post, above_giver: frozenset[UUID], day: date) -> tuple[Post, ...]:
    """Whoever stands on the ladder from ``post`` up to the giver, or to the first who stands above the giver."""
    ladder = posts_above(post, day)
    met = above_giver | {giver.pk}
    passed = list(takewhile(lambda one: one.pk not in met, ladder))
    return tuple(one for one in passed if _height(one) <= _height(giver))


def resolve(giver: Post, by: Actor, places: Iterable[Place], posts: Iterable[Post], day: date) -> list[Receiver]:
    """Every receiver once. Places first, each by the post that answers for it on ``day``."""
    above = frozenset(post.pk for post in posts_above(giver, day))
    wanted = [(place, _below(responsible_for(place, "", day).post, above | {giver.pk})) for place in places]
    wanted += [(post.place, post) for post in posts]
    found: dict[tuple[UUID, UUID | None], Receiver] = {}
    for place, post in wanted:
        fault = _fault(giver, by, place, post)
        between = _between(giver, post, above, day) if post and not fault else ()
        found.setdefault((place.pk, post.pk if post else None), Receiver(place, post, between, fault))
    return list(found.values())
