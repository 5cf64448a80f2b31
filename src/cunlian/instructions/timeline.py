"""What happened to a copy, step by step: the log's rows with the words kept beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cunlian.instructions.models import Copy
from cunlian.kernel.log import VERBS, Verb
from cunlian.kernel.models import Activity
from cunlian.organisations.models import Post


@dataclass(frozen=True)
class Step:
    """One line: when, which verb, by which post (None: the system), to which post, with which words, how many days."""

    happened_at: datetime
    verb: Verb
    post: Post | None
    to: Post | None = None
    words: str = ""
    days: str = ""


def _new(row: Activity, field: str) -> str:
    values = row.changed.get(field)
    return str(values[1]) if values and values[1] is not None else ""


def steps(copy: Copy) -> list[Step]:
    """Oldest first, in three queries."""
    found = Activity.objects.filter(object_id=copy.pk).order_by("happened_at", "id")
    rows = [row for row in found if row.verb in VERBS]
    words = {str(remark.pk): remark.text for remark in copy.remarks.all()}
    wanted = {row.post_id for row in rows if row.post_id} | {UUID(key) for row in rows if (key := _new(row, "post"))}
    posts = {post.pk: post for post in Post.objects.filter(pk__in=wanted).select_related("organisation")}
    return [
        Step(
            row.happened_at, VERBS[row.verb], posts.get(row.post_id) if row.post_id else None,
            posts.get(UUID(key)) if (key := _new(row, "post")) else None, words.get(_new(row, "remark"), ""),
            _new(row, "working_days") or _new(row, "extra_asked"),
        )
        for row in rows
    ]  # fmt: skip
