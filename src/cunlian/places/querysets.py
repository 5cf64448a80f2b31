"""Reads of places. Every subtree is one half-open range of codes, written here and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, When
from django.db.models.lookups import Lookup

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.places.codes import code_range, is_code
from cunlian.places.names import short_name_of

if TYPE_CHECKING:
    from cunlian.places.models import Place, PlaceVersion  # noqa: F401

LAST = "\U0010ffff"


@models.CharField.register_lookup
class Prefix(Lookup):
    """``field__prefix="x"``: begins with x, in a form each database answers from its index.

    SQLite compares bytes, so a range does; its LIKE ignores case and cannot use the index. PostgreSQL's collation may
    order Chinese in any way, so there it is LIKE over an index of pattern operators."""

    lookup_name = "prefix"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"({lhs} >= %s AND {lhs} < %s)", (*params, self.rhs, *params, f"{self.rhs}{LAST}")

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} LIKE %s", (*params, f"{connection.ops.prep_for_like_query(self.rhs)}%")


def code_q(code: str, prefix: str = "") -> Q:
    low, high = code_range(code)
    return Q(**{f"{prefix}code__gte": low, f"{prefix}code__lt": high})


def _beginning_with_code(text: str) -> Q:
    """Below a county all, above it ranks down to counties: nobody looks for 40,000 villages by "61"."""
    return code_q(text) if len(text) >= 6 else code_q(text) & Q(level__lte=3)


class PlaceQuerySet(models.QuerySet["Place"]):
    def within(self, root: Place, on: date | None = None) -> PlaceQuerySet:
        """``root`` and everything below it: by today's tree, or by the tree of the day ``on``.

        By today's tree a place that has ended is found under the one that took it over: sums lose no past."""
        if on is None and root.ends_on is not None:
            return self.filter(Q(pk=root.pk) | Q(parent_id=root.pk))
        if on is None:
            return self.filter(code_q(root.code))
        root_then = root.on_day(on).code
        versions = apps.get_model("places", "PlaceVersion").objects
        below_then = versions.filter(
            code_q(root_then), Q(starts_on=None) | Q(starts_on__lte=on), ends_on__gt=on, place_id=OuterRef("pk")
        )
        as_now = (Q(since=None) | Q(since__lte=on)) & code_q(root_then)
        return self.existing(on).filter(as_now | Exists(below_then))

    def existing(self, day: date) -> PlaceQuerySet:
        """Places that existed on ``day``, whatever they were called."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day))

    def visible_to(self, actor: Actor) -> PlaceQuerySet:
        """All: the names of places are public."""
        return self.all()

    def current(self, day: date | None = None) -> PlaceQuerySet:
        """Those there are; of another ``day``, those there were."""
        return self.filter(ends_on=None) if day is None or day == clock.today() else self.existing(day)

    def villages(self) -> PlaceQuerySet:
        return self.filter(level=5)

    def with_path(self) -> PlaceQuerySet:
        """Joins what ``Place.path`` names: names repeat, so lists show county and town beside them."""
        return self.select_related("parent__parent__parent")

    def matching(self, text: str, district: Place | None = None) -> PlaceQuerySet:
        """Type-ahead over the whole country by name, short name, pinyin initials or code, best first.

        Exact, then beginning with ``text``, the district's own before others. Containing ``text``, and beginning with a
        single character, count only inside ``district``: over the country they would read tens of thousands of rows."""
        text = text.strip()
        if not text:
            return self.none()
        short, letters = short_name_of(text), text.lower()
        starts = Q(short_name__prefix=text) | Q(short_name__prefix=short) | Q(initials__prefix=letters)
        exact = Q(short_name=text) | Q(short_name=short) | Q(name=text) | Q(initials=letters)
        if is_code(text):
            starts, exact = _beginning_with_code(text), Q(code=text)
        rank = Case(When(exact, then=0), default=1, output_field=IntegerField())
        if district is None:
            return self.current().filter(starts).alias(rank=rank).order_by("rank", "code").with_path()
        inside = code_q(district.code)
        if len(text) == 1:
            starts &= inside
        starts |= inside & (Q(short_name__contains=text) | Q(name__contains=text))
        near = Case(When(inside, then=0), default=1, output_field=IntegerField())
        return self.current().filter(starts).alias(rank=rank, near=near).order_by("near", "rank", "code").with_path()
