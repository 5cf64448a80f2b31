"""What a post owes somebody on the path home: a talk, and later a look in."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.promises import add_promise_kind, keep, make, release
from cunlian.kernel.records import Record, change
from cunlian.talent.models import Homecoming

TALK: Final = "coming_home.talk"
LOOK_IN: Final = "coming_home.look_in"
TALK_DAYS = 10
LOOK_IN_DAYS = 10
"""Working days."""

add_promise_kind(TALK, _("Talk with somebody who wants to come home"), ladder=(0, 5))
add_promise_kind(LOOK_IN, _("Look in on somebody who came home"), ladder=(0, 5))


def owe(path: Homecoming, kind: str) -> None:
    """The holder owes it from now on; what was owed before and not done is over."""
    let_go(path, "superseded")
    days = TALK_DAYS if kind == TALK else LOOK_IN_DAYS
    change(path, promise=make(kind, about=path, owner_id=path.holder_id, working_days=days))


def kept(path: Homecoming, proof: Record) -> None:
    if path.promise and path.promise.settled_at is None:
        path.promise = keep(path.promise, proof)


def let_go(path: Homecoming, reason: str) -> None:
    """Nobody owes anything any more, for a reason."""
    if path.promise and path.promise.settled_at is None:
        path.promise = release(path.promise, reason)
