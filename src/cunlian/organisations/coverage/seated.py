"""Whether somebody does the work of a post on a day, and until when somebody did: expressions for any query that has a post.

Somebody does it who holds the post, is within their term and not on leave, or who stands in from such a post.
"""

from __future__ import annotations

from datetime import date

from django.db.models import DateField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from cunlian.organisations.models import Leave, Posting, StandIn
from cunlian.places.models import on

NEVER = date(1900, 1, 1)
"""Where nobody was ever there: before every day, so that it sorts as the longest."""
FAR = date(9999, 12, 31)


def _day(value: date) -> Value:
    return Value(value, output_field=DateField())


def in_term(day: date) -> Q:
    return Q(term_to=None) | Q(term_to__gt=day)


def on_leave(day: date) -> Exists:
    """Of a posting: its holder is away."""
    return Exists(Leave.objects.filter(on(day), posting=OuterRef("pk")))


def held(day: date, post: str = "post_id") -> Exists:
    """The holder of the post is there. ``post``: the path to the post from the rows asked about."""
    return Exists(Posting.objects.filter(on(day), in_term(day), ~on_leave(day), post=OuterRef(post)))


def answered(day: date, post: str = "post_id") -> Q:
    """The holder, or a stand-in, is there."""
    standing_in = StandIn.objects.filter(on(day), held(day, "by_post_id"), post=OuterRef(post))
    return Q(held(day, post)) | Q(Exists(standing_in))


def _holder_until(day: date, post: str) -> Coalesce:
    leave = Leave.objects.filter(on(day), posting=OuterRef("pk")).order_by("starts_on").values("starts_on")[:1]
    ends = Least(Coalesce("ends_on", _day(FAR)), Coalesce("term_to", _day(FAR)), Coalesce(Subquery(leave), _day(FAR)))
    rows = Posting.objects.filter(post=OuterRef(post), starts_on__lte=day).annotate(until=ends).order_by("-until")
    return Coalesce(Subquery(rows.values("until")[:1], output_field=DateField()), _day(NEVER))


def answered_until(day: date, post: str = "post_id") -> Greatest:
    """The first day nobody did the work of a post that has nobody today; ``NEVER`` when nobody ever did."""
    ends = Least("ends_on", _holder_until(day, "by_post_id"))
    rows = StandIn.objects.filter(post=OuterRef(post), starts_on__lte=day).annotate(until=ends).order_by("-until")
    stood_in = Coalesce(Subquery(rows.values("until")[:1], output_field=DateField()), _day(NEVER))
    return Greatest(_holder_until(day, post), stood_in)
