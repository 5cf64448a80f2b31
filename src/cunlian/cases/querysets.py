"""Which cases: whose, where, in which state. ``visible_to`` is the only door to them."""

from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cunlian.accounts.roles import Role
from cunlian.cases.messages import WORK
from cunlian.cases.states import CLOSED, ENDED, HELD, OPEN, State
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Activity
from cunlian.organisations.models import Posting
from cunlian.places.models import Place, on
from cunlian.places.querysets import code_q
from cunlian.places.territory import lying_in, territory_q

if TYPE_CHECKING:
    from uuid import UUID

    from cunlian.cases.models import Case, ReplyTemplate, SavedFilter  # noqa: F401

OFFICES = (Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.DISPATCHER, Role.COUNTY_STAFF, Role.COUNTY_LEADER)
READERS = frozenset(Role) - {Role.RESIDENT, Role.ADMINISTRATOR}


def _values(states: frozenset[State]) -> list[str]:
    return sorted(str(state) for state in states)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """Cases in the actor's territory, those their posts hold, and a resident's own.

        A confidential case is there for the post that holds it and for auditors only, and never for the person it is
        about, whatever post they hold by now: it is missing from every list, count and figure built on this."""
        if actor.is_system:
            return self
        seen = [
            Q(holder_id__in=actor.post_ids),
            Q(confidential=False) & lying_in(actor, READERS),
            Q(confidential=True) & lying_in(actor, [Role.AUDITOR]),
        ]
        if actor.person_id:
            # Said of each way to a case: SQLite serves an OR by indexes only when every part of it has one.
            not_about_them = Q(about_person=None) | ~Q(about_person_id=actor.person_id)
            seen = [*(way & not_about_them for way in seen), Q(reporter_id=actor.person_id)]
        if actor.proofs:
            seen.append(Q(pk__in=actor.proofs))
        return self.filter(reduce(or_, seen))

    def open(self) -> CaseQuerySet:
        # Follows from the state, and is said for the indexes that hold only what has not ended.
        return self.filter(state__in=_values(OPEN), ended_at=None)

    def held(self) -> CaseQuerySet:
        return self.filter(state__in=_values(HELD), ended_at=None)

    def closed(self) -> CaseQuerySet:
        """Closed after an answer: by the person, a neighbour, or the window."""
        return self.filter(state__in=_values(CLOSED))

    def held_by(self, post_ids: frozenset[UUID]) -> CaseQuerySet:
        return self.filter(holder_id__in=post_ids)

    def waiting_for(self, actor: Actor) -> CaseQuerySet:
        """What this actor's own posts must do something about now."""
        return self.open().held_by(actor.post_ids)

    def returned(self) -> CaseQuerySet:
        """Sent back as not theirs: somebody else must be found."""
        return self.filter(state=str(State.RETURNED))

    def passed_on_by(self, actor: Actor) -> CaseQuerySet:
        """Given away by this actor's posts and still with somebody else."""
        given = self.open().filter(passed_by_id__in=actor.post_ids).exclude(state=str(State.RETURNED))
        return given.exclude(holder_id__in=actor.post_ids)

    def to_decide_by(self, actor: Actor) -> CaseQuerySet:
        """More time is asked for and this actor may decide: it was passed on by them, or they work in an office above."""
        above = Q(passed_by_id__in=actor.post_ids) | (Q(confidential=False) & territory_q(actor, OFFICES))
        asked = self.held().filter(above, extensions__granted=None, extensions__isnull=False)
        return asked.exclude(holder_id__in=actor.post_ids)

    def without_holder(self) -> CaseQuerySet:
        """Open with nobody: a gap in the chain."""
        return self.open().filter(holder=None)

    def like(self, case: Case, since: datetime) -> CaseQuerySet:
        """Of the same item in the same village since a moment, itself left out."""
        same = self.filter(code_q(case.place.code[:12], "place__"), category=case.category)
        return same.filter(reported_at__gte=since).exclude(pk=case.pk)

    def overdue(self, now: datetime | None = None) -> CaseQuerySet:
        """Not answered although the deadline has passed and the clock is running."""
        late = self.open().filter(promise__state="open", promise__due_at__lt=now or clock.now())
        return late.filter(promise__settled_at=None)  # says no more, but it is the condition of the index

    def due_on(self, day: date) -> CaseQuerySet:
        low, high = clock.bounds(day)
        return self.open().filter(promise__due_at__gte=low, promise__due_at__lt=high)

    def word_awaited_by(self, actor: Actor) -> CaseQuerySet:
        """Answered by this actor's posts; the person has not said yet whether it is fixed."""
        return self.awaiting_word().held_by(actor.post_ids)

    def by_due(self) -> CaseQuerySet:
        """What is due first stands first."""
        return self.order_by("promise__due_at", "pk")

    def by_time(self) -> CaseQuerySet:
        """What was reported last stands first."""
        return self.order_by("-reported_at", "-pk")

    def awaiting_word(self) -> CaseQuerySet:
        """Answered; the person has not said yet whether it is fixed."""
        return self.filter(state=str(State.ANSWERED), ended_at=None)

    def to_look_at(self, actor: Actor, village: Place) -> CaseQuerySet:
        """Public matters of the village that wait for somebody's word, for a resident of it to look at: none they reported
        and none they worked on (``rules.is_neighbour`` and ``handled`` decide on each)."""
        if actor.person_id is None or actor.user_id is None:
            return self.none()
        found = self.awaiting_word().filter(code_q(village.code, "place__"))
        worked = Activity.objects.filter(object_id=OuterRef("pk"), verb__in=WORK, actor_id=actor.user_id)
        posts = Posting.objects.filter(on(clock.today()), person_id=actor.person_id).values("post_id")
        own = Q(reporter_id=actor.person_id) | Q(holder_id__in=posts, holder__isnull=False)
        return found.filter(~Exists(worked), confidential=False, category__is_public_matter=True).exclude(own)

    def answered_in_time(self) -> CaseQuerySet:
        return self.filter(answered_at__isnull=False, promise__settled_at__lte=F("promise__due_at"))

    def answered_late(self) -> CaseQuerySet:
        return self.filter(answered_at__isnull=False, promise__settled_at__gt=F("promise__due_at"))

    def ended_otherwise(self) -> CaseQuerySet:
        """Ended without an answer: not taken on, joined with another, withdrawn, with the petition office."""
        return self.filter(state__in=_values(ENDED - CLOSED))

    def with_joined(self) -> CaseQuerySet:
        """``joined``: how many others have the same request."""
        return self.annotate(joined=models.Count("endorsements", distinct=True))

    def for_list(self) -> CaseQuerySet:
        return self.select_related("place", "category", "holder__organisation", "promise")

    def for_moves(self) -> CaseQuerySet:
        """What telling the possible moves and making one needs; a page shows more."""
        return self.select_related("place")

    def for_detail(self) -> CaseQuerySet:
        return self.select_related(
            "place__parent", "category__parent", "holder__organisation", "passed_by__organisation", "promise", "reporter",
            "household", "merged_into", "split_from", "petition",
        ).prefetch_related("promise__pauses", "remarks__post__organisation", "extensions", "endorsements")  # fmt: skip


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def visible_to(self, actor: Actor) -> ReplyTemplateQuerySet:
        """Words are no secret among staff; a county's are offered where it works."""
        return self.all()

    def fitting(self, case: Case) -> ReplyTemplateQuerySet:
        """Templates of the places above the case: for its item, its group, or for anything."""
        above = [case.place.code[:length] for length in (2, 4, 6, 9, 12)]
        item = case.category
        fits = Q(category=None) | Q(category_id__in=[item.pk, item.parent_id] if item else [])
        return self.filter(fits, root__code__in=above)


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, actor: Actor) -> SavedFilterQuerySet:
        """One's own, nobody else's."""
        return self.filter(user_id=actor.user_id) if actor.user_id else self.none()

    def of_page(self, page: str) -> SavedFilterQuerySet:
        return self.filter(page=page)
