"""Which households need somebody to look in: by an agreed day, a promise or a need nobody has answered; never by a number of
visits that somebody must make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import VisitNote
from cunlian.people.models import Circumstance, Household

SOON = timedelta(days=7)
AGREED, OWED, NEED = (
    _("Agreed to look in again"),
    _("Something promised there is due"),
    _("A need is noted; nobody has been since"),
)


@dataclass(frozen=True)
class Due:
    """``day``: since or until when. ``note``: the visit it comes from, if it does."""

    household: Household
    why: Text
    day: date
    note: VisitNote | None = None


def _agreed(actor: Actor, today: date) -> Iterator[Due]:
    later = VisitNote.objects.filter(
        post=OuterRef("post"), household=OuterRef("household"), visited_on__gt=OuterRef("visited_on")
    )
    notes = (
        VisitNote.objects.visible_to(actor)
        .kept(today)
        .filter(~Exists(later), household__ends_on=None, household__isnull=False, again_on__lte=today + SOON)
    )
    for note in notes.for_list():
        if note.household and note.again_on:
            yield Due(note.household, AGREED, note.again_on, note)


def _owed(actor: Actor, today: date) -> Iterator[Due]:
    open_ = VisitNote.objects.visible_to(actor).filter(
        household__ends_on=None, household__isnull=False, promise__isnull=False, promise__settled_at=None
    )
    for note in open_.for_list():
        if note.household and note.promise:
            yield Due(note.household, OWED, clock.day_of(note.promise.due_at), note)


def _needs(actor: Actor) -> Iterator[Due]:
    """Circumstances the actor's posts are named for; what it is stands on the page of care alone."""
    seen: set[object] = set()
    been = VisitNote.objects.visible_to(actor).filter(
        household=OuterRef("person__household"), visited_on__gte=OuterRef("noted_at__date")
    )
    rows = Circumstance.objects.named_for(actor).filter(~Exists(been), person__household__ends_on=None)
    rows = rows.filter(person__household__isnull=False).select_related(
        "person__household__place", "person__household__grid"
    )
    for row in rows.order_by("noted_at", "pk"):
        home = row.person.household
        if home and home.pk not in seen:
            seen.add(home.pk)
            yield Due(home, NEED, clock.day_of(row.noted_at))


def due_visits(actor: Actor) -> list[Due]:
    """The oldest need first. A constant number of queries."""
    today = clock.today()
    found = [*_agreed(actor, today), *_owed(actor, today), *_needs(actor)]
    return sorted(found, key=lambda due: (due.day, due.household.number))
