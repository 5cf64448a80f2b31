"""What happened to a case, step by step: the log's rows with the words kept beside them.

Staff see every step; the person sees the public ones, with posts, never with private names or phones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cunlian.cases.models import Case, Remark
from cunlian.kernel.log import VERBS, Verb
from cunlian.kernel.models import Activity
from cunlian.organisations.models import Post


@dataclass(frozen=True)
class Step:
    """One line: when, which verb, by which post (None: the person or the system), to which post, with which words."""

    happened_at: datetime
    verb: Verb
    post: Post | None
    actor_kind: str
    behalf: str
    words: str
    to: Post | None = None
    detail: str = ""


def _named(rows: list[Activity], field: str) -> set[str]:
    return {str(row.changed[field][1]) for row in rows if row.changed.get(field) and row.changed[field][1]}


def _new(row: Activity, field: str) -> str:
    values = row.changed.get(field)
    return str(values[1]) if values and values[1] is not None else ""


def steps(case: Case, *, public: bool) -> list[Step]:
    """Oldest first. Three queries whatever the length. ``public``: only what the person may read."""
    rows = list(Activity.objects.filter(object_id=case.pk).order_by("happened_at", "id"))
    rows = [row for row in rows if row.verb in VERBS and (VERBS[row.verb].public or not public)]
    remarks = {str(remark.pk): remark for remark in Remark.objects.filter(case=case)}
    wanted = {row.post_id for row in rows if row.post_id} | {UUID(key) for key in _named(rows, "holder")}
    posts = {post.pk: post for post in Post.objects.filter(pk__in=wanted).select_related("organisation")}
    found = []
    for row in rows:
        remark = remarks.get(_new(row, "remark"))
        to = _new(row, "holder") if row.verb in ("cases.dispatched", "cases.returned") else ""
        found.append(
            Step(
                happened_at=row.happened_at,
                verb=VERBS[row.verb],
                post=posts.get(row.post_id) if row.post_id else None,
                actor_kind=row.actor_kind,
                behalf=row.behalf_channel,
                words=remark.text if remark and (remark.public or not public) else "",
                to=posts.get(UUID(to)) if to else None,
                detail=_new(row, "reason") or _new(row, "working_days"),
            )
        )
    return found
