"""Wishes about one's own data: asked, answered within fifteen working days, fulfilled or refused with the reason; taken back
as long as nobody has answered."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.kernel.secrets import encrypt
from cunlian.people.actions import erase_person
from cunlian.people.models import DataRequest, Person
from cunlian.people.states import MOVES

REQUEST = "people.data_request"
ANSWER_DAYS = 15
Wish = DataRequest.Wish


@transaction.atomic
def ask_request(person: Person, *, by: Actor, wish: str, words: str = "", owner_id: UUID | None = None) -> DataRequest:
    """The person wants something put right or deleted. ``owner_id``: the post that owes the answer."""
    person = lock(person)
    require(by, "people.ask_request", person)
    if wish not in Wish:
        raise Invalid(_("Please choose what is to be done."), field="wish")
    if wish == Wish.CORRECT and len(words.strip()) < 2:
        raise Invalid(_("Please write what is wrong and what is right."), field="words")
    if DataRequest.objects.open().filter(person=person, wish=wish).exists():
        raise Conflict(_("This is asked already and waits for its answer."), field="wish")
    asked = DataRequest(person=person, wish=wish, words=encrypt(words.strip()[:1000]), asked_at=clock.now())
    asked.promise = promises.make(
        REQUEST, about=asked, owner_id=owner_id, working_days=ANSWER_DAYS, place_id=person.place_id
    )
    asked.save(force_insert=True)
    log.record(by, "people.request_asked", asked, changed={"wish": (None, str(wish))})
    return asked


def _settle(asked: DataRequest, by: Actor, move: str, answer: str) -> None:
    MOVES.apply(asked, move, answer=encrypt(answer.strip()[:1000]), ended_at=clock.now())
    if asked.promise:
        promises.keep(asked.promise, asked)


@transaction.atomic
def fulfil_request(asked: DataRequest, *, by: Actor, answer: str = "") -> DataRequest:
    """Done as asked. A deletion erases the person here and now; a correction was entered in the file before."""
    asked = lock(asked)
    require(by, "people.decide_request", asked)
    MOVES.check(asked, "fulfil")
    _settle(asked, by, "fulfil", answer)
    log.record(by, "people.request_fulfilled", asked)
    if asked.wish == Wish.DELETE:
        erase_person(asked.person, by=by)
    return asked


@transaction.atomic
def refuse_request(asked: DataRequest, *, by: Actor, answer: str) -> DataRequest:
    """Not possible, and why: which law keeps it, or what proof is missing. The person reads it and may complain."""
    asked = lock(asked)
    require(by, "people.decide_request", asked)
    if len(answer.strip()) < 5:
        raise Invalid(_("Say which law keeps it or what proof is missing. The person will read this."), field="answer")
    MOVES.check(asked, "refuse")
    _settle(asked, by, "refuse", answer)
    log.record(by, "people.request_refused", asked)
    return asked


@transaction.atomic
def withdraw_request(asked: DataRequest, *, by: Actor) -> DataRequest:
    """The person no longer wants it. Nobody owes an answer any more."""
    asked = lock(asked)
    require(by, "people.withdraw_request", asked)
    MOVES.apply(asked, "withdraw", ended_at=clock.now())
    if asked.promise:
        promises.release(asked.promise, "withdrawn")
    log.record(by, "people.request_withdrawn", asked)
    return asked
