"""What the forms offer: posts that may be given a case, categories by group, villages by town."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from cunlian.cases.models import Case, Category
from cunlian.cases.routing import receivers
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Post
from cunlian.organisations.querysets import PostQuerySet
from cunlian.places.codes import ancestor_codes
from cunlian.places.models import Level, Place, places_without
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q

Choices = list[tuple[Text, Any]]


def _near(places: Iterable[Place]) -> Q:
    """Posts that work for these places, for what lies above them or for the grids in them."""
    near = Q(pk__in=())
    for place in places:
        near |= Q(place__code__in=ancestor_codes(place.code)) | code_q(place.code, "place__")
    return near


def posts_for(cases: list[Case], actor: Actor) -> list[Post]:
    """Current posts near these cases that may be given at least one of them, the nearest place first."""
    posts: PostQuerySet = Post.objects.visible_to(actor).current().filter(_near({case.place for case in cases}))
    near = list(posts.select_related("organisation", "place").with_holders())
    fit = {post.pk for case in cases for post in receivers(case, near) if post.pk != case.holder_id}
    held = (post for post in near if post.pk in fit)
    return sorted(held, key=lambda post: (-post.place.level, post.place.code, post.organisation.name, post.rank))


def post_label(post: Post) -> str:
    if not getattr(post, "running_postings", True):
        return _("%(title)s (vacant)") % {"title": post.title}
    return post.title


def by_unit(posts: list[Post]) -> Choices:
    """For a select: one group a unit."""
    groups = groupby(posts, key=lambda post: post.organisation)
    return [("", ""), *((str(unit), [(str(post.pk), post_label(post)) for post in held]) for unit, held in groups)]


def categories_on_list() -> list[Category]:
    return list(Category.objects.listed_on(clock.today()).leaves().select_related("parent").order_by("code"))


def by_group(categories: list[Category]) -> Choices:
    groups = groupby(categories, key=lambda item: item.parent)
    return [("", ""), *((str(group), [(str(item.pk), str(item)) for item in items]) for group, items in groups)]


def villages_of(actor: Actor, roles: Iterable[str], module: str = "") -> list[Place]:
    """Villages and grids where the actor carries one of ``roles`` and, where it is named, ``module`` is in use; villages
    before their grids, by code. A grid worker, whose territory is a grid, has just that."""
    mine = Place.objects.visible_to(actor).current().filter(territory_q(actor, roles, ""))
    if module:
        mine = mine.exclude(places_without(module))
    return list(mine.filter(level__gte=Level.VILLAGE).select_related("parent__parent").order_by("code"))


def by_town(places: list[Place]) -> Choices:
    """For a select: one group a town; grids stand under their village."""
    groups = groupby(places, key=_town)
    found: Choices = [("", "")]
    for town, held in groups:
        lines = [(str(p.pk), p.short_name if p.level == Level.VILLAGE else f"　{p.short_name}") for p in held]
        found.append((str(town) if town else "", lines))
    return found


def _town(place: Place) -> Place | None:
    village = place if place.level == Level.VILLAGE else place.parent
    return village.parent if village else None


def keyed(records: Iterable[Any]) -> dict[str, Any]:
    """Records by the value their option has in a select."""
    return {str(record.pk): record for record in records}


def parse_keys(texts: Iterable[str]) -> list[UUID]:
    """The keys among ``texts``; what is none is left out, as if it had not been ticked."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
