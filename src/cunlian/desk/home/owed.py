"""What the viewer's posts owe besides requests, disputes and instructions: every other promise, by its day, with the page
it is kept on. Only of these very posts, held or stood in for; a territory is not a to-do list."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Promise
from cunlian.kernel.promises import KINDS
from cunlian.kernel.querysets import PromiseQuerySet
from cunlian.kernel.refusals import Text
from cunlian.organisations.actions.leaving import AUDIT
from cunlian.organisations.coverage.open_matters import about_visible
from cunlian.organisations.models import Leaving, Post
from cunlian.organisations.visits.actions.note import PROMISED
from cunlian.people.consent.requests import REQUEST
from cunlian.places.models import Place
from cunlian.talent.coming_home.promises import LOOK_IN, TALK
from cunlian.talent.mentoring.promises import MEETING
from cunlian.talent.partners.promises import ANSWER
from cunlian.talent.register.promises import ASK, REFRESH, VERIFY

SHOWN = 20
PAGES = {
    REQUEST: "desk:data_request", PROMISED: "desk:visit", TALK: "desk:homecoming", LOOK_IN: "desk:homecoming",
    ASK: "desk:talent_entry", REFRESH: "desk:talent_entry", ANSWER: "desk:partner_application", AUDIT: "desk:leaving",
    MEETING: "desk:mentoring", VERIFY: "desk:talent_entry",
}  # fmt: skip
"""The page each kind of promise is kept on. Those of requests, disputes and instructions have lists of their own."""


@dataclass(frozen=True)
class Row:
    """What is owed and where (a place, or the post an audit is about), never about whom: that stands on the page."""

    label: Text
    where: Place | Post | None
    promise: Promise
    url: str


@dataclass(frozen=True)
class Owed:
    rows: list[Row]
    count: int
    late: int

    @property
    def left_out(self) -> int:
        return self.count - len(self.rows)


def owed_promises(actor: Actor) -> PromiseQuerySet:
    mine = Promise.objects.open().owed_by(actor.post_ids).of_kind(*PAGES)
    return mine.filter(about_visible(actor, mine)) if actor.post_ids else mine.none()


def _audited(promises: list[Promise]) -> dict[UUID, Post]:
    """By the leaving it is owed about: of one village several are audited at a time."""
    asked = [one.about_id for one in promises if one.promise_kind == AUDIT]
    rows = Leaving.objects.filter(pk__in=asked).select_related("posting__post__organisation") if asked else ()
    return {row.pk: row.posting.post for row in rows}


def owed(actor: Actor) -> Owed:
    """What is due first stands first."""
    found = owed_promises(actor)
    first = list(found.order_by("due_at", "pk")[:SHOWN])
    places = Place.objects.in_bulk({one.place_id for one in first if one.place_id})
    posts = _audited(first)
    rows = [
        Row(KINDS[one.promise_kind].label, posts.get(one.about_id) or places.get(one.place_id), one,
            reverse(PAGES[one.promise_kind], args=[one.about_id]))
        for one in first
    ]  # fmt: skip
    if not rows:
        return Owed([], 0, 0)
    return Owed(rows, found.count(), found.overdue(clock.now()).count())
