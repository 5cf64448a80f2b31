"""Reviewing: a conflict declared, a word given, taken or not taken. Nobody decides alone, nobody with a conflict."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people.actions import reveal_contact
from cunlian.people.contact import Contact
from cunlian.talent.models import Application, Review
from cunlian.talent.partners.actions.calls import REVIEWERS
from cunlian.talent.partners.promises import kept
from cunlian.talent.partners.seats import seat_of
from cunlian.talent.partners.states import APPLICATION_MOVES, ApplicationState


def _say(application: Application, by: Actor, in_favour: bool | None, words: str) -> Review:
    seat = seat_of(by, application)
    if seat is None:
        raise Conflict(_("Only a post that reviews this call says something about it."))
    if application.reviews.filter(post=seat.post_id).exists():
        raise Conflict(_("Your post has said its word on this already."))
    return Review.objects.create(
        application=application, post_id=seat.post_id, in_favour=in_favour, words=words.strip(), said_at=clock.now()
    )


@transaction.atomic
def give_word(application: Application, *, by: Actor, in_favour: bool, words: str) -> Review:
    """For or against, with the reason; once for each reviewing post."""
    application = lock(application)
    require(by, "partners.review", application)
    APPLICATION_MOVES.check(application, "give_word")
    if not words.strip():
        raise Invalid(_("Please give the reason in a sentence."), field="words")
    said = _say(application, by, in_favour, words)
    log.record(by, "partners.word_given", application, changed={"in_favour": (None, in_favour)})
    return said


@transaction.atomic
def declare_conflict(application: Application, *, by: Actor, words: str) -> Review:
    """A reviewer says themself that they are too near to it. From now on they see it no more; what they owed goes to the
    next reviewer without a conflict."""
    application = lock(application)
    require(by, "partners.review", application)
    APPLICATION_MOVES.check(application, "declare_conflict")
    said = _say(application, by, None, words)
    out = application.reviews.filter(in_favour=None).values("post")
    next_one = application.call.reviewers.exclude(post__in=out).first()
    if application.promise and application.promise.owner_id == said.post_id:
        promises.transfer(application.promise, next_one.post_id if next_one else None)
    log.record(by, "partners.conflict_declared", application, changed={"post": (None, said.post_id)})
    return said


@transaction.atomic
def take(application: Application, *, by: Actor, answer: str) -> Application:
    """With more words for it than against, and at least two given."""
    application = lock(application)
    require(by, "partners.review", application)
    APPLICATION_MOVES.check(application, "take")
    said = list(application.reviews.exclude(in_favour=None).values_list("in_favour", flat=True))
    if len(said) < REVIEWERS:
        raise Invalid(_("At least two reviewers without a conflict give their word first."))
    if said.count(True) <= said.count(False):
        raise Invalid(_("It is taken when more reviewers are for it than against it."))
    changed = APPLICATION_MOVES.apply(application, "take", answer=answer.strip(), decided_at=clock.now())
    kept(application)
    log.record(by, "partners.taken", application, changed=changed)
    return application


@transaction.atomic
def decline(application: Application, *, by: Actor, answer: str) -> Application:
    """Not taken, with words the person reads; at least one reviewer has given their word."""
    application = lock(application)
    require(by, "partners.review", application)
    APPLICATION_MOVES.check(application, "decline")
    if not answer.strip():
        raise Invalid(_("Please write why, in words the person reads."), field="answer")
    if application.state == ApplicationState.SENT and not application.reviews.exclude(in_favour=None).exists():
        raise Invalid(_("Give your word with its reason first."))
    changed = APPLICATION_MOVES.apply(application, "decline", answer=answer.strip(), decided_at=clock.now())
    kept(application)
    log.record(by, "partners.not_taken", application, changed=changed)
    return application


@transaction.atomic
def reveal_applicant(application: Application, *, by: Actor, purpose: str) -> Contact:
    """Full name and phone for a reviewer, for a purpose the person will read."""
    require(by, "partners.review", application)
    if application.person is None:
        raise Invalid(_("Name and phone are no longer kept here."))
    return reveal_contact(application.person, by=by, purpose=purpose, about=application)
