"""Doing the work: start, progress, the clock, the answer."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.actions.words import Kind, named, say, say_if_any
from cunlian.cases.models import Case, Extension, Remark
from cunlian.cases.promises import window_end
from cunlian.cases.states import MOVES
from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid

LONGEST_EXTENSION = 30


@transaction.atomic
def start_case(case: Case, *, by: Actor) -> Case:
    case = lock(case)
    require(by, "cases.handle", case)
    changed = MOVES.apply(case, "start", accepted_at=case.accepted_at or clock.now())
    log.record(by, "cases.started", case, changed=changed)
    return case


@transaction.atomic
def note_progress(case: Case, *, by: Actor, text: str) -> Case:
    """A word about how it goes, which the person reads."""
    case = lock(case)
    require(by, "cases.handle", case)
    MOVES.check(case, "note_progress")
    words = say(case, by, Kind.PROGRESS, text, public=True)
    log.record(by, "cases.progressed", case, changed=named(words))
    return case


@transaction.atomic
def comment_case(case: Case, *, by: Actor, text: str) -> Remark:
    """A note among staff."""
    case = lock(case)
    require(by, "cases.comment", case)
    remark = say(case, by, Kind.NOTE, text, public=False)
    log.record(by, "cases.commented", case, changed=named(remark))
    return remark


@transaction.atomic
def ask_extension(case: Case, *, by: Actor, working_days: int, text: str) -> Extension:
    """Ask for more time; somebody above decides."""
    case = lock(case)
    require(by, "cases.ask_extension", case)
    MOVES.check(case, "ask_extension")
    if not 1 <= working_days <= LONGEST_EXTENSION:
        raise Invalid(_("Ask for 1 to %(most)s working days.") % {"most": LONGEST_EXTENSION}, field="working_days")
    if not text.strip():
        raise Invalid(_("Please say why it takes longer. The person reads it if the time is granted."), field="text")
    extension = Extension.objects.create(
        case=case, working_days=working_days, reason=text, asked_by_id=by.post_id, asked_at=clock.now()
    )
    log.record(by, "cases.extension_asked", case, changed={"working_days": (None, working_days)})
    return extension


@transaction.atomic
def decide_extension(case: Case, *, by: Actor, granted: bool, working_days: int = 0, text: str = "") -> Case:
    """Grant the time asked for, or ``working_days`` where something else is right, or refuse it. Granted, the deadline
    moves and the person reads why."""
    case = lock(case)
    require(by, "cases.grant_extension", case)
    MOVES.check(case, "grant_extension" if granted else "refuse_extension")
    extension = case.extensions.get(granted=None)
    days = working_days or extension.working_days
    if not 1 <= days <= LONGEST_EXTENSION:
        raise Invalid(_("Grant 1 to %(most)s working days.") % {"most": LONGEST_EXTENSION}, field="working_days")
    change(extension, granted=granted, decided_by_id=by.post_id, decided_at=clock.now())
    verb = "cases.extension_granted" if granted else "cases.extension_refused"
    if granted:
        promises.extend(case.promise_id, days)
        text = text or extension.reason
    words = say(case, by, Kind.REASON, text, public=granted)
    log.record(by, verb, case, changed=named(words) | {"working_days": (extension.working_days, days)})
    return case


@transaction.atomic
def pause_case(case: Case, *, by: Actor, reason: str, text: str = "") -> Case:
    """Stop the clock for one of the listed reasons; the person sees it."""
    case = lock(case)
    require(by, "cases.pause", case)
    MOVES.check(case, "pause")
    promises.pause(case.promise_id, reason, by)
    words = say_if_any(case, by, Kind.PROGRESS, text, public=True)
    log.record(by, "cases.paused", case, changed=named(words) | {"reason": (None, reason)})
    return case


@transaction.atomic
def resume_case(case: Case, *, by: Actor) -> Case:
    case = lock(case)
    require(by, "cases.pause", case)
    MOVES.check(case, "resume")
    promises.resume(case.promise_id)
    log.record(by, "cases.resumed", case)
    return case


@transaction.atomic
def answer_case(case: Case, *, by: Actor, text: str) -> Case:
    """Done, and said so to the person. Not closed: now they are asked whether it is fixed."""
    case = lock(case)
    require(by, "cases.handle", case)
    MOVES.check(case, "answer")
    answer = say(case, by, Kind.ANSWER, text, public=True)
    changed = MOVES.apply(case, "answer", answered_at=clock.now(), window_ends_at=window_end())
    promises.keep(case.promise_id, answer)
    log.record(by, "cases.answered", case, changed=changed | named(answer))
    return case
