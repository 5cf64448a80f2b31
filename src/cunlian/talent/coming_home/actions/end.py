"""How a path ends before two years are over, and how what it kept about the person goes."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.talent.coming_home.actions.stay import look
from cunlian.talent.coming_home.actions.walk import check_past
from cunlian.talent.coming_home.forgetting import blank
from cunlian.talent.coming_home.promises import kept, let_go
from cunlian.talent.coming_home.states import ARRIVED, MOVES
from cunlian.talent.models import Homecoming, StopReason


@transaction.atomic
def leave(path: Homecoming, *, by: Actor, looked_on: date, found: str) -> Homecoming:
    """The person went away again. A look in that is due is thereby done."""
    path = lock(path)
    require(by, "coming_home.handle", path)
    MOVES.check(path, "leave")
    check_past(looked_on, "looked_on")
    if not found.strip():
        raise Invalid(_("Please write in a sentence why, as far as the person said."), field="found")
    care = path.cares.waiting().order_by("-months").first()
    if care is not None:
        look(care, by, looked_on, found, is_here=False)
        kept(path, care)
    let_go(path, "left")
    words = "" if care else found.strip()
    changed = MOVES.apply(path, "leave", ended_at=clock.now(), next_care_on=None, stop_words=words[:500])
    log.record(by, "coming_home.left", path, changed=changed)
    return path


@transaction.atomic
def stop(path: Homecoming, *, by: Actor, reason: str, words: str = "") -> Homecoming:
    """It goes no further, for a listed reason; the person reads reason and words."""
    path = lock(path)
    require(by, "coming_home.handle", path)
    MOVES.check(path, "stop")
    if reason not in StopReason or reason == StopReason.TAKEN_BACK:
        raise Invalid(_("Choose one of the listed reasons."), field="reason")
    if reason == StopReason.OTHER and not words.strip():
        raise Invalid(_("Please write the reason in a sentence."), field="words")
    let_go(path, "stopped")
    changed = MOVES.apply(
        path, "stop", stop_reason=reason, stop_words=words.strip()[:500], ended_at=clock.now(), next_care_on=None
    )
    log.record(by, "coming_home.stopped", path, changed=changed)
    return path


@transaction.atomic
def take_back(path: Homecoming, *, by: Actor) -> Homecoming:
    """The person takes it back, without a reason and without harm: name, phone and words leave it at once."""
    path = lock(path)
    require(by, "coming_home.take_back", path)
    let_go(path, "taken_back")
    changed = MOVES.apply(path, "take_back", stop_reason=StopReason.TAKEN_BACK, ended_at=clock.now(), next_care_on=None)
    blank(path)
    log.record(by, "coming_home.taken_back", path, changed=changed)
    return path


@transaction.atomic
def forget_path(path: Homecoming, *, by: Actor = SYSTEM) -> Homecoming:
    """A path that ended a year ago tells no longer what was said; one that came to nothing, not who it was."""
    path = lock(path)
    require(by, "coming_home.forget", path)
    if path.forgotten_at is not None:
        raise Conflict(_("This is erased already."))
    changed = blank(path, came=path.state in ARRIVED)
    log.record(by, "coming_home.forgotten", path, changed=changed)
    return path
