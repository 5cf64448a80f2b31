"""Posts whose duties are more than the county decided for their capacity. Posts, never persons; by place, never by number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Subquery

from cunlian.organisations.coverage.objects import Scope
from cunlian.organisations.models import Capacity, Duty, DutyCeiling, Post
from cunlian.places.models import Place


@dataclass(frozen=True)
class Load:
    """``carries`` duties of the ``capacity`` run today; the county wants at most ``most``."""

    post: Post
    capacity: str
    carries: int
    most: int

    @property
    def place(self) -> Place:
        return self.post.place


def overload(scope: Scope) -> list[Load]:
    """Three queries, however many posts."""
    ceilings = DutyCeiling.objects.visible_to(scope.actor).holding().filter(capacity=OuterRef("capacity"))
    most = Subquery(ceilings.values("most")[:1], output_field=IntegerField())
    running = Duty.objects.visible_to(scope.actor).on(scope.day).filter(scope.inside("post__place__")).order_by()
    rows = running.values("post", "capacity").annotate(carries=Count("pk"), most=most).filter(carries__gt=F("most"))
    found = list(rows)
    posts = Post.objects.select_related("organisation", "place").in_bulk([row["post"] for row in found])
    loads = [
        Load(posts[row["post"]], str(Capacity(row["capacity"]).label), row["carries"], row["most"]) for row in found
    ]
    return sorted(loads, key=lambda load: (load.post.place.code, str(load.post), load.capacity))
