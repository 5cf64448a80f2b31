"""Who looked at the full name and phone behind a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cunlian.cases.models import Case
from cunlian.kernel.models import Look
from cunlian.organisations.models import Post


@dataclass(frozen=True)
class Seen:
    """One look: by which post (None: the post is gone, or a machine), why, when."""

    post: Post | None
    purpose: str
    happened_at: datetime


def looks_about(case: Case) -> list[Seen]:
    """Newest first. Two queries. For those who may see the case."""
    rows = list(Look.objects.filter(about_kind=Case.KIND, about_id=case.pk).order_by("-happened_at", "-pk"))
    posts = _posts(row.post_id for row in rows)
    return [Seen(posts.get(row.post_id) if row.post_id else None, row.purpose, row.happened_at) for row in rows]


def _posts(keys: Iterable[UUID | None]) -> dict[UUID, Post]:
    wanted = {key for key in keys if key}
    return {post.pk: post for post in Post.objects.filter(pk__in=wanted).select_related("organisation")}
