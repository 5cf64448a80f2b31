"""Dispatch desks: who passes on what finds nobody in the chain, and what may not lie where it came in."""

from __future__ import annotations

from datetime import date

from cunlian.accounts.roles import Role
from cunlian.organisations.models import Post
from cunlian.places.models import Place, on

DISPATCH = "dispatch"
"""The matter a gap names when nobody is at the desk."""


def dispatch_desks(place: Place, day: date) -> list[Post]:
    """The desks whose territory covers the place, the nearest first, with somebody on them or not."""
    desks = Post.objects.filter(on(day), role=Role.DISPATCHER).select_related("organisation", "place").order_by("pk")
    covering = (post for post in desks if place.code.startswith(post.place.code))
    return sorted(covering, key=lambda post: -len(post.place.code))
