"""Writing a visit down, and keeping what was promised there."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import PromiseState
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Duty, Post, VisitMember, VisitNote
from cunlian.organisations.visits.models import Words
from cunlian.people.models import Household, Membership
from cunlian.places.models import Place, on

PROMISED = "organisations.visit_promise"
KEPT_DAYS = 366
OLDEST = timedelta(days=31)


def _duty(post: Post, place: Place, household: Household | None, day: date) -> Duty | None:
    """The nearest duty of the post under which the visit falls."""
    running = Duty.objects.on(day).filter(post=post)
    if household:
        whole = Q(household=household) | Q(place__in=[household.place_id, household.grid_id], household=None)
        parts = Q(lane__isnull=False, lane=household.lane_id) | Q(group__isnull=False, group=household.group_id)
        found = list(running.filter(whole | parts))
        return max(found, key=lambda duty: (bool(duty.household_id), bool(duty.lane_id or duty.group_id)), default=None)
    return running.filter(place=place).order_by("pk").first()


def _check_days(visited_on: date, again_on: date | None, promise_days: int | None, follows: str) -> None:
    today = clock.today()
    if visited_on > today or visited_on < today - OLDEST:
        raise Invalid(_("Write the day of the visit: today, or within the last month."), field="visited_on")
    if again_on and not visited_on < again_on <= visited_on + timedelta(days=KEPT_DAYS - 1):
        raise Invalid(_("The day to look in again lies after the visit, within a year."), field="again_on")
    if promise_days is not None and not 1 <= promise_days <= 60:
        raise Invalid(_("Write a number of working days from 1 to 60."), field="promise_days")
    if promise_days is not None and not follows.strip():
        raise Invalid(_("Write what is promised."), field="follows")


@transaction.atomic
def note_visit(
    *, by: Actor, post: Post, visited_on: date, heard: str, place: Place | None = None, household: Household | None = None,
    follows: str = "", promise_days: int | None = None, again_on: date | None = None, invented: bool = False,
) -> VisitNote:  # fmt: skip
    """A visit to a household or a place, from one of the actor's own posts. ``promise_days``: what follows is promised within
    so many working days."""
    where = household.place if household else place
    if where is None:
        raise Invalid(_("Choose the household, or the place, that was visited."), field="household")
    note = VisitNote(
        post=post, place=where, household=household, visited_on=visited_on, again_on=again_on, invented=invented,
        kept_until=visited_on + timedelta(days=KEPT_DAYS), sealed=Words(heard.strip(), follows.strip()).seal(),
        duty=_duty(post, where, household, visited_on),
    )  # fmt: skip
    require(by, "organisations.note_visit", note)
    _check_days(visited_on, again_on, promise_days, follows)
    if not heard.strip():
        raise Invalid(_("Write in a few words what you heard there."), field="heard")
    note.save(force_insert=True)
    if household:
        living = Membership.objects.filter(on(visited_on), household=household).values_list("person", flat=True)
        VisitMember.objects.bulk_create(VisitMember(note=note, person_id=key) for key in living)
    if promise_days is not None:
        owed = promises.make(PROMISED, about=note, owner_id=post.pk, working_days=promise_days)
        change(note, promise=owed)
    log.record(by, "organisations.visit_noted", note)
    return note


@transaction.atomic
def follow_up(note: VisitNote, *, by: Actor, done: str) -> VisitNote:
    """What was promised is done; in words, which the household reads."""
    note = lock(note)
    require(by, "organisations.follow_up_visit", note)
    if note.promise is None or note.promise.state not in (PromiseState.OPEN, PromiseState.PAUSED):
        raise Invalid(_("Nothing is owed from this visit."))
    if not done.strip():
        raise Invalid(_("Write in a few words what was done."), field="done")
    said = note.words
    change(note, sealed=Words(said.heard, said.follows, done.strip()).seal())
    promises.keep(note.promise, note)
    log.record(by, "organisations.visit_followed", note)
    return note
