"""The receiver's side: sign, do and prove it, ask for time, send back what is not theirs."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.instructions.actions.words import WHAT, Kind, named, say
from cunlian.instructions.models import Copy, Return
from cunlian.instructions.promises import RETURNED
from cunlian.instructions.states import MOVES
from cunlian.instructions.worktime import minutes_between
from cunlian.kernel import clock, evidence, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Invalid

LONGEST_EXTENSION = 30
MOST_FILES = 5


@transaction.atomic
def sign_copy(copy: Copy, *, by: Actor) -> Copy:
    """Read and taken on. From here the working time from giver to doer is known."""
    copy = lock(copy)
    require(by, "instructions.work", copy)
    now = clock.now()
    changed = MOVES.apply(copy, "sign", signed_at=now, minutes_to_sign=minutes_between(copy.sent_at, now))
    if copy.sign_promise:
        promises.keep(copy.sign_promise, copy)
    log.record(by, "instructions.signed", copy, changed=changed)
    return copy


def _check_return(copy: Copy, number: int | None, uploads: Sequence[File[bytes]]) -> None:
    """Exactly what was asked comes back: a number as a number, a file as a file."""
    kind, asked = copy.instruction.return_kind, {"asked": copy.instruction.asked}
    if kind == Return.NUMBER and number is None:
        raise Invalid(_("A number is to come back: %(asked)s") % asked, field="number")
    if kind == Return.FILE and not uploads:
        raise Invalid(_("A file is to come back: %(asked)s") % asked, field="uploads")


@transaction.atomic
def complete_copy(
    copy: Copy, *, by: Actor, text: str, number: int | None = None, uploads: Sequence[File[bytes]] = ()
) -> Copy:
    """Done, with the record of it; the giver checks."""
    copy = lock(copy)
    require(by, "instructions.work", copy)
    MOVES.check(copy, "complete")
    _check_return(copy, number, uploads)
    record = say(copy, by, text, kind=Kind.RECORD, lack=WHAT)
    for file in uploads[:MOST_FILES]:
        evidence.attach(copy, evidence.store(file), by)
    kept = number if copy.instruction.return_kind == Return.NUMBER else None
    changed = MOVES.apply(copy, "complete", done_at=clock.now(), number=kept, extra_asked=None)
    if copy.promise:
        promises.keep(copy.promise, record)
    log.record(by, "instructions.completed", copy, changed=changed | named(record))
    return copy


@transaction.atomic
def ask_extension(copy: Copy, *, by: Actor, working_days: int, text: str) -> Copy:
    """Ask the giver for more time."""
    copy = lock(copy)
    require(by, "instructions.work", copy)
    MOVES.check(copy, "ask_extension")
    if not 1 <= working_days <= LONGEST_EXTENSION:
        raise Invalid(_("Ask for 1 to %(most)s working days.") % {"most": LONGEST_EXTENSION}, field="working_days")
    words = say(copy, by, text)
    changed = MOVES.apply(copy, "ask_extension", extra_asked=working_days)
    log.record(by, "instructions.extension_asked", copy, changed=changed | named(words))
    return copy


@transaction.atomic
def return_copy(copy: Copy, *, by: Actor, text: str) -> Copy:
    """Not ours, with the reason: back to the giver. The clock stands until the giver has settled it."""
    copy = lock(copy)
    require(by, "instructions.work", copy)
    MOVES.check(copy, "return")
    words = say(copy, by, text)
    if copy.sign_promise and copy.sign_promise.settled_at is None:
        promises.release(copy.sign_promise, RETURNED)
    if copy.promise:
        promises.pause(copy.promise, RETURNED, by)
    changed = MOVES.apply(copy, "return", extra_asked=None, returns=copy.returns + 1)
    log.record(by, "instructions.returned", copy, changed=changed | named(words))
    return copy
