"""What happened on a path home, step by step. The person reads the public steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cunlian.kernel.log import VERBS, Verb
from cunlian.kernel.models import Activity
from cunlian.organisations.models import Post
from cunlian.talent.models import Homecoming


@dataclass(frozen=True)
class Step:
    """One line: when, which verb, by which post (None: the person or the system), on whose word."""

    happened_at: datetime
    verb: Verb
    post: Post | None
    behalf: str


def steps(path: Homecoming, *, public: bool) -> list[Step]:
    """Oldest first, in two queries. ``public``: only what the person may read."""
    found = Activity.objects.filter(object_id=path.pk).order_by("happened_at", "id")
    rows = [row for row in found if row.verb in VERBS and (VERBS[row.verb].public or not public)]
    wanted = {row.post_id for row in rows if row.post_id}
    posts = {post.pk: post for post in Post.objects.filter(pk__in=wanted).select_related("organisation")}
    return [
        Step(row.happened_at, VERBS[row.verb], posts.get(row.post_id) if row.post_id else None, row.behalf_channel)
        for row in rows
    ]
