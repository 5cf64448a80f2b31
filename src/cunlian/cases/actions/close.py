"""After the answer: is it fixed? Said by the person, by a neighbour, or by nobody; each is counted apart."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.actions.pictures import hide_pictures
from cunlian.cases.actions.words import Kind, named, say, say_if_any
from cunlian.cases.models import Case
from cunlian.cases.promises import promise_answer
from cunlian.cases.rules import NEIGHBOUR, WORKERS, speaks_for_person
from cunlian.cases.states import MOVES, State
from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import IllegalMove


@transaction.atomic
def confirm_case(case: Case, *, by: Actor) -> Case:
    """The person says it is fixed."""
    case = lock(case)
    require(by, "cases.confirm", case)
    changed = MOVES.apply(case, "confirm", ended_at=clock.now())
    log.record(by, "cases.confirmed", case, changed=changed)
    return case


@transaction.atomic
def vouch_case(case: Case, *, by: Actor, text: str = "") -> Case:
    """A neighbour says that a public matter is fixed, or staff pass on that one does; then ``text`` tells who and what they
    saw. Only staff read it."""
    case = lock(case)
    require(by, "cases.vouch", case)
    by = by if by.behalf else by.for_(NEIGHBOUR)
    changed = MOVES.apply(case, "vouch", ended_at=clock.now())
    words = (say if by.holds(WORKERS) else say_if_any)(case, by, Kind.NOTE, text, public=False)
    log.record(by, "cases.vouched", case, changed=changed | named(words))
    return case


@transaction.atomic
def elapse_case(case: Case, *, by: Actor = SYSTEM) -> Case:
    """Nobody answered within the window. Counted as that, never as consent."""
    case = lock(case)
    require(by, "cases.elapse", case)
    MOVES.check(case, "elapse")
    if case.window_ends_at is None or clock.now() < case.window_ends_at:
        raise IllegalMove(_("The person may still answer until the window ends."))
    changed = MOVES.apply(case, "elapse", ended_at=clock.now())
    log.record(by, "cases.elapsed", case, changed=changed)
    return case


def elapse_due(now: datetime | None = None, limit: int = 500) -> int:
    """Close what waited through its whole window. Run by the worker; returns how many."""
    waiting = Case.objects.awaiting_word().filter(window_ends_at__lte=now or clock.now())
    due = list(waiting.order_by("window_ends_at")[:limit])
    for case in due:
        elapse_case(case)
    return len(due)


@transaction.atomic
def reopen_case(case: Case, *, by: Actor, text: str = "") -> Case:
    """Not fixed: work starts again at once, with a new deadline, at the post that answered. What a neighbour writes only
    staff read."""
    case = lock(case)
    require(by, "cases.reopen", case)
    neighbour = not speaks_for_person(by, case)
    by = by.for_(NEIGHBOUR) if neighbour else by
    was_closed = case.state != State.ANSWERED
    changed = MOVES.apply(
        case, "reopen", ended_at=None, answered_at=None, window_ends_at=None, reopened=case.reopened + 1,
        promise=promise_answer(case, case.holder_id),
    )  # fmt: skip
    hide_pictures(case)
    words = say_if_any(case, by, Kind.NOTE if neighbour else Kind.ADDED, text, public=not neighbour)
    log.record(by, "cases.reopened", case, changed=changed | {"was_closed": (None, was_closed)} | named(words))
    return case


@transaction.atomic
def withdraw_case(case: Case, *, by: Actor) -> Case:
    """The person takes their request back."""
    case = lock(case)
    require(by, "cases.withdraw", case)
    changed = MOVES.apply(case, "withdraw", ended_at=clock.now())
    promises.release(case.promise_id, "withdrawn")
    log.record(by, "cases.withdrawn", case, changed=changed)
    return case
