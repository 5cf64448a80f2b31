"""The two promises behind a copy: to sign for it, and to do it by its day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.instructions.models import Copy
from cunlian.kernel import clock, promises
from cunlian.kernel.models import Promise
from cunlian.kernel.promises import add_promise_kind

SIGN = "instructions.sign"
DO = "instructions.do"
RETURNED = "returned"

add_promise_kind(SIGN, _("Sign for an instruction"), ladder=(0,))
add_promise_kind(
    DO,
    _("Do what an instruction asks"),
    ladder=(0, 3, 5),
    pause_reasons={RETURNED: _("Sent back as not theirs, waiting for the giver")},
)


def promise_signature(copy: Copy, sign_days: int) -> Promise:
    return promises.make(SIGN, about=copy, owner_id=copy.post_id, working_days=sign_days)


def promise_doing(copy: Copy) -> Promise:
    """Due at closing time of the instruction's due day; of the next working day once that has passed."""
    days = max(0, clock.working_days_between(clock.today(), copy.instruction.due_on))
    return promises.make(DO, about=copy, owner_id=copy.post_id, working_days=days)


def settle(copy: Copy, reason: str) -> None:
    """Nobody owes anything about this copy any more, for a reason."""
    for promise in (copy.sign_promise, copy.promise):
        if promise and promise.settled_at is None:
            promises.release(promise, reason)
