"""The steps on the way: talks, support, what else is needed, who goes along."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, promises, threads
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Activity
from cunlian.kernel.records import Record, change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Post
from cunlian.people.actions import reveal_contact
from cunlian.people.contact import Contact
from cunlian.talent.coming_home.promises import kept
from cunlian.talent.coming_home.states import MOVES
from cunlian.talent.models import Homecoming, HomeTalk, Need, Support

NOT_YET = _("This day has not come yet. Enter what has happened, on its day.")


def check_past(day: date, field: str) -> None:
    """Invalid for a day still to come."""
    if day > clock.today():
        raise Invalid(NOT_YET, field=field)


def _talk(path: Homecoming, by: Actor, move: str, held_on: date, text: str) -> Homecoming:
    path = lock(path)
    require(by, "coming_home.handle", path)
    MOVES.check(path, move)
    check_past(held_on, "held_on")
    if not text.strip():
        raise Invalid(_("Please write in a sentence what was said."), field="text")
    changed = MOVES.apply(path, move)
    said = HomeTalk.objects.create(homecoming=path, held_on=held_on, text=text.strip(), post_id=by.post_id)
    if move == "talk":
        kept(path, said)
    log.record(by, "coming_home.talked", path, changed=changed)
    return path


@transaction.atomic
def talk(path: Homecoming, *, by: Actor, held_on: date, text: str) -> Homecoming:
    """The first talk, which was owed."""
    return _talk(path, by, "talk", held_on, text)


@transaction.atomic
def talk_again(path: Homecoming, *, by: Actor, held_on: date, text: str) -> Homecoming:
    """A further talk; nothing else changes."""
    return _talk(path, by, "talk_again", held_on, text)


@transaction.atomic
def ask_support(path: Homecoming, *, by: Actor, policy: str, fund: str, asked_fen: int) -> Support:
    """A sum (fen) asked for under a policy, from a fund by name."""
    path = lock(path)
    require(by, "coming_home.handle", path)
    MOVES.check(path, "ask_support")
    if not policy.strip():
        raise Invalid(_("Name the policy, with the number of its paper."), field="policy")
    if not fund.strip():
        raise Invalid(_("Name the fund the money would come from."), field="fund")
    if asked_fen <= 0:
        raise Invalid(_("Write the sum that is asked for, more than zero."), field="asked_fen")
    support = Support.objects.create(
        homecoming=path, policy=policy.strip(), fund=fund.strip(), asked_fen=asked_fen, asked_on=clock.today()
    )
    changed = MOVES.apply(path, "ask_support")
    log.record(by, "coming_home.support_asked", path, changed=changed | {"support": (None, support.pk)})
    return support


@transaction.atomic
def decide_support(support: Support, *, by: Actor, granted_fen: int, paper: str, decided_on: date) -> Support:
    """What the paper of the fund says: the sum granted, 0 for none. It is entered once."""
    path = lock(support.homecoming)
    require(by, "coming_home.decide_support", path)
    MOVES.check(path, "decide_support")
    support = lock(support)
    if support.decided_on is not None:
        raise Conflict(_("What was decided is entered already."))
    check_past(decided_on, "decided_on")
    if not 0 <= granted_fen <= support.asked_fen:
        raise Invalid(_("Write a sum from zero up to what was asked for."), field="granted_fen")
    if not paper.strip():
        raise Invalid(_("Name the paper that decides it, with its number or its day."), field="paper")
    change(support, granted_fen=granted_fen, paper=paper.strip(), decided_on=decided_on)
    log.record(by, "coming_home.support_decided", path, changed={"support": (None, support.pk)})
    return support


@transaction.atomic
def note_need(path: Homecoming, *, by: Actor, need: str, record: Record) -> Activity:
    """Land, a house or a job is asked for as a request of its own, ``record``, which hangs on the thread of the path."""
    path = lock(path)
    require(by, "coming_home.handle", path)
    MOVES.check(path, "raise_need")
    if need not in Need:
        raise Invalid(_("Choose what is needed: land, a house or a job."), field="need")
    threads.link(path, record, need)
    return log.record(by, "coming_home.need_raised", path, changed={"need": (None, str(need))})


@transaction.atomic
def reassign(path: Homecoming, *, by: Actor, to: Post) -> Homecoming:
    """Another post goes along from now on, and owes what was owed."""
    path = lock(path)
    require(by, "coming_home.handle", path)
    MOVES.check(path, "reassign")
    here, there = path.place.code, to.place.code
    if not (here.startswith(there) or there.startswith(here)) or (to.ends_on and to.ends_on <= clock.today()):
        raise Invalid(_("Choose a post of the village, of its area or of the offices above it."), field="to")
    changed = MOVES.apply(path, "reassign", holder=to)
    if path.promise and path.promise.settled_at is None:
        promises.transfer(path.promise, to.pk)
    log.record(by, "coming_home.reassigned", path, changed=changed)
    return path


@transaction.atomic
def reveal_comer(path: Homecoming, *, by: Actor, purpose: str) -> Contact:
    """Full name and phone, for a purpose the person will read."""
    require(by, "coming_home.reveal", path)
    if path.person is None:
        raise Invalid(_("Name and phone are no longer kept here."))
    return reveal_contact(path.person, by=by, purpose=purpose, about=path)
