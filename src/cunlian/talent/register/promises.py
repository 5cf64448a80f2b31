"""What the post that answers for a village owes those of the register: to ask them, and to make sure of their skills."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.models import Promise
from cunlian.kernel.promises import add_promise_kind, keep, make, release
from cunlian.kernel.records import change
from cunlian.organisations.chain import responsible_for
from cunlian.talent.basis import post_of
from cunlian.talent.models import TalentEntry
from cunlian.talent.register.states import State

ASK: Final = "talent.ask"
REFRESH: Final = "talent.refresh"
VERIFY: Final = "talent.verify"
DAYS = 20
"""Working days to ask somebody, and to look at the work or the papers."""

add_promise_kind(ASK, _("Ask whether somebody agrees to stand in the register of skills"))
add_promise_kind(REFRESH, _("Ask whether an entry of the register of skills still holds"))
add_promise_kind(VERIFY, _("Make sure of skills somebody entered"), ladder=(0, 5))


def owe(kind: str, entry: TalentEntry) -> Promise:
    """Whoever answers for the person's village; where that is the person, and skills are to be verified, the township."""
    place, today = entry.person.place, clock.today()
    assert place is not None
    owner = responsible_for(place, "", today).post
    if kind == VERIFY and owner and place.parent and owner == post_of(entry.person):
        owner = responsible_for(place.parent, "", today).post
    return make(kind, about=entry, owner_id=owner.pk if owner else None, working_days=DAYS, place_id=place.pk)


def settle(entry: TalentEntry) -> None:
    """The person was asked, and has answered."""
    if entry.promise and entry.promise.settled_at is None:
        keep(entry.promise, entry)


def let_go(entry: TalentEntry, reason: str) -> list[str]:
    """Nobody owes the person a question or a look any more, for a reason. The kinds of what was owed."""
    kinds = []
    for name in ("promise", "check_promise"):
        promise = getattr(entry, name)
        if promise and promise.settled_at is None:
            setattr(entry, name, release(promise, reason))
            kinds.append(promise.promise_kind)
    return kinds


def owe_again(entry: TalentEntry, kinds: Iterable[str] = ()) -> None:
    """Whoever answers for the person's village now owes the ``kinds``, and whatever else the entry waits for."""
    asked = {ASK} if entry.state == State.ASKED else {REFRESH} & set(kinds)
    for kind in asked:
        change(entry, promise=owe(kind, entry))
    reckon_check(entry)


def reckon_check(entry: TalentEntry, *, looked: bool = False, reason: str = "superseded") -> None:
    """Skills of the register nobody looked at yet are owed a look. None left: kept where somebody ``looked``, else owed no
    more, for a ``reason``."""
    waits = entry.state == State.LISTED and entry.skills.awaiting().exists()
    owed = entry.check_promise is not None and entry.check_promise.settled_at is None
    if waits and not owed and entry.person.place:
        change(entry, check_promise=owe(VERIFY, entry))
    elif owed and not waits:
        assert entry.check_promise is not None
        entry.check_promise = keep(entry.check_promise, entry) if looked else release(entry.check_promise, reason)
