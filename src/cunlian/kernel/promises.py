"""A promise: who owes (a post), about what, by when, and who hears when it is late.

``due_at`` is always computed, never nudged, from the moment it counts from, its length, what was granted later and the
days its clock stood. So the order in which somebody pauses, resumes and extends cannot change the result, and a pause or an
extension can only move it later:

* **Working days**: closing time (17:30) of the n-th working day after the first day, which is not counted. A working day on
  which the clock stood at any moment before closing does not count. A pause on 3 July and another on 6 July therefore move
  9 July to 13 July 2026 (two working days, with a weekend between). A pause after the day has passed heals nothing.
* **Hours**, for what cannot wait: so many hours of running clock, day and night; a pause counts by the minute.
* Working days granted later are counted on from there in the same way.

These functions run inside an action's transaction and do not ask who may: the action did, and it writes the log. They take
a promise or its key: who knows only the key need not read what is read again under its lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, ticks
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Activity, Promise, PromisePause, PromiseState
from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.records import change, lock, ref
from cunlian.kernel.refusals import Invalid, Text

log.add_verb("promises.late", _("Late by now"), _("was told that it is late"), icon="clock-exclamation")
log.add_verb(
    "promises.moved", _("Deadline moved"), _("moved the deadline by the new list of holidays"), icon="calendar"
)


@dataclass(frozen=True)
class PromiseKind:
    """A kind of promise. ``ladder``: how long after it was due each next one hears, in working days (closing time; 0 is the
    moment it was due) or as a timedelta, never shorter than the rung before. ``pause_reasons``: code → label, the only
    reasons for which its clock may stand."""

    code: str
    label: Text
    ladder: tuple[int | timedelta, ...] = ()
    pause_reasons: Mapping[str, Text] = field(default_factory=dict)


KINDS: dict[str, PromiseKind] = {}

_UNSETTLED = frozenset({str(PromiseState.OPEN), str(PromiseState.PAUSED)})


def _move(name: str, from_: frozenset[str], to: PromiseState | None, label: Text) -> Move:
    return Move(name, from_, to and str(to), label, permission="")


MOVES = Moves(
    PromiseState,
    [
        _move("pause", frozenset({str(PromiseState.OPEN)}), PromiseState.PAUSED, _("Pause the clock")),
        _move("resume", frozenset({str(PromiseState.PAUSED)}), PromiseState.OPEN, _("Resume the clock")),
        _move("extend", _UNSETTLED, None, _("Grant more time")),
        _move("transfer", _UNSETTLED, None, _("Pass on")),
        _move("keep", _UNSETTLED, PromiseState.KEPT, _("Kept")),
        _move("release", _UNSETTLED, PromiseState.RELEASED, _("Release from it")),
    ],
)


def add_promise_kind(
    code: str,
    label: Text,
    *,
    ladder: Iterable[int | timedelta] = (),
    pause_reasons: Mapping[str, Text] | None = None,
) -> PromiseKind:
    """Register a kind, once, in a domain's ``rules.py``."""
    if code in KINDS:
        raise ValueError(f"promise kind {code} is registered twice")
    KINDS[code] = PromiseKind(code, label, tuple(ladder), dict(pause_reasons or {}))
    return KINDS[code]


def make(
    kind: str,
    *,
    about: models.Model,
    owner_id: UUID | None,
    working_days: int = 0,
    hours: int | None = None,
    place_id: UUID | None = None,
    start: datetime | None = None,
) -> Promise:
    """A new promise about a record, counted from ``start`` (now, if not given). Give ``working_days`` (0: today, or the next
    working day once offices have closed) or ``hours``. KeyError for an unregistered kind."""
    about_kind, about_id = ref(about)
    promise = Promise(
        promise_kind=KINDS[kind].code,
        about_kind=about_kind,
        about_id=about_id,
        place_id=place_id or getattr(about, "place_id", None),
        owner_id=owner_id,
        made_at=start or clock.now(),
        working_days=working_days,
        hours=hours,
    )
    due = deadline_of(promise, [])
    promise.first_due_at = promise.due_at = due.due
    promise.provisional = due.provisional
    promise.climb_at = _climb_at(promise)
    promise.save(force_insert=True)
    return promise


def _locked(promise: Promise | UUID) -> Promise:
    return lock(promise if isinstance(promise, Promise) else Promise(pk=promise))


@transaction.atomic
def pause(promise: Promise | UUID, reason: str, by: Actor) -> Promise:
    """Stop the clock for a listed reason. The day moves when the clock goes on; until then nobody on the ladder hears."""
    promise = _locked(promise)
    reasons = KINDS[promise.promise_kind].pause_reasons
    if reason not in reasons:
        raise Invalid(
            _("The clock may stand only for one of these reasons: %(reasons)s.")
            % {"reasons": ", ".join(str(label) for label in reasons.values()) or "—"},
            field="reason",
        )
    MOVES.apply(promise, "pause", climb_at=None)
    PromisePause.objects.create(promise=promise, reason=reason, started_at=clock.now(), by_post_id=by.post_id)
    return promise


@transaction.atomic
def resume(promise: Promise | UUID) -> Promise:
    """Let the clock go on; the day is computed anew without the days on which it stood."""
    promise = _locked(promise)
    MOVES.apply(promise, "resume")
    _end_pause(promise)
    return _reckon(promise)


@transaction.atomic
def extend(promise: Promise | UUID, working_days: int) -> Promise:
    """Grant ``working_days`` more, counted on from the day it is due."""
    promise = _locked(promise)
    MOVES.check(promise, "extend")
    if working_days < 1:
        raise Invalid(_("Write how many working days more, at least one."), field="working_days")
    change(promise, extra_days=promise.extra_days + working_days)
    return _reckon(promise)


@transaction.atomic
def transfer(promise: Promise | UUID, owner_id: UUID | None) -> Promise:
    """Another post owes it from now on, by the same day."""
    promise = _locked(promise)
    MOVES.apply(promise, "transfer", owner_id=owner_id)
    return promise


@transaction.atomic
def keep(promise: Promise | UUID, proof: models.Model) -> Promise:
    """Kept, proven by a record."""
    promise = _locked(promise)
    _settle_clock(promise)
    proof_kind, proof_id = ref(proof)
    MOVES.apply(promise, "keep", climb_at=None, settled_at=clock.now(), proof_kind=proof_kind, proof_id=proof_id)
    return promise


@transaction.atomic
def release(promise: Promise | UUID, reason: str) -> Promise:
    """Nobody owes it any more, for a reason (a code, no free text)."""
    if not reason:
        raise ValueError("a promise is released with a reason")
    promise = _locked(promise)
    _settle_clock(promise)
    MOVES.apply(promise, "release", climb_at=None, settled_at=clock.now(), release_reason=reason)
    return promise


def deadline_of(promise: Promise, pauses: Iterable[tuple[datetime, datetime]]) -> clock.Deadline:
    """When a promise is due if its clock stood during ``pauses``. See the top of this file."""
    spans = sorted(pauses)
    stood = _days_stood(spans)
    if promise.hours is None:
        base = clock.add_working_days(promise.made_at, promise.working_days, without=stood)
    else:
        base = clock.Deadline(_add_hours(promise.made_at, promise.hours, spans), provisional=False)
    if not promise.extra_days:
        return base
    more = clock.add_working_days(base.due, promise.extra_days, without=stood)
    return clock.Deadline(more.due, base.provisional or more.provisional)


def _days_stood(spans: list[tuple[datetime, datetime]]) -> set[date]:
    """Days on which the clock stood at some moment before closing."""
    days: set[date] = set()
    for start, end in spans:
        day, last = clock.day_of(start), clock.day_of(end)
        if start >= clock.closing(day):
            day += timedelta(days=1)
        while day <= last:
            days.add(day)
            day += timedelta(days=1)
    return days


def _add_hours(start: datetime, hours: int, spans: list[tuple[datetime, datetime]]) -> datetime:
    due = start + timedelta(hours=hours)
    for began, ended in spans:
        if began < due:
            due += max(ended - max(began, start), timedelta())
    return due


def _climb_at(promise: Promise) -> datetime | None:
    """When the next on the ladder hears, or None when all have heard."""
    ladder = KINDS[promise.promise_kind].ladder
    if promise.rung >= len(ladder):
        return None
    after = ladder[promise.rung]
    if isinstance(after, timedelta):
        return promise.due_at + after
    return clock.add_working_days(promise.due_at, after).due if after else promise.due_at


def _reckon(promise: Promise) -> Promise:
    """Compute the day anew from everything that counts, and with it when the next on the ladder hears."""
    ended = promise.pauses.exclude(ended_at=None).values_list("started_at", "ended_at")
    due = deadline_of(promise, [(start, end) for start, end in ended if end])
    if promise.provisional:
        first = deadline_of(_bare(promise), [])
        change(promise, first_due_at=first.due, due_at=due.due, provisional=due.provisional)
    else:  # a day once certain is never moved earlier, not even when the county changes its calendar afterwards
        change(promise, due_at=max(due.due, promise.due_at), provisional=due.provisional)
    change(promise, climb_at=_climb_at(promise) if promise.state == PromiseState.OPEN else None)
    return promise


def _bare(promise: Promise) -> Promise:
    return Promise(made_at=promise.made_at, working_days=promise.working_days, hours=promise.hours)


def _end_pause(promise: Promise) -> None:
    for standing in promise.pauses.filter(ended_at=None):
        change(standing, ended_at=max(clock.now(), standing.started_at))


def _settle_clock(promise: Promise) -> None:
    """What is settled while its clock stands is measured against the day it would have had."""
    if promise.state == PromiseState.PAUSED:
        _end_pause(promise)
        _reckon(promise)


def climb(now: datetime, limit: int = 200) -> int:
    """One rung for each open promise whose next on the ladder is due to hear: writes ``promises.late`` with the rung reached,
    to which wiring reacts. Returns how many. Each rung exactly once, also with two workers."""
    done = 0
    while done < limit and _climb_one(now):
        done += 1
    return done


@transaction.atomic
def _climb_one(now: datetime) -> bool:
    due = Promise.objects.filter(state=PromiseState.OPEN, climb_at__lte=now).order_by("climb_at", "pk")
    promise = due.select_for_update(skip_locked=True, no_key=True).first()
    if promise is None:
        return False
    rung = promise.rung
    promise.rung = rung + 1
    climb_at = _climb_at(promise)
    Promise.objects.filter(pk=promise.pk).update(rung=rung + 1, climb_at=climb_at)
    log.record(SYSTEM, "promises.late", promise, changed={"rung": (rung, rung + 1)})
    return True


def rung_reached(activity: Activity) -> int:
    """Which rung heard with a ``promises.late`` row: 1 is the first of the ladder."""
    return int(activity.changed["rung"][1])


def recompute_provisional(year: int | None = None) -> int:
    """Compute anew the deadlines that were guessed before a year's holidays were known: all, or those due in ``year`` or
    later. Writes ``promises.moved`` for each day that moved, so that wiring can tell the owner and the resident. Returns
    how many moved. Safe to repeat."""
    rows = Promise.objects.open().filter(provisional=True)
    if year is not None:
        rows = rows.filter(due_at__gte=clock.at(date(year, 1, 1)))
    return sum(_recompute(key) for key in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _recompute(key: UUID) -> bool:
    promise = lock(Promise(pk=key))
    if promise.state not in _UNSETTLED or not promise.provisional:
        return False
    before = promise.due_at
    _reckon(promise)
    if promise.due_at == before:
        return False
    log.record(SYSTEM, "promises.moved", promise, changed={"due_at": (before, promise.due_at)})
    return True


@transaction.atomic
def import_calendar(rows: Iterable[tuple[date, bool]], source: str) -> int:
    """Enter a year's holidays and move the deadlines that waited for them. Returns how many moved."""
    return sum(recompute_provisional(year) for year in sorted(clock.import_calendar(rows, source)))


def _recompute_all(now: datetime) -> int:
    """A new release of the calendar library may know a year that was guessed before."""
    return recompute_provisional()


ticks.add_tick("promises.recompute_provisional", 24 * 3600, _recompute_all)
