"""The giver's side: decide on time, settle what was sent back, urge, check, close, take back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.instructions.actions.words import named, say
from cunlian.instructions.limits import SIGN_DAYS, rule_of
from cunlian.instructions.models import Copy
from cunlian.instructions.promises import promise_doing, promise_signature, settle
from cunlian.instructions.receivers import resolve
from cunlian.instructions.states import MOVES
from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.days import day
from cunlian.kernel.models import Promise
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Post
from cunlian.places.models import District


@transaction.atomic
def grant_extension(copy: Copy, *, by: Actor, working_days: int = 0) -> Copy:
    """Grant the time asked for, or ``working_days``. Never past the instruction's end."""
    copy = lock(copy)
    require(by, "instructions.steer", copy)
    MOVES.check(copy, "grant_extension")
    days = working_days or copy.extra_asked or 0
    if copy.promise:
        promise = promises.extend(copy.promise, days)
        if clock.day_of(promise.due_at) > copy.instruction.ends_on:
            raise Invalid(
                _("That would be past the end of the instruction, %(day)s. Grant fewer days.")
                % {"day": day(copy.instruction.ends_on)},
                field="working_days",
            )
    changed = MOVES.apply(copy, "grant_extension", extra_asked=None)
    log.record(by, "instructions.extension_granted", copy, changed=changed | {"working_days": (None, days)})
    return copy


@transaction.atomic
def refuse_extension(copy: Copy, *, by: Actor, text: str) -> Copy:
    copy = lock(copy)
    require(by, "instructions.steer", copy)
    MOVES.check(copy, "refuse_extension")
    words = say(copy, by, text)
    changed = MOVES.apply(copy, "refuse_extension", extra_asked=None)
    log.record(by, "instructions.extension_refused", copy, changed=changed | named(words))
    return copy


def _sign_again(copy: Copy) -> Promise:
    rule = rule_of(District.current().root)
    return promise_signature(copy, rule.sign_days if rule else SIGN_DAYS)


def _check_new_post(copy: Copy, to: Post, by: Actor) -> None:
    if to.pk == copy.post_id:
        raise Invalid(_("This post has just sent it back. Choose another, or say that it stays there."), field="to")
    faults = [one.fault for one in resolve(copy.instruction.giver, by, (), (to,), clock.today()) if one.fault]
    if faults:
        raise Invalid(faults[0], field="to")
    if Copy.objects.filter(instruction=copy.instruction_id, place=copy.place_id, post=to).exists():
        raise Invalid(_("This post has a copy of it already. Take this one back instead."), field="to")


@transaction.atomic
def redirect_copy(copy: Copy, *, by: Actor, to: Post, text: str = "") -> Copy:
    """What was sent back goes to the post that should have it: one hop more, the clock goes on."""
    copy = lock(copy)
    require(by, "instructions.steer", copy)
    MOVES.check(copy, "redirect")
    _check_new_post(copy, to, by)
    words = say(copy, by, text) if text.strip() else None
    changed = MOVES.apply(copy, "redirect", post=to, hops=copy.hops + 1, signed_at=None, minutes_to_sign=None)
    if copy.promise:
        promises.transfer(promises.resume(copy.promise), to.pk)
    change(copy, sign_promise=_sign_again(copy))
    log.record(by, "instructions.redirected", copy, changed=changed | named(words))
    return copy


@transaction.atomic
def uphold_copy(copy: Copy, *, by: Actor, text: str) -> Copy:
    """It is theirs after all, for a reason they read. They sign for it anew; the clock goes on."""
    copy = lock(copy)
    require(by, "instructions.steer", copy)
    MOVES.check(copy, "uphold")
    words = say(copy, by, text)
    changed = MOVES.apply(copy, "uphold", signed_at=None, minutes_to_sign=None)
    if copy.promise:
        promises.resume(copy.promise)
    change(copy, sign_promise=_sign_again(copy))
    log.record(by, "instructions.upheld", copy, changed=changed | named(words))
    return copy


@transaction.atomic
def supervise_copy(copy: Copy, *, by: Actor, text: str) -> Copy:
    """Urge it (督办): a dated step with its reason, which the post that has it reads."""
    copy = lock(copy)
    require(by, "instructions.supervise", copy)
    MOVES.check(copy, "supervise")
    words = say(copy, by, text)
    changed = change(copy, supervised=copy.supervised + 1, supervised_at=clock.now())
    log.record(by, "instructions.supervised", copy, changed=changed | named(words))
    return copy


@transaction.atomic
def send_back_copy(copy: Copy, *, by: Actor, text: str) -> Copy:
    """The record is not what was asked: the reason goes back, and the work is owed again, by the same day if it has not
    passed, else by the next working day."""
    copy = lock(copy)
    require(by, "instructions.steer", copy)
    MOVES.check(copy, "send_back")
    words = say(copy, by, text)
    changed = MOVES.apply(copy, "send_back", done_at=None, number=None)
    change(copy, promise=promise_doing(copy))
    log.record(by, "instructions.sent_back", copy, changed=changed | named(words))
    return copy


@transaction.atomic
def check_copy(copy: Copy, *, by: Actor) -> Copy:
    """The giver has looked at the record: it is what was asked."""
    copy = lock(copy)
    require(by, "instructions.steer", copy)
    changed = MOVES.apply(copy, "check", checked_at=clock.now())
    log.record(by, "instructions.checked", copy, changed=changed)
    return copy


@transaction.atomic
def close_copy(copy: Copy, *, by: Actor) -> Copy:
    copy = lock(copy)
    require(by, "instructions.steer", copy)
    changed = MOVES.apply(copy, "close", ended_at=clock.now())
    log.record(by, "instructions.closed", copy, changed=changed)
    return copy


@transaction.atomic
def withdraw_copy(copy: Copy, *, by: Actor, text: str) -> Copy:
    """The giver takes it back, with the reason. It counts no more."""
    copy = lock(copy)
    require(by, "instructions.steer", copy)
    MOVES.check(copy, "withdraw")
    words = say(copy, by, text)
    settle(copy, "withdrawn")
    changed = MOVES.apply(copy, "withdraw", ended_at=clock.now(), extra_asked=None)
    log.record(by, "instructions.withdrawn", copy, changed=changed | named(words))
    return copy
