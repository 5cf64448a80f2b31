"""What happened to a dispute, step by step, for those who may read its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cunlian.cases.disputes.models import Dispute
from cunlian.kernel.log import VERBS, Verb
from cunlian.kernel.models import Activity
from cunlian.organisations.models import Post

NOTED = "disputes.noted"


@dataclass(frozen=True)
class Step:
    """One line: when, which verb, by which post (None: the system)."""

    happened_at: datetime
    verb: Verb
    post: Post | None


def steps(dispute: Dispute, *, with_notes: bool) -> list[Step]:
    """Oldest first, in two queries. Without ``with_notes`` nothing tells that there are notes."""
    found = Activity.objects.filter(object_id=dispute.pk).order_by("happened_at", "id")
    rows = [row for row in found if row.verb in VERBS and (with_notes or row.verb != NOTED)]
    wanted = {row.post_id for row in rows if row.post_id}
    posts = {post.pk: post for post in Post.objects.filter(pk__in=wanted).select_related("organisation")}
    return [Step(row.happened_at, VERBS[row.verb], posts.get(row.post_id) if row.post_id else None) for row in rows]
