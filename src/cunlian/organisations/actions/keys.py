"""Keys of programs that act as a post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.actions import make_service_key
from cunlian.accounts.models import ServiceKey
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Post


@transaction.atomic
def make_post_key(
    post: Post, *, by: Actor, name: str, scopes: Iterable[str], ends_on: date | None = None
) -> tuple[ServiceKey, str]:
    """A key with which a program works as ``post``: with its role, over its place or area, on what the post holds. What it
    does is recorded as the key's, for the post. It ends with the post at the latest. Returns it and its secret."""
    post = lock(post)
    require(by, "accounts.make_key", post)
    if post.ends_on and post.ends_on <= clock.today():
        raise Invalid(_("This post has ended. Choose one that exists today."), field="post")
    return make_service_key(
        by=by,
        name=name,
        place=post.place,
        role=post.role,
        scopes=scopes,
        ends_on=ends_on,
        area=post.area,
        post_id=post.pk,
    )
