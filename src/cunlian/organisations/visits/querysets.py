"""Which notes: of whose post."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from cunlian.kernel.access import Actor

if TYPE_CHECKING:
    from cunlian.organisations.models import VisitNote  # noqa: F401


class VisitNoteQuerySet(models.QuerySet["VisitNote"]):
    def visible_to(self, actor: Actor) -> VisitNoteQuerySet:
        """Those of the actor's own posts, and of posts they stand in for. No office above reads or counts them."""
        return self if actor.is_system else self.filter(post_id__in=actor.post_ids)

    def kept(self, day: date) -> VisitNoteQuerySet:
        return self.filter(kept_until__gt=day)

    def for_list(self) -> VisitNoteQuerySet:
        return self.select_related(
            "post__organisation", "place", "household__grid", "household__place", "promise"
        ).order_by("-visited_on", "-pk")
